/// A conflict as the trail tells of it: everything that is on record of it.
package struct SignedConflict: Hashable, Sendable {
  /// Its number in the change feed.
  package let id: Int64
  /// Slug of the event.
  package let event: String
  /// The word of its `ConflictCause`, as it is on record.
  package let cause: String
  /// Of two admissions the later one.
  package let scan: UUIDBytes
  package let earlier: UUIDBytes?
  package let recordedAt: Instant

  package init(id: Int64, event: String, cause: String, scan: UUIDBytes, earlier: UUIDBytes?, recordedAt: Instant) {
    (self.id, self.event, self.cause) = (id, event, cause)
    (self.scan, self.earlier, self.recordedAt) = (scan, earlier, recordedAt)
  }

  package var name: ResourceName { .conflict(id, of: event) }

  /// What the trail carries of it.
  package var facts: [String: Fact] {
    var facts: [String: Fact] = [
      "cause": .word(cause), "check_in": .word("\(scan)"), "recorded_at": .moment(recordedAt),
    ]
    if let earlier { facts["earlier_check_in"] = .word("\(earlier)") }
    return facts
  }
}
