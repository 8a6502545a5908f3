/// What became of one imported row.
package enum ImportOutcome: Hashable, Sendable {
  /// A registration was made, confirmed, waitlisted or for review.
  case imported(RegistrationState)
  /// Is registered already with the same content.
  case unchanged
  /// Is registered already with other content; the field is the first that differs.
  case differs(field: String)
  /// Was registered, and the registration has ended.
  case ended(RegistrationState)
}
