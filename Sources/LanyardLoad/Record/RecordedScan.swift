package import LanyardDomain

/// One scan as the server has it on record, read back after the run.
package struct RecordedScan: Sendable, Hashable {
  package var id: UUIDBytes
  /// Resource name of the checkpoint.
  package var door: String
  /// Resource name of the badge; empty where it is not on record.
  package var badge: String
  package var verdict: Answer
  package var isOut: Bool
  /// When it was taken back, by the server's clock; nil where it stands.
  package var undone: Instant?
  /// Whether a lane decided it while it was offline.
  package var isOffline: Bool
  /// When it happened, by the server's clock.
  package var happened: Instant
  /// When the server recorded it, by its clock.
  package var received: Instant
  /// When it was read, by the device's clock.
  package var readAt: Instant?
  /// What else is on record of it; nil where nobody asked.
  package var facts: ScanFacts?

  /// - Parameters:
  ///   - happened: By the server's clock.
  ///   - received: Nil where it was as it happened.
  package init(
    id: UUIDBytes,
    door: String,
    badge: String,
    verdict: Answer,
    isOut: Bool = false,
    isOffline: Bool = false,
    happened: Instant,
    received: Instant? = nil
  ) {
    self.id = id
    self.door = door
    self.badge = badge
    self.verdict = verdict
    self.isOut = isOut
    self.isOffline = isOffline
    self.happened = happened
    self.received = received ?? happened
  }

  package var isUndone: Bool { undone != nil }
}
