package import LanyardDomain

extension SQLEngine {
  package func feedHead(of event: String?) async throws(StoreError) -> FeedCursor {
    try await read { session in
      try FeedReader(session, of: event).head().feed
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
      let head = try reader.head().feed
      guard cursor.isTaken(at: head) else { return nil }
      let (entries, end) = try reader.entries(after: cursor.sequence, upTo: head.sequence, limit: limit)
      return FeedBatch(
        entries: entries,
        cursor: head.moved(to: end),
        isLast: end == head.sequence
      )
    }
  }
}
