package import LanyardDomain

/// How far somebody has followed the feed of an event.
package struct FeedCursor: Hashable, Sendable {
  /// Names the data, so that a cursor is not taken for one of other data.
  package let store: String
  /// The last number that is behind.
  package let sequence: Int64

  package init(store: String, sequence: Int64) {
    (self.store, self.sequence) = (store, sequence)
  }
}

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
}

/// A change, without who made it.
package struct FeedChange: Hashable, Sendable {
  /// As `ChangeName` lists it; a later version of the program may have others.
  package let name: String
  package let version: Int
  package let resource: String
  /// JSON objects; nil where there was nothing before, or is nothing any more.
  package let before: String?
  package let after: String?
}

/// A scan on the ledger, by the ids of what it is about.
package struct FeedScan: Hashable, Sendable {
  package let id: UUIDBytes
  /// Id of the checkpoint.
  package let checkpoint: String
  /// Id of the session that the door was for.
  package let session: String?
  /// Badge and id of the registration, where the badge is one of the event's.
  package let badge: BadgeSerial?
  package let registration: String?
  package let direction: Direction
  package let answer: AnswerKind
  package let reason: RefusalReason?
  /// When it happened, where a lane decided it offline.
  package let happenedAt: Instant?
}

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
