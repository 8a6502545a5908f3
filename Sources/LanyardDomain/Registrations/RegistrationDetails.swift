/// The validated details of a registration: only `RegistrationForm.validated(for:)` and a store make them.
package struct RegistrationDetails: Hashable, Sendable {
  package var email: String
  package var title: String
  package var givenName: String
  package var familyName: String
  package var organisation: String
  package var position: String
  package var country: String
  package var stakeholderGroup: String
  package var guestRole: String
  package var participation: Participation
  package var language: String
  package var accessibilityNeeds: String
  package var photoConsent: Bool

  package init(
    email: String,
    title: String,
    givenName: String,
    familyName: String,
    organisation: String,
    position: String,
    country: String,
    stakeholderGroup: String,
    guestRole: String,
    participation: Participation,
    language: String,
    accessibilityNeeds: String,
    photoConsent: Bool
  ) {
    self.email = email
    self.title = title
    self.givenName = givenName
    self.familyName = familyName
    self.organisation = organisation
    self.position = position
    self.country = country
    self.stakeholderGroup = stakeholderGroup
    self.guestRole = guestRole
    self.participation = participation
    self.language = language
    self.accessibilityNeeds = accessibilityNeeds
    self.photoConsent = photoConsent
  }

  /// The name as a badge and a screen show it.
  package var displayName: String {
    DisplayName.joined(given: givenName, family: familyName)
  }

  /// What finding people by name looks in; see `attendeeKey(given:family:organisation:)`.
  package var attendeeKey: String {
    Self.attendeeKey(given: givenName, family: familyName, organisation: organisation)
  }

  /// What finding people by name looks in: each word of the names and the organisation once, folded, between spaces, so
  /// that a word's beginning is a text of its own. It never holds the e-mail address.
  package static func attendeeKey(given: String, family: String, organisation: String) -> String {
    let displayName = DisplayName.joined(given: given, family: family)
    let words = PlainText.searchWords("\(displayName) \(family) \(given) \(organisation)")
    return " \(words.joined(separator: " ")) "
  }

  /// Name of the first field that differs, as in `lanyard.v1.Registration`; nil where none does.
  package func firstDifference(from other: RegistrationDetails) -> String? {
    func differs<Value: Equatable>(_ path: KeyPath<RegistrationDetails, Value>) -> Bool {
      self[keyPath: path] != other[keyPath: path]
    }
    if EmailAddress.key(email) != EmailAddress.key(other.email) { return "email" }
    if differs(\.title) { return "title" }
    if differs(\.givenName) { return "given_name" }
    if differs(\.familyName) { return "family_name" }
    if differs(\.organisation) { return "organisation" }
    if differs(\.position) { return "position" }
    if differs(\.country) { return "country" }
    if differs(\.stakeholderGroup) { return "stakeholder_group" }
    if differs(\.guestRole) { return "guest_role" }
    if differs(\.participation) { return "participation" }
    if differs(\.language) { return "language" }
    if differs(\.accessibilityNeeds) { return "accessibility_needs" }
    return differs(\.photoConsent) ? "photo_consent" : nil
  }
}
