import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

extension RegistrationFilter {
  /// The most characters of words.
  private static let wordsLimit = 200

  /// What a request asks for. A value that the event does not have is an error that says what it has.
  ///
  /// - Throws: `InvalidInput`.
  init(_ request: Lanyard_V1_ListRegistrationsRequest, of event: Event) throws(InvalidInput) {
    self.init()
    state = try RegistrationState.stated(request.state, field: "state")
    participation = try Participation.stated(request.participation, field: "participation")
    group = try Self.term(request.stakeholderGroup, event.stakeholderGroups, event.language, "stakeholder_group")
    role = try Self.term(request.guestRole, event.guestRoles, event.language, "guest_role")
    if !request.country.isEmpty {
      let code = request.country.uppercased()
      guard Country.codes.contains(code) else { throw InvalidInput(field: "country", .noCountry) }
      country = code
    }
    words = try Self.words(request.query, "query")
    organisation = try Self.words(request.organisation, "organisation")
    if !request.email.isEmpty {
      if let fault = EmailAddress.fault(of: request.email) { throw InvalidInput(field: "email", fault) }
      email = request.email
    }
    hasNotCome = request.notCome
    switch request.orderBy {
    case "": order = .made
    case "display_name": order = .name
    default: throw InvalidInput(field: "order_by", .request(.otherOrder(known: ["display_name"])))
    }
  }

  private static func term(
    _ text: String,
    _ terms: [Term],
    _ language: Language,
    _ field: String
  ) throws(InvalidInput) -> String? {
    if text.isEmpty { return nil }
    if let term = terms.meant(by: text) { return term.id }
    let choices = terms.choices.map { $0.name(in: language, of: language) }
    throw InvalidInput(field: field, choices.isEmpty ? .nothingToChoose : .unknownChoice(choices: choices))
  }

  /// The words that a request has in a field.
  static func words(_ text: String, _ field: String) throws(InvalidInput) -> [String] {
    let plain = try PlainText.validated(text, limit: wordsLimit, field: field)
    let words = SearchText.namingWords(of: plain)
    // Signs alone would list everybody.
    guard plain.isEmpty || !words.isEmpty else { throw InvalidInput(field: field, .tooFewLetters(limit: 1)) }
    return words
  }
}
