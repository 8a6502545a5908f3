import LanyardDomain

extension SQLEngine {
  package func feedHead(of event: String) async throws(StoreError) -> FeedCursor {
    try await read { session in
      let head = try FeedReader(session, event: EventKey.find(event, session)).head()
      return FeedCursor(store: head.store, sequence: head.sequence)
    }
  }

  package func feedEntries(
    of event: String,
    after cursor: FeedCursor,
    limit: Int
  ) async throws(StoreError) -> FeedBatch? {
    try await survey { session in
      let reader = FeedReader(session, event: try EventKey.find(event, session))
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
