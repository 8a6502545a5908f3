package import LanyardDomain

/// Somebody who follows a session over the network.
package struct RemoteVisit: Hashable, Sendable {
  package let session: Session
  /// When they joined: the first time of this presence.
  package let joinedAt: Instant
}

/// How many follow a session over the network.
package struct RemoteCount: Hashable, Sendable {
  /// Now.
  package let inside: Int
  /// In all, each counted once.
  package let people: Int

  package init(inside: Int, people: Int) { (self.inside, self.people) = (inside, people) }
}

/// Who follows sessions over the network: on record as changes of the event's feed, beside the scans of those who are in the room.
package protocol RemoteStore: Sendable {
  /// Lets somebody join a session, and leave the one that they were in; who is in it stays, and is heard of.
  ///
  /// - Throws: `notFound`, `notJoinable`.
  func joinSession(
    _ act: Act,
    _ session: String,
    by registration: String,
    of event: String
  ) async throws(StoreError) -> RemoteVisit
  /// Says that somebody has left a session; where they are not in it nothing changes.
  func leaveSession(_ act: Act, _ session: String, by registration: String, of event: String) async throws(StoreError)
  /// Says of those who were silent for too long, some of them, that they left when they were last heard of.
  ///
  /// - Returns: How many.
  func endSilent(_ act: Act, of event: String) async throws(StoreError) -> Int
  /// How many follow and followed each session over the network, by its id; those that nobody followed are left out.
  func remoteCounts(of event: String, at now: Instant) async throws(StoreError) -> [String: RemoteCount]
}
