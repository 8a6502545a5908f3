import ArgumentParser
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// What commands take of a person, a field an option; the texts are empty where they are to be taken away.
struct PersonFields: ParsableArguments {
  /// Who is for every day of the event.
  private static let everyDay = "every"

  @Option(name: .long, help: "E-mail address.")
  var email: String?
  @Option(name: .long, help: "Form of address, such as \"H.E. Ms\".")
  var title: String?
  @Option(name: .long, help: "Given name.")
  var givenName: String?
  @Option(name: .long, help: "Family name.")
  var familyName: String?
  @Option(
    name: .long,
    help: "What badges and screens call them, where it is not given and family name in the order of their script."
  )
  var badgeName: String?
  @Option(name: .long, help: "Organisation.")
  var organisation: String?
  @Option(name: .long, help: "Position there.")
  var position: String?
  @Option(
    name: .long,
    help: "Country: its ISO 3166-1 code of two or three letters, or its name in one of the six languages."
  )
  var country: String?
  @Option(name: .long, help: "Language that they read, as a BCP 47 tag such as fr.")
  var language: String?
  @Option(name: .long, help: "Stakeholder group: its id, or its label in any language.")
  var group: String?
  @Option(name: .long, help: "Guest role: its id, or its label in any language.")
  var role: String?
  @Option(name: .long, help: "How they take part.")
  var participation: Participation?
  @Option(
    name: .customLong("day"),
    help: "A day of the event that it is for, such as 2024-05-28; again for more. \"every\" is for every day."
  )
  var days: [String] = []
  @Option(name: .long, help: "What they need to take part.")
  var accessibilityNeeds: String?
  @Option(name: .long, help: "Whether they may be photographed.")
  var photoConsent: YesOrNo?
  @Option(
    name: .customLong("answer"),
    help: ArgumentHelp(
      "Answer to a question of the event, by its id; again for more. Several choices have commas between.",
      valueName: "id=value"
    ),
    transform: OwnAnswer.init
  )
  var ownAnswers: [OwnAnswer] = []

  /// The options whose text is taken away where it is empty.
  static let texts: Set<String> = [
    "title", "given-name", "family-name", "badge-name", "organisation", "position", "country", "language", "role",
    "accessibility-needs",
  ]

  /// What was said, and of which fields.
  func form() throws -> (form: RegistrationForm, fields: [RegistrationField]) {
    var (form, fields): (RegistrationForm, [RegistrationField]) = (RegistrationForm(), [])
    for field in RegistrationField.allCases where try says(field, in: &form) { fields.append(field) }
    for answer in ownAnswers {
      form.answers.own[answer.question] = answer.text
      fields.append(.ownAnswer(answer.question))
    }
    return (form, fields)
  }

  /// Puts a field into the form; false where nothing was said of it.
  private func says(_ field: RegistrationField, in form: inout RegistrationForm) throws(ValidationError) -> Bool {
    func take<Value>(_ value: Value?, to path: WritableKeyPath<RegistrationForm, Value>) -> Bool {
      if let value { form[keyPath: path] = value }
      return value != nil
    }
    return switch field {
    case .person(let field): take(try text(of: field), to: \.person[field])
    case .stakeholderGroup: take(group, to: \.stakeholderGroup)
    case .guestRole: take(role, to: \.guestRole)
    case .participation: take(participation.map(Optional.some), to: \.participation)
    case .days: take(days.isEmpty ? nil : days == [Self.everyDay] ? [] : days, to: \.days)
    case .answer(.accessibilityNeeds): take(accessibilityNeeds, to: \.answers.accessibilityNeeds)
    case .answer(.photoConsent): take(photoConsent.map { $0 == .yes }, to: \.answers.photoConsent)
    // It has an option that names it.
    case .ownAnswer: false
    }
  }

  /// - Throws: `ValidationError` where nobody knows the country.
  private func text(of field: PersonField) throws(ValidationError) -> String? {
    switch field {
    case .email: email
    case .title: title
    case .givenName: givenName
    case .familyName: familyName
    case .badgeName: badgeName
    case .organisation: organisation
    case .position: position
    case .country: try countryCode()
    case .language: language
    }
  }

  /// - Throws: `ValidationError` where nobody knows it.
  private func countryCode() throws(ValidationError) -> String? {
    guard let country, !country.isEmpty else { return country }
    guard let code = Country.meant(by: country) else { throw ValidationError("--country", .table(.unknownCountry)) }
    return code
  }
}
