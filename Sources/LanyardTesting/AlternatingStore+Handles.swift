package import LanyardDomain
package import LanyardStore

/// What a store does by itself, not with the statements that all engines share.
extension AlternatingStore: Store {
  package var feedSignal: FeedSignal { handles[0].feedSignal }

  package func admit(_ act: Act, _ scans: [SubmittedScan], reader: @escaping @Sendable (String) -> BadgeReading?)
    async throws(StoreError) -> [ScanOutcome]
  {
    try await handle.admit(act, scans, reader: reader)
  }

  package func simulate(_ scan: SubmittedScan, at now: Instant, reader: @escaping @Sendable (String) -> BadgeReading)
    async throws(StoreError) -> ScanOutcome
  {
    try await handle.simulate(scan, at: now, reader: reader)
  }

  package func attendance(of event: String, checkpoint: String?, at now: Instant) async throws(StoreError)
    -> AttendanceCounts
  {
    try await handle.attendance(of: event, checkpoint: checkpoint, at: now)
  }

  package func standing() async throws(StoreError) -> StoreStanding {
    try await handle.standing()
  }

  package func checkRecording(at now: Instant) async throws(StoreError) {
    try await handle.checkRecording(at: now)
  }
}
