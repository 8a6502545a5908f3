/// Who somebody is by their own account: what is erased with them. In a `RegistrationForm` it is as it came; in
/// `RegistrationDetails` every rule is kept.
package struct Person: Hashable, Sendable {
  package var email = ""
  /// Form of address.
  package var title = ""
  package var givenName = ""
  package var familyName = ""
  /// What badges and screens call them where it is not their names in the order that their language has; may be empty.
  package var badgeName = ""
  package var organisation = ""
  package var position = ""
  package var country = ""
  package var language = ""

  /// Nobody: what is left of a person who was erased.
  package init() {}

  /// The text of a field.
  package subscript(field: PersonField) -> String {
    get { self[keyPath: field.declaration.path] }
    set { self[keyPath: field.declaration.path] = newValue }
  }

  /// The name as a badge and a screen show it.
  package var displayName: String {
    badgeName.isEmpty ? DisplayName.joined(given: givenName, family: familyName, language: language) : badgeName
  }

  /// What finding people by name looks in; see `attendeeKey(given:family:badge:organisation:)`.
  package var attendeeKey: String {
    Self.attendeeKey(given: givenName, family: familyName, badge: badgeName, organisation: organisation)
  }

  /// What finding people by their organisation looks in.
  package var organisationKey: String { Self.organisationKey(organisation) }

  /// What finding people by their organisation looks in.
  package static func organisationKey(_ organisation: String) -> String { SearchText.key(of: [organisation]) }

  /// What finding people by name looks in: names, then the organisation; it never holds the e-mail address.
  package static func attendeeKey(
    given: String,
    family: String,
    badge: String,
    organisation: String
  ) -> String {
    let joined = DisplayName.joined(given: given, family: family)
    let names = badge.isEmpty ? [joined, family, given] : [badge, joined, family, given]
    return SearchText.key(of: names, others: [organisation])
  }

  /// What lists of registrations look in: that, and the e-mail address.
  package static func searchKey(_ attendeeKey: String, email: String) -> String {
    attendeeKey + SearchText.folded(email)
  }
}

/// The texts of a person. Each is declared here and nowhere else: tables of registrations, checks and their faults, what
/// differs between two registrations, and the columns of the store follow from it. The raw value is its name everywhere.
package enum PersonField: String, Sendable, CaseIterable {
  case email
  case title
  case givenName = "given_name"
  case familyName = "family_name"
  case badgeName = "badge_name"
  case organisation
  case position
  case country
  case language

  /// Those by which others call a person, or write to them.
  static let calledBy = allCases.filter(\.declaration.callsPerson)

  /// What is true of a text.
  package struct Declaration {
    /// The most characters.
    package let limit: Int
    /// Where a person has it.
    let path: WritableKeyPath<Person, String>
    /// Whether a table of registrations must have it.
    let isRequired: Bool
    /// Whether others call the person by it, or write to them.
    let callsPerson: Bool
    /// What is wrong with the form of a plain text; nil where nothing is.
    let fault: (String) -> Fault?

    fileprivate init(
      _ limit: Int,
      _ path: WritableKeyPath<Person, String>,
      isRequired: Bool = false,
      callsPerson: Bool = false,
      fault: @escaping (String) -> Fault? = { _ in nil }
    ) {
      (self.limit, self.path, self.isRequired, self.callsPerson, self.fault) = (
        limit, path, isRequired, callsPerson, fault
      )
    }
  }

  package var declaration: Declaration {
    switch self {
    case .email: Declaration(254, \.email, isRequired: true, callsPerson: true, fault: EmailAddress.fault(of:))
    case .title: Declaration(40, \.title)
    case .givenName: Declaration(100, \.givenName, callsPerson: true, fault: DisplayName.fault(of:))
    case .familyName: Declaration(100, \.familyName, callsPerson: true, fault: DisplayName.fault(of:))
    case .badgeName: Declaration(100, \.badgeName, callsPerson: true, fault: DisplayName.fault(of:))
    case .organisation: Declaration(200, \.organisation)
    case .position: Declaration(120, \.position)
    case .country: Declaration(2, \.country, fault: Country.fault(of:))
    case .language: Declaration(35, \.language, fault: LanguageTag.fault(of:))
    }
  }
}
