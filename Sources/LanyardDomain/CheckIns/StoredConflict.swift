/// A scan that a lane answered otherwise than the rules do, with all that is known now.
package struct StoredConflict: Hashable, Sendable {
  /// Its number in the change feed.
  package let id: Int64
  package let reason: RefusalReason
  /// Of two admissions the later one.
  package let scan: RecordedScan
  package let earlier: RecordedScan?
  package let recordedAt: Instant

  package init(id: Int64, reason: RefusalReason, scan: RecordedScan, earlier: RecordedScan?, recordedAt: Instant) {
    self.id = id
    self.reason = reason
    self.scan = scan
    self.earlier = earlier
    self.recordedAt = recordedAt
  }
}
