/// The personal links of one registration, as far as it depends on them which stay.
package struct PersonalLinks: Hashable, Sendable {
  /// The most that are valid at once: a new one ends the oldest.
  package static let limit = 5
  /// For how long each is at least, in days.
  package static let days = 90
  package static let lifetime = Duration.seconds(days * 24 * 3600)
  /// For how long after the event.
  private static let rest = Duration.seconds(30 * 24 * 3600)

  /// When one that is made now runs out.
  ///
  /// - Parameter eventEnds: When the event is over; nil where its calendar has no such day.
  package static func end(madeAt now: Instant, eventEnds: Instant?) -> Instant {
    max(now + lifetime, eventEnds.map { $0 + rest } ?? now)
  }

  /// One of them.
  package struct Link: Hashable, Sendable {
    package let id: String
    package let createdAt: Instant
    package let expiresAt: Instant

    package init(id: String, createdAt: Instant, expiresAt: Instant) {
      self.id = id
      self.createdAt = createdAt
      self.expiresAt = expiresAt
    }
  }

  private let links: [Link]

  package init(_ links: [Link]) {
    self.links = links
  }

  /// All of them, in the order of their ids.
  package var ids: [String] { links.map(\.id).sorted() }

  /// Which go where one more is made: those that have run out are forgotten; of the others the oldest are ended, so that
  /// with the new one there are no more than `limit`. Both in the order of their ids.
  package func makingRoom(at now: Instant) -> (forgotten: [String], ended: [String]) {
    let valid = links.filter { $0.expiresAt > now }
    let newestFirst = valid.sorted { ($1.createdAt, $0.id) < ($0.createdAt, $1.id) }
    return (
      links.filter { $0.expiresAt <= now }.map(\.id).sorted(), newestFirst.dropFirst(Self.limit - 1).map(\.id).sorted()
    )
  }
}
