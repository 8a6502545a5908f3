package import LanyardDomain
package import LanyardStore

/// What a store does by itself, not with the statements that all engines share.
extension AlternatingStore: Store {
  package var feedSignal: FeedSignal { handles[0].feedSignal }

  package func checkRecording(at now: Instant) async throws(StoreError) {
    try await handle.checkRecording(at: now)
  }
}
