import LanyardDomain

extension SQLEngine {
  package func feedHead(of event: String?) async throws(StoreError) -> FeedCursor {
    try await read { session in
      let head = try FeedReader(session, of: event).head()
      return FeedCursor(store: head.store, sequence: head.sequence)
    }
  }

  package func callerEndings(of event: String?, after sequence: Int64) async throws(StoreError) -> CallerEndings {
    try await read { session in
      let reader = try FeedReader(session, of: event)
      let head = try reader.head().sequence
      return CallerEndings(head: head, isAny: try reader.hasCallerEnding(after: sequence, upTo: head))
    }
  }

  package func feedEntries(
    of event: String,
    after cursor: FeedCursor,
    limit: Int
  ) async throws(StoreError) -> FeedBatch? {
    try await survey { session in
      let reader = try FeedReader(session, of: event)
      let head = try reader.head()
      guard cursor.store == head.store, (0...head.sequence).contains(cursor.sequence) else { return nil }
      let (entries, end) = try reader.entries(after: cursor.sequence, upTo: head.sequence, limit: limit)
      return FeedBatch(
        entries: entries,
        cursor: FeedCursor(store: head.store, sequence: end),
        isLast: end == head.sequence
      )
    }
  }
}
