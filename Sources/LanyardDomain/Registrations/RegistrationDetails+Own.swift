extension RegistrationDetails {
  /// That the person may have made these of what was there. Not theirs to change are the e-mail address, by which they are known and
  /// which nobody has shown to be theirs; the role, which opens doors; and a group that the event reviews.
  ///
  /// - Throws: `InvalidInput` that names each field that differs and is not theirs to change.
  func requireOwnToChange(from before: RegistrationDetails, _ review: ReviewRule) throws(InvalidInput) {
    var fields: [RegistrationField] = []
    if person.email != before.person.email { fields.append(.person(.email)) }
    let isReviewed = review.applies(group: stakeholderGroup, role: "")
    if stakeholderGroup != before.stakeholderGroup, isReviewed { fields.append(.stakeholderGroup) }
    if guestRole != before.guestRole { fields.append(.guestRole) }
    guard fields.isEmpty else { throw InvalidInput(fields.map { FieldViolation(field: $0.name, .notByLink) }) }
  }
}
