import GRDB
import LanyardDomain

/// What one transaction puts on record of who changed what: each change becomes the next link of its event's chain.
final class Trail {
  /// A chain as far as this transaction knows it.
  fileprivate struct Head {
    /// The store's key of the event; 0 for the whole installation.
    let event: Int64
    var hash: [UInt8]
  }

  /// What is taken back where a part of the transaction is.
  struct State {
    fileprivate var heads: [String?: Head] = [:]
    /// Scans that are on the ledger and of which no link tells yet, by the store's key of their event.
    fileprivate var scans: [Int64: ScanDigest] = [:]
    /// How many changes were recorded.
    fileprivate(set) var count = 0
  }

  let act: Act
  /// Gives the numbers of what is written.
  let feed: FeedRows
  var state = State()
  private let db: Database

  init(_ db: Database, _ act: Act) {
    self.db = db
    self.act = act
    feed = FeedRows(db)
  }

  static let insertion = """
    INSERT INTO change (\(TrailEntry.columns), hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let headSelection = "SELECT hash FROM chain WHERE event_id = ?"
  static let headChange = """
    INSERT INTO chain VALUES (?1, 1, ?2, ?3)
      ON CONFLICT (event_id) DO UPDATE SET entries = entries + 1, last_sequence = ?2, hash = ?3
    """

  /// Puts on record what a file's owner does to it as a whole, where nobody follows its feed.
  static func write(_ db: Database, _ act: Act, _ change: Change, _ body: (Database) throws -> Void) throws {
    let trail = Trail(db, act)
    try trail.record(change)
    try body(db)
    try trail.finish()
  }

  /// Puts a change on record.
  func record(_ change: Change) throws {
    var head = try state.heads[change.event] ?? loaded(change.event)
    let entry = TrailEntry(change, by: act, number: try feed.next(of: head.event), previous: head.hash)
    head.hash = entry.hash
    try insert(entry, hash: head.hash)
    state.heads[change.event] = head
    state.count += 1
  }

  /// Takes a scan that came onto the ledger; `finish` adds the link for all of them.
  func took(_ row: CanonicalRow, at number: FeedNumber) {
    state.scans[number.event, default: ScanDigest()].add(row, sequence: number.value)
  }

  /// Adds the links for the scans that came onto the ledger, and writes how far the feeds have come.
  ///
  /// - Returns: The feeds that came on.
  @discardableResult
  func finish(isTakenOver: Bool = false) throws -> [FeedSignal.Head] {
    for (event, digest) in state.scans.sorted(by: { $0.key < $1.key }) {
      guard let slug = feed.slug(of: event) else { throw StoreError.failed(code: -1, about: "a scan is of no event") }
      try record(digest.change(of: slug, isTakenOver: isTakenOver))
    }
    state.scans = [:]
    return try feed.write()
  }

  private func loaded(_ event: String?) throws -> Head {
    let key = try feed.take(event)
    let statement = try HotStatement(Self.headSelection, db)
    try statement.bind { $0.add(key) }
    defer { statement.reset() }
    return Head(event: key, hash: try statement.step() ? statement.data(0) : TrailEntry.origin)
  }

  private func insert(_ entry: TrailEntry, hash: [UInt8]) throws {
    let statement = try HotStatement(Self.insertion, db)
    try statement.bind {
      $0.add(entry.number.key)
      $0.add(entry.number.event)
      $0.add(entry.madeAt)
      $0.add(entry.actorKind)
      $0.add(entry.actor)
      $0.add(entry.address)
      $0.add(entry.requestID)
      $0.add(entry.name)
      $0.add(entry.version)
      $0.add(entry.resource)
      $0.add(entry.before)
      $0.add(entry.after)
      $0.add(entry.previous)
      $0.add(hash)
    }
    try statement.run()
    let head = try HotStatement(Self.headChange, db)
    try head.bind {
      $0.add(entry.number.event)
      $0.add(entry.number.key)
      $0.add(hash)
    }
    try head.run()
  }
}
