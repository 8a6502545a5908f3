package import LanyardAPI
package import LanyardDomain

extension Lanyard_V1_Override {
  package init(_ note: OverrideNote) {
    self.init()
    self.note = note.note
    self.operator = note.operatorName
  }
}

extension OverrideNote {
  /// - Throws: `InvalidInput` where no reason is given, or a text breaks the rules of texts.
  package init(_ message: Lanyard_V1_Override, under prefix: String) throws(InvalidInput) {
    let note = try PlainText.validated(message.note, limit: Self.noteLimit, field: "\(prefix)note")
    guard !note.isEmpty else { throw InvalidInput(field: "\(prefix)note", .noReasonGiven) }
    self.init(
      note: note,
      operatorName: try PlainText.validated(message.operator, limit: Self.operatorLimit, field: "\(prefix)operator")
    )
  }
}
