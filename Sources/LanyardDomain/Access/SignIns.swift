/// Who is signed in with one token, as far as it depends on them who stays.
package struct SignIns: Hashable, Sendable {
  /// The most at once: a desk has one token for all who work there. A new one ends the oldest.
  package static let limit = 100
  /// For how long each is, in hours: a day at the desk.
  package static let hours = 12
  package static let lifetime = Duration.seconds(hours * 3600)

  /// One of them.
  package struct SignIn: Hashable, Sendable {
    package let id: String
    package let createdAt: Instant
    package let expiresAt: Instant

    package init(id: String, createdAt: Instant, expiresAt: Instant) {
      (self.id, self.createdAt, self.expiresAt) = (id, createdAt, expiresAt)
    }
  }

  private let all: [SignIn]

  package init(_ all: [SignIn]) { self.all = all }

  /// Which go where one more is made: those that have run out are forgotten; of the others the oldest are ended. Both in the
  /// order of their ids.
  package func makingRoom(at now: Instant) -> (forgotten: [String], ended: [String]) {
    let newestFirst = all.filter { $0.expiresAt > now }.sorted { ($1.createdAt, $0.id) < ($0.createdAt, $1.id) }
    return (
      all.filter { $0.expiresAt <= now }.map(\.id).sorted(), newestFirst.dropFirst(Self.limit - 1).map(\.id).sorted()
    )
  }
}
