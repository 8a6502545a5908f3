package import LanyardDomain

/// What runs transactions for the statements that every engine takes: what a store does with it is written once, in
/// extensions of this.
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

  /// Runs one transaction that changes something; when it returns, that survives a power cut.
  ///
  /// - Parameters:
  ///   - scope: Whose rows of the feed it takes before it writes anything.
  ///   - kind: What it writes, and so whether the trail has to tell of it.
  ///   - body: Gets the trail, which takes each change.
  /// - Throws: `StoreError.unsigned` where rows were changed and no change was recorded; then nothing is written.
  func write<Value: Sendable>(
    _ act: Act,
    of scope: FeedScope,
    _ kind: WriteKind,
    _ body: @escaping @Sendable (any SQLSession, Trail) throws -> Value
  ) async throws(StoreError) -> Value

  /// The plans of all events as a session sees them, which are read anew only where one has changed.
  func plans(_ session: any SQLSession) throws -> VenuePlans

  /// Clears away what is left in files of those who were erased; nothing is done where nothing is.
  ///
  /// - Throws: `StoreError.erasureUnfinished` where that cannot be done for now.
  func clearTraces() async throws(StoreError)
}

/// What a transaction writes.
package enum WriteKind: Sendable {
  /// Scans: the ledger, where people stand and the counts. They are their own record, and the trail adds a link for
  /// each batch; a batch of scans that all are on record already has none.
  case scans
  /// Anything else, which says nothing of the pages that scans are written to.
  case change
  /// What a device last said of itself, and when: it is no change, and comes every few seconds.
  case sighting
  /// What keeps the file clean: it changes nothing that anybody reads.
  case upkeep
  /// What a trial does, and a small mark beside it that stays.
  case trial

  /// Whether what is written has to be on the trail.
  package var isSigned: Bool { self == .change }
}

extension SQLEngine {
  /// Runs one transaction that changes something and says so on the trail.
  package func write<Value: Sendable>(
    _ act: Act,
    of scope: FeedScope,
    _ body: @escaping @Sendable (any SQLSession, Trail) throws -> Value
  ) async throws(StoreError) -> Value {
    try await write(act, of: scope, .change, body)
  }
}
