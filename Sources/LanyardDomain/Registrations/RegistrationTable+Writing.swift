extension RegistrationTable {
  /// Names of the columns of an export: those that an import reads, and what is added.
  ///
  /// - Parameter questions: Those of the event.
  package static func exportedColumns(_ questions: [EventQuestion]) -> [String] {
    RegistrationField.all(answering: questions.map(\.id)).map(\.column)
      + RegistrationAddition.exported.map(\.rawValue)
  }

  /// A row of an export.
  ///
  /// - Parameters:
  ///   - questions: Those of the event.
  ///   - moment: How a time is written.
  package static func exported(
    _ registration: Registration,
    _ questions: [EventQuestion] = [],
    moment: (Instant) -> String
  ) -> [String] {
    let fields = RegistrationField.all(answering: questions.map(\.id)).map { registration.details.text(of: $0) }
    return fields
      + RegistrationAddition.exported.map { addition in
        switch addition {
        case .registration: ResourceName.registration(registration.id, of: registration.event).description
        case .state: registration.state.rawValue
        case .displayName: registration.details.displayName
        case .createTime: moment(registration.createdAt)
        case .updateTime: moment(registration.updatedAt)
        case .etag, .moveUpNote, .refusedBecause: ""
        }
      }
  }
}

/// Writes rows of CSV (RFC 4180) that are read back as they were, and that no spreadsheet takes for formulas.
package enum CSVWriter {
  /// What Excel knows UTF-8 by.
  package static let byteOrderMark = "\u{FEFF}"

  /// A row with the end of its line.
  package static func row(_ fields: [String], separator: Character = ",") -> String {
    line(fields, separator: separator) + "\r\n"
  }

  /// A row without it.
  package static func line(_ fields: [String], separator: Character = ",") -> String {
    let cells = fields.map { field in
      let text = FormulaGuard.guarded(field)
      let needsQuotes = text.unicodeScalars.contains { scalar in
        scalar == "\"" || scalar == "\n" || scalar == "\r" || Character(scalar) == separator
          || scalar == "," || scalar == ";" || scalar == "\t"
      }
      guard needsQuotes || text.first == " " || text.last == " " else { return text }
      var quoted = "\"".unicodeScalars
      for scalar in text.unicodeScalars {
        if scalar == "\"" { quoted.append(scalar) }
        quoted.append(scalar)
      }
      quoted.append("\"")
      return String(quoted)
    }
    return cells.joined(separator: String(separator))
  }
}
