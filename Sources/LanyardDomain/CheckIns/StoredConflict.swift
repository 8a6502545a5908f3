/// A scan that a lane answered otherwise than the rules do, with all that is known now, or by a right that it has not any
/// more.
package struct StoredConflict: Hashable, Sendable {
  /// Its number in the change feed.
  package let id: Int64
  package let cause: ConflictCause
  /// Of two admissions the later one.
  package let scan: RecordedScan
  package let earlier: RecordedScan?
  package let recordedAt: Instant

  package init(id: Int64, cause: ConflictCause, scan: RecordedScan, earlier: RecordedScan?, recordedAt: Instant) {
    self.id = id
    self.cause = cause
    self.scan = scan
    self.earlier = earlier
    self.recordedAt = recordedAt
  }
}
