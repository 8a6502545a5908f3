package import LanyardDomain

/// What a transaction that writes came to. Only `Trail.transaction` makes one, so that an engine writes nothing that no trail
/// has seen.
package struct Written<Value: Sendable>: Sendable {
  /// What its body returned.
  package let value: Value
  /// The feeds that came on.
  package let heads: [FeedSignal.Head]

  fileprivate init(value: Value, heads: [FeedSignal.Head]) {
    (self.value, self.heads) = (value, heads)
  }
}

/// What one transaction puts on record of who changed what: each change becomes the next link of its event's chain.
package final class Trail {
  /// A chain as far as this transaction knows it.
  fileprivate struct Head {
    /// The store's key of the event; 0 for the whole installation.
    let event: Int64
    var hash: [UInt8]
    /// When the last link was made.
    var last: Instant?
  }

  /// What is taken back where a part of the transaction is.
  package struct State {
    fileprivate var heads: [String?: Head] = [:]
    /// Scans that are on the ledger and of which no link tells yet, by the store's key of their event.
    fileprivate var scans: [Int64: ScanDigest] = [:]
    /// How many changes were recorded.
    package fileprivate(set) var count = 0
  }

  private let act: Act
  /// Gives the numbers of what is written.
  package let feed: FeedRows
  package var state = State()
  private let session: any SQLSession
  /// What `moments` came to.
  private var known: ActMoments?

  package init(_ session: any SQLSession, _ act: Act) {
    self.session = session
    self.act = act
    feed = FeedRows(session)
  }

  package static let insertion = SQL(
    "INSERT INTO change (\(TrailEntry.columns), hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
  )
  package static let headSelection = SQL(
    """
    SELECT chain.hash, change.made_at FROM chain LEFT JOIN change ON change.sequence = chain.last_sequence
    WHERE chain.event_id = ?
    """
  )
  private static let rehearsal = SQL(
    "SELECT 1 FROM setting WHERE name = 'mode' AND value = \(StoreMode.rehearsal.word)"
  )
  package static let headChange = SQL(
    """
    INSERT INTO chain (event_id, entries, last_sequence, hash) VALUES (?1, 1, ?2, ?3)
      ON CONFLICT (event_id) DO UPDATE SET entries = chain.entries + 1, last_sequence = ?2, hash = ?3
    """
  )

  /// What every transaction that changes something does, on every engine: it takes its rows of the feed before it reads, and
  /// puts on record what it changed.
  ///
  /// - Throws: `StoreError.unsigned` where rows were changed and no change was recorded.
  @discardableResult
  package static func transaction<Value: Sendable>(
    _ session: any SQLSession,
    _ act: Act,
    of scope: FeedScope,
    _ kind: WriteKind,
    _ body: (Trail) throws -> Value
  ) throws -> Written<Value> {
    let trail = Trail(session, act)
    let before = session.changedRows
    try trail.feed.take(scope)
    let value = try body(trail)
    let heads = try trail.finish()
    if kind.isSigned, trail.state.count == 0, session.changedRows != before { throw StoreError.unsigned }
    return Written(value: value, heads: heads)
  }

  /// Runs what one scan changes within a transaction; where a row of it is refused, that much is taken back.
  ///
  /// - Parameter refused: What comes of it then.
  package func apart<Outcome>(_ body: () throws -> Outcome, refused: (ScanFailure) -> Outcome) throws -> Outcome {
    let before = state
    do throws(StoreError) {
      return try session.apart(body)
    } catch {
      state = before
      switch error {
      case .failed(.row, let about): return refused(.notRecorded(about: about))
      case .unknownValue(let table, let column):
        return refused(.unknownValue(table: table, column: column))
      default: throw error
      }
    }
  }

  /// The one moment as of which this transaction decides, and the one as of which it records: both when it was asked for, but
  /// that nothing is recorded as of before the last scan on record of its events.
  package func moments() throws -> ActMoments {
    if let known { return known }
    let moments = try LedgerClock.moments(of: act, on: feed.events, session)
    known = moments
    return moments
  }

  /// The moment as of which it decides.
  package func now() throws -> Instant { try moments().decided }

  /// The moment as of which it records.
  package func recordedAt() throws -> Instant { try moments().recorded }

  /// The moment of a link after one: no chain runs back, however the machine's clock is set. A rehearsal may be of a moment
  /// before the day on which its data was copied, or its tokens were made.
  private func moment(after last: Instant?) throws -> Instant {
    let now = try recordedAt()
    guard let last, last > now, try !session.has(Self.rehearsal, []) else { return now }
    return last
  }

  /// Puts a change on record.
  package func record(_ change: Change) throws {
    var head = try state.heads[change.event] ?? loaded(change.event)
    let moment = try moment(after: head.last)
    let number = try feed.next(of: head.event)
    let entry = TrailEntry(change, by: act, at: moment, number: number, previous: head.hash)
    (head.hash, head.last) = (entry.hash, moment)
    try insert(entry, hash: head.hash)
    state.heads[change.event] = head
    state.count += 1
  }

  /// Takes a scan that came onto the ledger; `finish` adds the link for all of them.
  package func took(_ row: LedgerRow) {
    state.scans[row.number.event, default: ScanDigest()].add(row)
  }

  /// Adds the links for the scans that came onto the ledger, and writes how far the feeds have come.
  ///
  /// - Returns: The feeds that came on.
  @discardableResult
  package func finish(isTakenOver: Bool = false) throws -> [FeedSignal.Head] {
    for (event, digest) in state.scans.sorted(by: { $0.key < $1.key }) {
      guard let slug = feed.slug(of: event) else {
        throw StoreError.failed(.programmer, about: "a scan is of no event")
      }
      try record(digest.change(of: slug, isTakenOver: isTakenOver))
    }
    state.scans = [:]
    return try feed.write()
  }

  private func loaded(_ event: String?) throws -> Head {
    let key = try feed.key(of: event)
    let head = try session.first(Self.headSelection, [key]) { Head(event: key, hash: try $0[0], last: try $0[1]) }
    return head ?? Head(event: key, hash: TrailEntry.origin)
  }

  private func insert(_ entry: TrailEntry, hash: [UInt8]) throws {
    try session.run(
      Self.insertion,
      [
        entry.number.key, entry.number.event, entry.madeAt, entry.actorKind, entry.actor, entry.address,
        entry.requestID,
        entry.name, entry.version, entry.resource, entry.before, entry.after, entry.previous, hash,
      ]
    )
    try session.run(Self.headChange, [entry.number.event, entry.number.key, hash])
  }
}
