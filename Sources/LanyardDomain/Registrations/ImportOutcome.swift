/// What became of one imported row.
package enum ImportOutcome: Hashable, Sendable {
  /// A registration was made, confirmed, waitlisted or for review.
  case imported(RegistrationState)
  /// Is registered already with the same content.
  case unchanged
  /// Is registered already with other content; the field is the first that differs.
  case differs(field: String)
  /// Is registered already with other content, which the row changes.
  case updated(ImportUpdate)
  /// Would change a registration, and a rule is against it.
  case notUpdated(RegistrationRefused)
  /// Was registered, and the registration has ended.
  case ended(RegistrationState)
}
