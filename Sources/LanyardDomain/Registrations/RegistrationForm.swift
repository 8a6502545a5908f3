/// What a person says of themselves when registering: text as it came, nothing checked yet.
package struct RegistrationForm: Sendable {
  package var email = ""
  package var title = ""
  package var givenName = ""
  package var familyName = ""
  package var organisation = ""
  package var position = ""
  package var country = ""
  package var stakeholderGroup = ""
  package var guestRole = ""
  /// Nil where it was not said.
  package var participation: Participation?
  package var language = ""
  package var accessibilityNeeds = ""
  package var photoConsent = false

  package init() {}

  /// The details with every rule of the event kept.
  ///
  /// - Throws: `InvalidInput` with one violation for each field at fault, named as in `lanyard.v1.Registration`.
  package func validated(for event: Event) throws(InvalidInput) -> RegistrationDetails {
    var check = FieldCheck()
    var email = check.text(self.email, limit: 254, field: "email")
    if !check.hasViolations(of: ["email"]), let fault = EmailAddress.fault(of: email) {
      check.add("email", fault)
      email = ""
    }
    let givenName = check.text(self.givenName, limit: 100, field: "given_name")
    let familyName = check.text(self.familyName, limit: 100, field: "family_name")
    if givenName.isEmpty && familyName.isEmpty && !check.hasViolations(of: ["given_name", "family_name"]) {
      check.add("given_name", .noName)
    }
    let language = check.text(self.language, limit: 35, field: "language")
    if !language.isEmpty && !LanguageTag.isWellFormed(language) {
      check.add("language", .noLanguageTag)
    }
    let details = RegistrationDetails(
      email: email,
      title: check.text(title, limit: 40, field: "title"),
      givenName: givenName,
      familyName: familyName,
      organisation: check.text(organisation, limit: 200, field: "organisation"),
      position: check.text(position, limit: 120, field: "position"),
      country: check.country(country, field: "country"),
      stakeholderGroup: check.choice(
        stakeholderGroup,
        of: event.stakeholderGroups,
        field: "stakeholder_group",
        required: true
      ),
      guestRole: check.choice(guestRole, of: event.guestRoles, field: "guest_role", required: false),
      participation: checkedParticipation(for: event, &check),
      language: language,
      accessibilityNeeds: check.text(accessibilityNeeds, limit: 500, field: "accessibility_needs"),
      photoConsent: photoConsent
    )
    try check.finish()
    return details
  }

  private func checkedParticipation(for event: Event, _ check: inout FieldCheck) -> Participation {
    guard let participation else {
      check.add("participation", .noParticipation)
      return .onsite
    }
    if participation == .remote && !event.allowsRemote {
      check.add("participation", .onSiteOnly)
    }
    return participation
  }
}
