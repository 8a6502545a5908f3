import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

extension RegistrationFilter {
  /// The most characters of words.
  private static let wordsLimit = 200
  /// The most organisations that are named where nobody is of the one that was asked for.
  static let knownLimit = 20

  /// What lists and files are narrowed by alike. A value that the event does not have is an error that says what it has.
  ///
  /// - Throws: `InvalidInput`.
  private init(
    group: String,
    _ participation: Lanyard_V1_Participation,
    query: String,
    of event: Event
  ) throws(InvalidInput) {
    self.init()
    self.group = try Self.term(group, event.stakeholderGroups, event.language, "stakeholder_group")
    self.participation = try Participation.stated(participation, field: "participation")
    words = try Self.words(query, "query")
  }

  /// What a file is asked to have, of whatever states.
  ///
  /// - Throws: `InvalidInput`.
  init(_ request: Lanyard_V1_ExportRegistrationsRequest, of event: Event) throws(InvalidInput) {
    try self.init(group: request.stakeholderGroup, request.participation, query: request.query, of: event)
  }

  /// What a list is asked to have.
  ///
  /// - Parameter countries: The codes of those that the event has people from; asked for where a country is asked for.
  /// - Throws: `InvalidInput`; what `countries` throws.
  init(
    _ request: Lanyard_V1_ListRegistrationsRequest,
    of event: Event,
    countries: () async throws -> [String]
  ) async throws {
    try self.init(group: request.stakeholderGroup, request.participation, query: request.query, of: event)
    state = try RegistrationState.stated(request.state, field: "state")
    role = try Self.term(request.guestRole, event.guestRoles, event.language, "guest_role")
    if !request.country.isEmpty {
      let code = request.country.uppercased()
      let known = try await countries()
      guard known.contains(code) else {
        let isCountry = Country.codes.contains(code)
        throw InvalidInput(
          field: "country",
          !known.isEmpty ? .otherCountry(known: known) : isCountry ? .nothingToChoose : .noCountry
        )
      }
      country = code
    }
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

  /// Whose badges are asked for: of confirmed registrations.
  ///
  /// - Throws: `InvalidInput`.
  init(_ request: Lanyard_V1_RenderBadgesRequest, of event: Event) throws(InvalidInput) {
    try self.init(group: request.stakeholderGroup, .unspecified, query: "", of: event)
    role = try Self.term(request.guestRole, event.guestRoles, event.language, "guest_role")
    state = .confirmed
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
  private static func words(_ text: String, _ field: String) throws(InvalidInput) -> [String] {
    let plain = try PlainText.validated(text, limit: wordsLimit, field: field)
    let words = SearchText.namingWords(of: plain)
    // Signs alone would list everybody.
    guard plain.isEmpty || !words.isEmpty else { throw InvalidInput(field: field, .tooFewLetters(limit: 1)) }
    return words
  }
}
