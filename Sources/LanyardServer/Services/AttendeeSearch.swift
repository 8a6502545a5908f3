import LanyardAPI
import LanyardDomain
import LanyardStore
import SwiftProtobuf

/// One `SearchAttendees`: finds people by their names and organisation, never by their e-mail address.
struct AttendeeSearch {
  private static let queryLimit = 100
  /// The fewest letters of a query.
  private static let fewestLetters = 2
  private static let defaultSize = 10
  private static let sizes = 0...50
  /// The most registrations that are looked at.
  private static let candidateLimit = 500

  let store: any RegistrationStore & BadgeStore
  /// Slug of the event.
  let event: String

  func run(_ request: Lanyard_V1_SearchAttendeesRequest) async throws -> Lanyard_V1_SearchAttendeesResponse {
    let query = try PlainText.validated(request.query, limit: Self.queryLimit, field: "query")
    let words = PlainText.searchKey(query).split(whereSeparator: \.isWhitespace).map(String.init)
    guard words.reduce(0, { $0 + $1.count }) >= Self.fewestLetters else {
      throw InvalidInput(field: "query", reason: "needs at least \(Self.fewestLetters) letters of the name")
    }
    guard Self.sizes.contains(Int(request.pageSize)) else {
      throw InvalidInput(field: "page_size", reason: "is not 0 to \(Self.sizes.upperBound)")
    }
    let size = request.pageSize == 0 ? Self.defaultSize : Int(request.pageSize)
    var filter = RegistrationFilter()
    filter.words = words
    let page = PageRequest(size: Self.candidateLimit)
    let candidates = try await store.registrations(of: event, matching: filter, page).page
    // The store's search knows e-mail addresses too, which a lane must not find out by asking.
    let found = candidates.items.filter { registration in
      let key = PlainText.searchKey("\(registration.details.displayName) \(registration.details.organisation)")
      return words.allSatisfy(key.contains)
    }
    var response = Lanyard_V1_SearchAttendeesResponse()
    for registration in found.prefix(size) { response.matches.append(try await match(registration)) }
    response.truncated = found.count > size || candidates.next != nil
    return response
  }

  private func match(_ registration: Registration) async throws -> Lanyard_V1_SearchAttendeesResponse.Match {
    let badges = try await store.badges(of: event, registration: registration.id, PageRequest(size: 100)).items
    let badge = badges.last { $0.state == .active || $0.state == .notActivated }
    return .with {
      $0.attendee.registration = ResourceName.registration(registration.id, of: event)
      $0.attendee.displayName = registration.details.displayName
      $0.attendee.organisation = registration.details.organisation
      $0.attendee.stakeholderGroup = registration.details.stakeholderGroup
      $0.attendee.guestRole = registration.details.guestRole
      if let badge {
        $0.badge = ResourceName.badge(badge.serial, of: event)
        $0.attendee.attention = Lanyard_V1_Attention(badge.mark.attention)
        $0.attendee.attentionNote = badge.mark.note
      }
    }
  }
}
