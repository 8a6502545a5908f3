package import LanyardDomain

/// What a transaction writes, and so whether the trail has to tell of it. Only `change` can be asked for by name: what is
/// not signed is written by functions of its own, and to few tables.
package struct WriteKind: Sendable {
  /// Whether what is written has to be on the trail.
  let isSigned: Bool
  /// Whether scans are written: it says that they can be recorded.
  package let isOfScans: Bool
  /// The tables that statements may write to, besides those of the trail and of the feed; nil for all.
  let tables: Set<String>?
  /// Of which tables they may only change some columns.
  var columns: [String: Set<String>] = [:]

  /// What is signed.
  package static let change = WriteKind(isSigned: true, isOfScans: false, tables: nil)
  fileprivate static let scans = WriteKind(
    isSigned: false,
    isOfScans: true,
    tables: [
      "scan", "scan_override", "scan_offline", "scan_double_reading", "scan_missed_exit", "scan_undo", "withdrawn_scan",
      "conflict", "presence", "occupancy", "tally", "note", "scan_beginning",
    ]
  )
  fileprivate static let mails = WriteKind(
    isSigned: false,
    isOfScans: false,
    tables: ["mail", "mail_cursor", "mail_audience"]
  )
  fileprivate static let hearing = WriteKind(
    isSigned: false,
    isOfScans: false,
    tables: ["remote_presence"],
    columns: ["remote_presence": ["heard_at"]]
  )
  fileprivate static let sighting = WriteKind(
    isSigned: false,
    isOfScans: false,
    tables: ["device"],
    columns: ["device": DeviceRow.sighted]
  )
}

extension SQLEngine {
  /// Runs one transaction that changes something and says so on the trail.
  ///
  /// - Parameters:
  ///   - scope: Whose rows of the feed it takes before the body begins.
  ///   - body: Gets the trail, which takes each change.
  /// - Throws: `StoreError.unsigned` where rows were changed and no change was recorded; then nothing is written.
  package func write<Value: Sendable>(
    _ act: Act,
    of scope: FeedScope,
    _ body: @escaping @Sendable (any SQLSession, Trail) throws -> Value
  ) async throws(StoreError) -> Value {
    try await run(.change, act, of: scope, body)
  }

  /// Runs one transaction that changes something of the event that something is of, and says so on the trail.
  ///
  /// - Returns: Nil where it is of no event; then the body was not run.
  package func write<Value: Sendable>(
    _ act: Act,
    ofEventOf lookup: EventLookup,
    _ body: @escaping @Sendable (any SQLSession, Trail) throws -> Value
  ) async throws(StoreError) -> Value? {
    try await run(.change, act, ofEventOf: lookup, body)
  }

  /// Runs one transaction that records scans: the ledger, where people stand and the counts. Scans are their own record, and the
  /// trail adds a link for each batch; a batch of scans that all are on record already has none.
  ///
  /// - Parameter apart: What is done instead where a row of the body is refused, before anything else that this engine is asked
  ///   for; it gives up that row alone.
  package func recordScans<Value: Sendable>(
    _ act: Act,
    of scope: FeedScope,
    _ body: @escaping @Sendable (any SQLSession, Trail) throws -> Value,
    apart: (@Sendable (any SQLSession, Trail) throws -> Value)? = nil
  ) async throws(StoreError) -> Value {
    try await run(.scans, act, of: scope, body, apart: apart)
  }

  /// Keeps the outbox of an event: what it holds follows from the feed, and how far it is is no change.
  package func keepMails<Value: Sendable>(
    _ act: Act,
    of event: String,
    _ body: @escaping @Sendable (any SQLSession, Trail) throws -> Value
  ) async throws(StoreError) -> Value {
    try await run(.mails, act, of: .event(event), body)
  }

  /// Notes that somebody still follows a session over the network: it is no change, and comes every half minute.
  package func hear<Value: Sendable>(
    _ act: Act,
    of event: String,
    _ body: @escaping @Sendable (any SQLSession, Trail) throws -> Value
  ) async throws(StoreError) -> Value {
    try await run(.hearing, act, of: .event(event), body)
  }

  /// Notes what a device last said of itself, and when, in the columns that are for it alone: it is no change, and
  /// comes every few seconds.
  ///
  /// - Returns: Nil where there is no such device; then the body was not run.
  package func sight<Value: Sendable>(
    _ act: Act,
    ofEventOf lookup: EventLookup,
    _ body: @escaping @Sendable (any SQLSession, Trail) throws -> Value
  ) async throws(StoreError) -> Value? {
    try await run(.sighting, act, ofEventOf: lookup, body)
  }

  /// Nil where the lookup finds no event; then the body is not run.
  private func run<Value: Sendable>(
    _ kind: WriteKind,
    _ act: Act,
    ofEventOf lookup: EventLookup,
    _ body: @escaping @Sendable (any SQLSession, Trail) throws -> Value
  ) async throws(StoreError) -> Value? {
    try await run(kind, act, of: .eventOf(lookup)) { session, trail in
      trail.feed.isEmpty ? nil : try body(session, trail)
    }
  }

  private func run<Value: Sendable>(
    _ kind: WriteKind,
    _ act: Act,
    of scope: FeedScope,
    _ body: @escaping @Sendable (any SQLSession, Trail) throws -> Value,
    apart: (@Sendable (any SQLSession, Trail) throws -> Value)? = nil
  ) async throws(StoreError) -> Value {
    typealias Part = @Sendable (any SQLSession) throws -> Written<Value>
    func signed(_ body: @escaping @Sendable (any SQLSession, Trail) throws -> Value) -> Part {
      { session in
        try Trail.transaction(session, act, of: scope, kind) { trail in
          try body(kind.tables.map { BoundSession(session, tables: $0, columns: kind.columns) } ?? session, trail)
        }
      }
    }
    return try await transaction(kind, signed(body), apart: apart.map(signed))
  }
}
