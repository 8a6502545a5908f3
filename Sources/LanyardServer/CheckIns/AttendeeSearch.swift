import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import Logging
import SwiftProtobuf

/// One `SearchAttendees`: finds people by their names and organisation, never by their e-mail address.
struct AttendeeSearch {
  /// The fewest letters of a query, where they are not words or syllables by themselves.
  private static let fewestLetters = 2
  private static let sizes = PageSizes(usual: 10, most: RequestLimit.found)

  let store: any RegistrationStore & ProgrammeStore
  let budget: SearchBudget
  let logger: Logger
  /// Slug of the event.
  let event: String
  /// Id of who asks.
  let caller: String
  let now: Instant
  /// In which they are told what groups and roles are called.
  let language: Language

  func run(_ request: Lanyard_V1_SearchAttendeesRequest) async throws -> Lanyard_V1_SearchAttendeesResponse {
    let words = try words(request.query)
    let page = try request.page(Self.sizes)
    let ticket = try budget.begin(caller)
    let found = try await store.attendees(of: event, matching: words, at: now, page)
    budget.note(found.page.items.compactMap(\.attendee.badge), of: ticket)
    // What was looked for is a name, and stays out of the log.
    logger.info(
      "people were looked up by name",
      metadata: ["caller": "\(caller)", "event": "\(event)", "shown": "\(found.page.items.count)"]
    )
    let terms = try await store.event(event).event.terms
    return .with {
      $0.matches = found.page.items.map { .init($0, of: event, terms, in: language) }
      $0.nextPageToken = request.pageToken(of: found.page.next)
      $0.truncated = found.page.next != nil
      $0.totalSize = Int32(clamping: found.total)
    }
  }

  private func words(_ query: String) throws(InvalidInput) -> [String] {
    let query = try PlainText.validated(query, limit: RequestLimit.queryCharacters, field: "query")
    let words = SearchText.words(of: query)
    let letters = words.reduce(0) { $0 + $1.unicodeScalars.count }
    guard letters >= Self.fewestLetters || SearchText.hasWholeLetter(query) else {
      throw InvalidInput(field: "query", .tooFewLetters(limit: Self.fewestLetters))
    }
    guard words.count <= RequestLimit.queryWords else {
      throw InvalidInput(field: "query", .tooManyWords(limit: RequestLimit.queryWords))
    }
    return words
  }
}
