package import LanyardDomain

/// What follows a cursor, so much of it as is read at once.
package struct FeedBatch: Sendable {
  package let entries: [FeedEntry]
  /// The cursor after these.
  package let cursor: FeedCursor
  /// Whether nothing more was on record.
  package let isLast: Bool
}

/// What a feed says, after a number, of those who call.
package struct CallerEndings: Hashable, Sendable {
  /// How far the feed has come.
  package let head: Int64
  /// Whether a token, a device or a personal link was ended.
  package let isAny: Bool
}

/// The feed of an event: every change and every scan, in one order. A writer commits its numbers before another gets the next,
/// so that who follows the feed misses nothing.
package protocol FeedStore: Sendable {
  /// Tells of what this process writes.
  var feedSignal: FeedSignal { get }
  /// How far the feed of an event has come, or where nil that of the whole installation.
  func feedHead(of event: String?) async throws(StoreError) -> FeedCursor
  /// Whether anybody who called may call no more by what came after a number, in the feed of an event or, where nil, in that of
  /// the whole installation.
  func callerEndings(of event: String?, after sequence: Int64) async throws(StoreError) -> CallerEndings
  /// What comes after a cursor; nil where the cursor is of other data. Links of batches of scans are left out: the scans are
  /// there themselves.
  ///
  /// - Parameter limit: The most entries, 1 or more.
  func feedEntries(
    of event: String,
    after cursor: FeedCursor,
    limit: Int
  ) async throws(StoreError) -> FeedBatch?
}
