package import LanyardStore
import Synchronization

/// One store through two handles in turn, as two processes have it; each statement that all engines share can be heard.
package final class AlternatingStore<Engine: SQLEngine & Store>: Sendable {
  /// Is told of a statement, its values and the session that it is run in, and runs it.
  package typealias Hear = @Sendable (SQL, [any SQLValue], any SQLSession, _ run: () throws -> Void) throws -> Void

  let handles: [Engine]
  private let hear: Hear
  private let turn = Mutex(0)

  package init(_ first: Engine, _ second: Engine, hear: @escaping Hear) {
    handles = [first, second]
    self.hear = hear
  }

  var handle: Engine {
    turn.withLock { turn in
      turn = (turn + 1) % handles.count
      return handles[turn]
    }
  }

  private func heard(_ session: any SQLSession) -> HeardSession { HeardSession(session, hear) }
}

/// A session of another engine whose statements are heard.
private final class HeardSession: SQLSession {
  typealias Hear = (SQL, [any SQLValue], any SQLSession, _ run: () throws -> Void) throws -> Void

  private let session: any SQLSession
  private let hear: Hear

  init(_ session: any SQLSession, _ hear: @escaping Hear) {
    self.session = session
    self.hear = hear
  }

  var changedRows: Int { session.changedRows }

  var hasChangedPlan: Bool {
    get { session.hasChangedPlan }
    set { session.hasChangedPlan = newValue }
  }

  func takeFeed(of event: String?) throws -> FeedRow? {
    let (statement, values) = FeedRow.selection(of: event)
    var row: FeedRow?
    try hear(statement, values, session) { row = try session.takeFeed(of: event) }
    return row
  }

  func rows(_ statement: SQL, _ values: [any SQLValue], _ body: (any SQLRow) throws -> Bool) throws {
    try hear(statement, values, session) { try session.rows(statement, values, body) }
  }

  func apart<Value>(_ body: () throws -> Value) throws(StoreError) -> Value { try session.apart(body) }

  func admissionTables() throws -> any AdmissionTables {
    HeardTables(engine: try session.admissionTables()) { [session, hear] in try hear($0, $1, session, $2) }
  }

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
    try await handle.read { session in try body(self.heard(session)) }
  }

  package func survey<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws(StoreError) -> Value {
    try await handle.survey { session in try body(self.heard(session)) }
  }

  package func transaction<Value: Sendable>(
    _ kind: WriteKind,
    _ body: @escaping @Sendable (any SQLSession) throws -> Written<Value>,
    apart: (@Sendable (any SQLSession) throws -> Written<Value>)?
  ) async throws(StoreError) -> Value {
    typealias Part = @Sendable (any SQLSession) throws -> Written<Value>
    func part(_ body: @escaping Part) -> Part {
      { try body(self.heard($0)) }
    }
    return try await handle.transaction(kind, part(body), apart: apart.map(part))
  }

  package func clearTraces() async throws(StoreError) { try await handle.clearTraces() }

  package func plans(_ session: any SQLSession) throws -> VenuePlans { try handle.plans(session) }
}
