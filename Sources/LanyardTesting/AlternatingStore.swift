package import LanyardStore
import Synchronization

/// One store through two handles in turn, as two processes have it; it notes each statement that all engines share.
package final class AlternatingStore<Engine: SQLEngine & Store>: Sendable {
  /// A statement that was run: where it is written, and how PostgreSQL takes it.
  package struct Statement: Hashable, Sendable {
    package let place: String
    package let text: String

    init(_ statement: SQL) {
      place = "\(statement.file):\(statement.line)"
      text = statement.numbered
    }
  }

  let handles: [Engine]
  private let turn = Mutex(0)
  private let noted = Mutex<Set<Statement>>([])

  package init(_ first: Engine, _ second: Engine) {
    handles = [first, second]
  }

  /// What was run up to now.
  package var statements: Set<Statement> { noted.withLock { $0 } }

  var handle: Engine {
    turn.withLock { turn in
      turn = (turn + 1) % handles.count
      return handles[turn]
    }
  }

  private func noting(_ session: any SQLSession) -> NotingSession {
    NotingSession(session) { statement in _ = self.noted.withLock { $0.insert(Statement(statement)) } }
  }
}

/// A session of another engine whose statements are noted.
private final class NotingSession: SQLSession {
  private let session: any SQLSession
  private let note: (SQL) -> Void

  init(_ session: any SQLSession, _ note: @escaping (SQL) -> Void) {
    (self.session, self.note) = (session, note)
  }

  var changedRows: Int { session.changedRows }

  var hasChangedPlan: Bool {
    get { session.hasChangedPlan }
    set { session.hasChangedPlan = newValue }
  }

  func takeFeed(of event: String?) throws -> FeedRow? {
    note(FeedRow.selection(of: event).statement)
    return try session.takeFeed(of: event)
  }

  func rows(_ statement: SQL, _ values: [any SQLValue], _ body: (any SQLRow) throws -> Bool) throws {
    note(statement)
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

extension AlternatingStore: SQLEngine {
  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws(StoreError) -> Value {
    try await handle.read { session in try body(self.noting(session)) }
  }

  package func survey<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws(StoreError) -> Value {
    try await handle.survey { session in try body(self.noting(session)) }
  }

  package func transaction<Value: Sendable>(
    _ kind: WriteKind,
    _ body: @escaping @Sendable (any SQLSession) throws -> Written<Value>
  ) async throws(StoreError) -> Value {
    try await handle.transaction(kind) { session in try body(self.noting(session)) }
  }

  package func clearTraces() async throws(StoreError) { try await handle.clearTraces() }

  package func plans(_ session: any SQLSession) throws -> VenuePlans { try handle.plans(session) }
}
