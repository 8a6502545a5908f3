import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import ServiceLifecycle

/// The feeds of events as messages, made once for all who are at the same place: those who are up to date look at the same
/// moments, and come to the same place again.
final class ChangeFeed: Service {
  /// The most entries of one message.
  static let batchLimit = 500
  /// The most often that one who follows a feed is told something.
  private static let moments = SharedMoment(interval: .milliseconds(100))

  /// What follows a cursor.
  struct Batch: Sendable {
    let entries: [Lanyard_V1_FeedEntry]
    /// The cursor after these.
    let cursor: FeedCursor
    /// Whether nothing more was on record.
    let isLast: Bool
  }

  private struct Place: Hashable {
    let event: String
    let cursor: FeedCursor
    /// Number of the moment in which it was asked for.
    let number: Int64
  }

  private let store: any FeedStore
  private let watch: FeedWatch
  private let batches = SharedWork<Place, Batch?>(keepsValues: true)

  init(store: any FeedStore, watch: FeedWatch) {
    (self.store, self.watch) = (store, watch)
  }

  /// Reads what is asked for until a graceful shutdown; the calls that ask end before.
  func run() async {
    await cancelWhenGracefulShutdown { await self.batches.run() }
  }

  /// How far an event's feed has come.
  func head(of event: String) async throws -> FeedCursor { try await store.feedHead(of: event) }

  /// What follows a cursor; nil where the cursor is of other data.
  func batch(of event: String, after cursor: FeedCursor) async throws -> Batch? {
    let number = Self.moments.number
    batches.forget { $0.number < number }
    return try await batches.value(for: Place(event: event, cursor: cursor, number: number)) { [store] in
      guard let found = try await store.feedEntries(of: event, after: cursor, limit: Self.batchLimit) else {
        return nil
      }
      return Batch(
        entries: try found.entries.map { try Lanyard_V1_FeedEntry($0, of: event) },
        cursor: found.cursor,
        isLast: found.isLast
      )
    }
  }

  /// Waits for the next moment, and before it until something came after a batch where that was the last.
  func change(of event: String, after batch: Batch) async throws {
    if batch.isLast { try await watch.change(of: event, past: batch.cursor.sequence) }
    try await Self.moments.next()
  }
}
