package import LanyardAPI
package import LanyardDomain

extension Lanyard_V1_Override {
  package init(_ note: OverrideNote) {
    self.init()
    self.note = note.note
    self.operator = note.operatorName
  }
}

extension Lanyard_V1_MissedExit {
  package init(_ note: OverrideNote) {
    self.init()
    self.note = note.note
    self.operator = note.operatorName
  }
}

extension OverrideNote {
  /// - Throws: `InvalidInput` where no reason is given, or a text breaks the rules of texts.
  package init(_ message: Lanyard_V1_Override, under prefix: String) throws(InvalidInput) {
    try self.init(note: message.note, operatorName: message.operator, under: prefix)
  }

  /// - Throws: As the other.
  package init(_ message: Lanyard_V1_MissedExit, under prefix: String) throws(InvalidInput) {
    try self.init(note: message.note, operatorName: message.operator, under: prefix)
  }

  private init(note: String, operatorName: String, under prefix: String) throws(InvalidInput) {
    let note = try PlainText.validated(note, limit: Self.noteLimit, field: "\(prefix)note")
    guard !note.isEmpty else { throw InvalidInput(field: "\(prefix)note", .noReasonGiven) }
    let name = try PlainText.validated(operatorName, limit: Self.operatorLimit, field: "\(prefix)operator")
    self.init(note: note, operatorName: name)
  }
}
