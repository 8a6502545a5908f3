package import LanyardDomain

/// How far a lane is told of what has happened since its cursor.
package struct RosterSpan: Hashable, Sendable {
  /// A lane that is further behind than this takes all of the roster anew.
  package static let backlog: Int64 = 50_000
  /// The most numbers of the feed that are looked through at once.
  package static let limit: Int64 = 5000

  /// The last number that is told.
  package let last: Int64
  /// Whether nothing more is to be told.
  package let isLast: Bool

  /// - Parameters:
  ///   - cursor: Where the lane is.
  ///   - head: Where the event is.
  ///   - limit: The last number that may be told, which the feed had come to before; nil for all.
  /// - Returns: Nil where the cursor is of other data, too old, or of what has not happened: a snapshot is needed.
  package init?(after cursor: RosterCursor, to head: RosterCursor, upTo limit: Int64?) {
    guard cursor.feed.isTaken(at: head.feed), cursor.plan <= head.plan,
      head.sequence - cursor.sequence <= Self.backlog
    else { return nil }
    // Who began after the limit is ahead of it.
    let end = min(head.sequence, max(limit ?? head.sequence, cursor.sequence))
    last = min(end, cursor.sequence + Self.limit)
    isLast = last == end
  }
}
