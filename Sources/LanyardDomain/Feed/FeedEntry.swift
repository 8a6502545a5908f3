/// Something that happened to an event, in the order in which it came onto the record.
package struct FeedEntry: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case change(FeedChange)
    case scan(FeedScan)
  }

  /// Number in the event's feed; numbers grow, with gaps.
  package let sequence: Int64
  /// When it was recorded.
  package let recordedAt: Instant
  package let content: Content

  package init(sequence: Int64, recordedAt: Instant, content: Content) {
    (self.sequence, self.recordedAt, self.content) = (sequence, recordedAt, content)
  }
}
