import GRDB
import LanyardDomain

/// Whose rows of the feed a transaction takes before it writes anything.
enum FeedScope: Sendable {
  case installation
  /// Slug of the event, which has to be there.
  case event(String)
  /// Slugs of events; those that are not there are passed over.
  case events([String])
  /// The body finds out which, and takes the row.
  case foundOut
}

/// The rows of `feed` that one transaction has taken, from which it numbers what it writes. A transaction takes the rows
/// of its events before it writes anything: so those of one event come one after the other, on every engine.
final class FeedRows {
  private struct Row {
    let slug: String?
    var last: Int64
    var plan: Int64
    var isChanged = false
  }

  static let selection = """
    SELECT event.id, last_sequence, plan_revision FROM event JOIN feed ON feed.event_id = event.id WHERE slug = ?
    """
  static let change = "UPDATE feed SET last_sequence = ?, plan_revision = ? WHERE event_id = ?"

  private let db: Database
  private let changesBefore: Int
  private var rows: [Int64: Row] = [:]
  private var keys: [String?: Int64] = [:]

  init(_ db: Database) {
    self.db = db
    changesBefore = db.totalChangesCount
  }

  /// The store's key of an event whose row is taken, now where it was not before.
  ///
  /// - Parameter slug: The event's; nil for the whole installation.
  /// - Throws: `StoreError.notFound`; `failed` where something was written before, a programmer's error.
  @discardableResult
  func take(_ slug: String?) throws -> Int64 {
    if let key = keys[slug] { return key }
    guard db.totalChangesCount == changesBefore else {
      throw StoreError.failed(code: -1, about: "a transaction wrote before it took its event's row of the feed")
    }
    guard let slug else { return try takeInstallation() }
    let statement = try HotStatement(Self.selection, db)
    try statement.bind { $0.add(slug) }
    defer { statement.reset() }
    guard try statement.step() else { throw StoreError.notFound(.event(slug)) }
    return add(statement.int64(0), Row(slug: slug, last: statement.int64(1), plan: statement.int64(2)))
  }

  func take(_ scope: FeedScope) throws {
    switch scope {
    case .installation: try take(nil)
    case .event(let slug): try take(slug)
    case .events(let slugs):
      // In one order, so that no two transactions wait for each other.
      for slug in slugs.sorted() {
        do {
          try take(slug)
        } catch StoreError.notFound {
          continue
        }
      }
    case .foundOut: break
    }
  }

  /// Makes the row of an event that this transaction made.
  func begin(_ slug: String, key: Int64) throws {
    try db.execute(sql: "INSERT INTO feed VALUES (?, 0, 1)", arguments: [key])
    add(key, Row(slug: slug, last: 0, plan: 1))
  }

  private func takeInstallation() throws -> Int64 {
    let statement = try HotStatement("SELECT last_sequence, plan_revision FROM feed WHERE event_id = 0", db)
    defer { statement.reset() }
    guard try statement.step() else { throw StoreError.failed(code: -1, about: "feed has no row of the installation") }
    return add(FeedNumber.installation, Row(slug: nil, last: statement.int64(0), plan: statement.int64(1)))
  }

  @discardableResult
  private func add(_ key: Int64, _ row: Row) -> Int64 {
    rows[key] = row
    keys[row.slug] = key
    return key
  }

  /// The store's keys of the events whose rows are taken.
  var events: [Int64] { rows.keys.filter { $0 != FeedNumber.installation } }

  /// The slug of an event whose row is taken; nil for the installation.
  func slug(of event: Int64) -> String? { rows[event]?.slug }

  /// The next number of an event whose row is taken. One that comes to nothing leaves a gap.
  func next(of event: Int64) throws -> FeedNumber {
    guard var row = rows[event] else {
      throw StoreError.failed(code: -1, about: "a number was asked of a feed whose row was not taken")
    }
    row.last += 1
    row.isChanged = true
    rows[event] = row
    return FeedNumber(event, row.last)
  }

  /// Says that doors of an event have changed, to plans that are remembered and to rosters.
  func planChanged(of event: Int64) throws {
    _ = try next(of: event)
    rows[event]?.plan += 1
  }

  /// Writes how far the feeds have come.
  ///
  /// - Returns: The events, the installation among them as nil, with their last numbers.
  func write() throws -> [FeedSignal.Head] {
    var heads: [FeedSignal.Head] = []
    for (event, row) in rows where row.isChanged {
      let statement = try HotStatement(Self.change, db)
      try statement.bind {
        $0.add(row.last)
        $0.add(row.plan)
        $0.add(event)
      }
      try statement.run()
      heads.append(FeedSignal.Head(event: row.slug, sequence: row.last))
    }
    return heads
  }
}
