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
  /// What the data is for; nil where nobody has said so yet.
  ///
  /// - Throws: `unknownValue` where it is for something that this version does not know.
  func mode() async throws(StoreError) -> StoreMode?
  /// Marks data that is not marked yet with what it is for.
  ///
  /// - Throws: `otherMode` where it is for the other.
  func dedicate(_ act: Act, to mode: StoreMode) async throws(StoreError)
  /// Names the data anew, so that nothing that was heard of it before is taken for what it says now.
  func takeNewName(_ act: Act) async throws(StoreError)
  /// Makes data of a rehearsal of a copy: who has a token or a link for the original has none for it.
  func becomeRehearsal(_ act: Act) async throws(StoreError)
  /// Finds out whether changes can be recorded; writes only where there is a reason to doubt it.
  ///
  /// - Throws: Why they cannot.
  func checkRecording(at now: Instant) async throws(StoreError)
}
