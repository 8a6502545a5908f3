extension OverrideNote {
  /// A reason as it may be recorded.
  ///
  /// - Throws: `InvalidInput` where there is none, or it breaks the rules of texts.
  package static func validatedNote(_ text: String, field: String) throws(InvalidInput) -> String {
    let note = try PlainText.validated(text, limit: noteLimit, field: field)
    guard !note.isEmpty else { throw InvalidInput(field: field, .noReasonGiven) }
    return note
  }

  /// An operator's name as it may be recorded.
  ///
  /// - Throws: `InvalidInput` where it breaks the rules of texts.
  package static func validatedOperator(_ text: String, field: String) throws(InvalidInput) -> String {
    try PlainText.validated(text, limit: operatorLimit, field: field)
  }

  /// - Parameter prefix: What stands before the names of fields in faults.
  /// - Throws: `InvalidInput` where no reason is given, or a text breaks the rules of texts.
  package init(validating note: String, operatorName: String, under prefix: String) throws(InvalidInput) {
    self.init(
      note: try Self.validatedNote(note, field: "\(prefix)note"),
      operatorName: try Self.validatedOperator(operatorName, field: "\(prefix)operator")
    )
  }

  /// As much as may be kept of what was written where somebody was let in already, which shows where something is missing.
  package init(keeping note: String, operatorName: String) {
    let kept = PlainText.kept(note, limit: Self.noteLimit)
    self.init(
      note: kept.isEmpty ? String(PlainText.replacement) : kept,
      operatorName: PlainText.kept(operatorName, limit: Self.operatorLimit)
    )
  }
}
