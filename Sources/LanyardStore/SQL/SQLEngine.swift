/// What runs transactions for the statements that every engine takes: what a store does with it is written once, in
/// extensions of this.
///
/// Reading sees one state of the data from its first statement to its last (PostgreSQL: REPEATABLE READ, READ ONLY; SQLite: a
/// transaction in write-ahead mode). Writing begins by taking the rows of the feed of its events, and waits there for whoever has
/// them; each statement after that sees what was committed before it (PostgreSQL: READ COMMITTED; SQLite: BEGIN IMMEDIATE). So two
/// transactions of one event never decide by the same facts, and only what belongs to no event, or is asked across events, may
/// still change beside one that writes.
package protocol SQLEngine: Sendable {
  /// Reads one consistent state.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws(StoreError) -> Value

  /// Reads much, such as a list or a part of a roster: one consistent state, and neither scans nor what they look up wait for
  /// it.
  func survey<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws(StoreError) -> Value

  /// Runs one transaction that writes; when it returns, that survives a power cut. `write`, `recordScans` and `sight` are made of
  /// it: a body that wrote something has `Trail.transaction` say so. Transactions follow one another in the order in which
  /// they began.
  ///
  /// - Parameter apart: What is done instead, in a transaction right after and before any other of this engine, where the body
  ///   met a row that is refused (`StoreError.isOfOneRow`); nil where that is thrown.
  func transaction<Value: Sendable>(
    _ kind: WriteKind,
    _ body: @escaping @Sendable (any SQLSession) throws -> Written<Value>,
    apart: (@Sendable (any SQLSession) throws -> Written<Value>)?
  ) async throws(StoreError) -> Value

  /// The plans of all events as a session sees them, which are read anew only where one has changed.
  func plans(_ session: any SQLSession) throws -> VenuePlans

  /// Clears away what is left in files of those who were erased; nothing is done where nothing is.
  ///
  /// - Throws: `StoreError.erasureUnfinished` where that cannot be done for now.
  func clearTraces() async throws(StoreError)
}
