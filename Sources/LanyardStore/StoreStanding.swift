package import LanyardDomain

/// How far a store's data is, for comparing it with what is known outside of the store.
package struct StoreStanding: Equatable, Sendable {
  /// Names the data: that of another store has another name.
  package let store: String
  /// How far the feeds of all events have come together. It only ever grows.
  package let sequence: Int64

  package init(store: String, sequence: Int64) {
    self.store = store
    self.sequence = sequence
  }
}

/// What a store says of itself.
package protocol StandingStore: Sendable {
  func standing() async throws(StoreError) -> StoreStanding
  /// Finds out whether changes can be recorded; writes only where there is a reason to doubt it.
  ///
  /// - Throws: Why they cannot.
  func checkRecording(at now: Instant) async throws(StoreError)
}
