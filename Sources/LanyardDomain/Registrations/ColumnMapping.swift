/// Which field of a registration a column of a file is, where the file calls it otherwise.
package struct ColumnMapping: Hashable, Sendable {
  /// The most bytes of a text of mappings.
  package static let byteLimit = 65_536

  /// By the column's name as names are compared.
  private var fields: [String: RegistrationField] = [:]

  /// No column is called otherwise.
  package init() {}

  /// Adds what a text such as `E-Mail=email` says.
  ///
  /// - Parameter field: What the text is called in a fault.
  /// - Throws: `InvalidInput` where it says nothing of the kind.
  package mutating func add(_ text: String, field: String) throws(InvalidInput) {
    let known = RegistrationTable.columns.joined(separator: ", ")
    guard let sign = text.lastIndex(of: "="), text[..<sign].contains(where: { !$0.isWhitespace }) else {
      throw InvalidInput(field: field, .table(.noMapping(known: known)))
    }
    let name = String(text[text.index(after: sign)...])
    guard let meant = RegistrationField(name: name) else {
      throw InvalidInput(field: field, RegistrationTable.unknown(name))
    }
    fields[RegistrationField.key(String(text[..<sign]))] = meant
  }

  /// Adds what the lines of a text say; those that begin with `#` and empty ones say nothing.
  ///
  /// - Throws: `InvalidInput` with the line as its field.
  package mutating func add(lines text: String) throws(InvalidInput) {
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let content = line.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
      guard let first = content.first, first != "#" else { continue }
      try add(String(content), field: "line \(index + 1)")
    }
  }

  /// The field of a column of a file; nil where it is none.
  func field(of name: String) -> RegistrationField? {
    fields[RegistrationField.key(name)] ?? RegistrationField(name: name)
  }
}
