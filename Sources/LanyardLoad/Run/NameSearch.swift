import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

/// Finds somebody who has no badge with them as an operator does: by the name; where more are called so than a page holds, by the
/// name and the organisation; and at last page after page.
struct NameSearch: Sendable {
  /// As many as a lane's screen shows at first, and the most that a page may have.
  private static let (pageSize, longPage) = (10, RequestLimit.found)

  private let client: ServerClient
  /// Resource name of the event.
  private let event: String

  init(_ client: ServerClient, event: String) {
    (self.client, self.event) = (client, event)
  }

  /// - Throws: `NotFoundByName` where nobody of that name is the person, `RPCError`, and `InvalidInput` where the answer says
  ///   what is not known here.
  func match(_ person: Venue.Person) async throws -> FoundAttendee {
    let first = try await page(person.displayName, Self.pageSize, after: "")
    if let match = try first.match(person) { return match }
    guard !first.nextPageToken.isEmpty else { throw NotFoundByName() }
    let narrow = Self.query(person)
    if narrow != person.displayName, let match = try await match(person, narrow, Self.pageSize) { return match }
    guard let match = try await match(person, person.displayName, Self.longPage) else { throw NotFoundByName() }
    return match
  }

  /// The name with as much of the organisation as the server reads.
  static func query(_ person: Venue.Person) -> String {
    person.organisation.split(separator: " ").reduce(person.displayName) { query, word in
      let longer = "\(query) \(word)"
      return longer.unicodeScalars.count <= RequestLimit.queryCharacters
        && SearchText.words(of: longer).count <= RequestLimit.queryWords
        ? longer : query
    }
  }

  private func match(
    _ person: Venue.Person,
    _ query: String,
    _ size: Int
  ) async throws -> FoundAttendee? {
    var token = ""
    repeat {
      let page = try await page(query, size, after: token)
      if let match = try page.match(person) { return match }
      token = page.nextPageToken
    } while !token.isEmpty
    return nil
  }

  private func page(_ query: String, _ size: Int, after token: String) async throws
    -> Lanyard_V1_SearchAttendeesResponse
  {
    try await Lanyard_V1_CheckInService.Client(wrapping: client).searchAttendees(
      .with { ($0.parent, $0.query, $0.pageSize, $0.pageToken) = (event, query, Int32(size), token) }
    )
  }
}

/// Thrown where a search by name does not find who is registered.
struct NotFoundByName: Error {}

extension Lanyard_V1_SearchAttendeesResponse {
  fileprivate func match(_ person: Venue.Person) throws(InvalidInput) -> FoundAttendee? {
    guard let match = matches.first(where: { $0.attendee.registration == person.registration }) else { return nil }
    return try FoundAttendee(match)
  }
}
