import Foundation
import GRDB
import LanyardDomain
import Synchronization

@testable import LanyardSQLite
@testable import LanyardStore

/// A store that keeps nobody from writing before it takes a row of the feed, and then waits for whoever writes: so PostgreSQL
/// does it, and SQLite by itself does not. What a transaction reads before it takes the row may be changed by another one.
final class LateLockingStore: Sendable {
  let store: SQLiteStore
  private let meanwhile = Mutex<(@Sendable () async throws -> Void)?>(nil)

  init(path: String) throws {
    store = try SQLiteStore(path: path)
  }

  /// Has something else happen while the next transaction waits for its row of the feed.
  func next(_ body: @escaping @Sendable () async throws -> Void) {
    meanwhile.withLock { $0 = body }
  }

  /// Waits, on a thread of the store's, for what is to happen in between.
  fileprivate func wait() throws {
    guard
      let body = meanwhile.withLock({ body in
        defer { body = nil }
        return body
      })
    else { return }
    let done = DispatchSemaphore(value: 0)
    let outcome = Outcome()
    Task.detached {
      let result: Result<Void, any Error>
      do { result = .success(try await body()) } catch { result = .failure(error) }
      outcome.result.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    try outcome.result.withLock { $0 }?.get()
  }

  private final class Outcome: Sendable {
    let result = Mutex<Result<Void, any Error>?>(nil)
  }
}

/// A session that begins to keep others from writing with the first row of the feed that it takes.
private final class LateSession: SQLSession {
  private let (session, db): (SQLiteSession, Database)
  private let wait: () throws -> Void
  private(set) var isLocked = false

  init(_ db: Database, _ wait: @escaping () throws -> Void) {
    (session, self.db, self.wait) = (SQLiteSession(db), db, wait)
  }

  var changedRows: Int { session.changedRows }

  var hasChangedPlan: Bool {
    get { session.hasChangedPlan }
    set { session.hasChangedPlan = newValue }
  }

  func takeFeed(of event: String?) throws -> FeedRow? {
    if !isLocked {
      try wait()
      try db.beginTransaction(.immediate)
      isLocked = true
    }
    return try session.takeFeed(of: event)
  }

  func rows(_ statement: LanyardStore.SQL, _ values: [any SQLValue], _ body: (any SQLRow) throws -> Bool) throws {
    try session.rows(statement, values, body)
  }

  func apart<Value>(_ body: () throws -> Value) throws(StoreError) -> Value { try session.apart(body) }

  func admissionTables() throws -> any AdmissionTables { try session.admissionTables() }

  func attendees(
    matching words: [String],
    of event: Int64,
    after start: AttendeePosition,
    count: Int
  ) throws -> (positions: [AttendeePosition], total: Int) {
    try session.attendees(matching: words, of: event, after: start, count: count)
  }
}

extension LateLockingStore: SQLEngine {
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws(StoreError) -> Value {
    try await store.read(body)
  }

  func survey<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws(StoreError) -> Value {
    try await store.survey(body)
  }

  func transaction<Value: Sendable>(
    _ kind: WriteKind,
    _ body: @escaping @Sendable (any SQLSession) throws -> Written<Value>,
    apart: (@Sendable (any SQLSession) throws -> Written<Value>)?
  ) async throws(StoreError) -> Value {
    do {
      return try await store.pool.writeWithoutTransaction { db in
        let session = LateSession(db, self.wait)
        do {
          let written = try body(session)
          if session.isLocked { try db.commit() }
          self.feedSignal.ring(written.heads)
          return written.value
        } catch {
          if session.isLocked { try db.rollback() }
          throw error
        }
      }
    } catch {
      throw StoreError.translated(error)
    }
  }

  func plans(_ session: any SQLSession) throws -> VenuePlans { try store.plans(session) }

  func clearTraces() async throws(StoreError) { try await store.clearTraces() }
}

/// What an engine does by itself.
extension LateLockingStore: Store {
  var feedSignal: FeedSignal { store.feedSignal }

  func checkRecording(at now: Instant) async throws(StoreError) { try await store.checkRecording(at: now) }
}
