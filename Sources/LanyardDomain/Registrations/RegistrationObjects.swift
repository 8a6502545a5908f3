/// Registrations as a JSON text has them, each an object with the fields of the contract as protobuf writes them as JSON: what
/// they say, as cells of a table. It is read part by part, and twice: for the names of its columns, and for its rows.
package struct RegistrationObjects {
  /// What an object says, by the names of columns in its order; nil where it is longer than a row may be.
  package typealias Cells = [(column: String, text: String)]?

  private var reader = JSONObjectReader()
  /// What names that may mean something else are called, as the first object with them has it.
  private var names: [String: String] = [:]

  package init() {}

  /// Whether a text is such a one, by its first character.
  package static func begins(with head: [UInt8]) -> Bool {
    let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
    let first = text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// Hands each object that ends in the next part of the text to the body.
  ///
  /// - Throws: `InvalidInput` with the object's number as its row where the text is no JSON, or no registration can be written so.
  package mutating func read(_ part: [UInt8], _ body: (Cells) -> Void) throws(InvalidInput) {
    var objects: [(row: Int, object: JSONObjectReader.Object)] = []
    let before = reader.count - (reader.isInside ? 1 : 0)
    var fault: InvalidInput?
    do throws(InvalidInput) {
      try reader.read(part) { objects.append((before + objects.count + 1, $0)) }
    } catch {
      // What is wrong with an object is told before what is wrong with the text after it.
      fault = error
    }
    for (row, object) in objects {
      if let object { body(try cells(of: object, row: row)) } else { body(nil) }
    }
    if let fault { throw fault }
  }

  /// - Throws: `InvalidInput` where the text ends inside of an object.
  package func finish() throws(InvalidInput) { try reader.finish() }

  private mutating func cells(of object: [UInt8], row: Int) throws(InvalidInput) -> Cells {
    let value: JSONValue
    do throws(InvalidInput) {
      value = try JSONReader.value(of: object)
    } catch {
      throw InvalidInput(error.violations.map { FieldViolation(field: "row \(row), \($0.field)", $0.fault) })
    }
    guard case .object(let members) = value else { return nil }
    var cells: [(column: String, text: String)] = []
    for member in members.flatMap(Self.flattened) {
      guard let text = member.value.cell else {
        throw InvalidInput(field: "row \(row), \(member.name.prefix(40))", .document(.noText(member.value.kind)))
      }
      let column = column(of: member.name, text)
      guard !cells.contains(where: { $0.column == column }) else {
        throw InvalidInput(field: "row \(row)", .table(.doubledColumn(name: String(member.name.prefix(40)))))
      }
      cells.append((column, Self.plain(text, of: column)))
    }
    return cells
  }

  /// Answers to the event's own questions each by itself, as columns have them.
  private static func flattened(_ member: JSONMember) -> [JSONMember] {
    guard member.name == "answers", case .object(let answers) = member.value else { return [member] }
    return answers.map { JSONMember(name: RegistrationField.ownAnswer($0.name).column, value: $0.value) }
  }

  /// The column that a name stands for.
  private mutating func column(of name: String, _ text: String) -> String {
    if let known = names[name] { return known }
    let found =
      if name == "name", case .registration? = ResourceName(text) {
        RegistrationAddition.registration.rawValue
      } else {
        Self.column(of: name)
      }
    names[name] = found
    return found
  }

  /// A name as JSON has it (`givenName`) as columns have it, where one is called so; else as it is.
  private static func column(of name: String) -> String {
    let parted = String(name.flatMap { $0.isUppercase ? "_" + $0.lowercased() : String($0) })
    let isKnown = RegistrationField(name: parted) != nil || RegistrationAddition(column: parted) != nil
    return isKnown ? parted : name
  }

  /// A value of the contract without the name of its kind, which it has in JSON.
  private static func plain(_ text: String, of column: String) -> String {
    switch column {
    case RegistrationField.participation.name: String(text.trimmingPrefix("PARTICIPATION_"))
    case RegistrationAddition.state.rawValue: String(text.trimmingPrefix("STATE_"))
    default: text
    }
  }
}

extension JSONValue {
  /// What a cell of a table has of it; nil of what none can have.
  fileprivate var cell: String? {
    switch self {
    case .null: return ""
    case .flag(let flag): return flag ? "true" : "false"
    case .number(let digits): return digits
    case .text(let text): return text
    case .list(let values):
      let texts = values.map { value in if case .text(let text) = value { text } else { String?.none } }
      return texts.contains(nil) ? nil : texts.compactMap(\.self).joined(separator: " ")
    case .object: return nil
    }
  }
}
