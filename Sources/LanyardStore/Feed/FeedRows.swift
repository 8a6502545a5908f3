import LanyardDomain

/// Whose rows of the feed a transaction takes before it writes anything.
package enum FeedScope: Sendable {
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
package final class FeedRows {
  private struct Row {
    let slug: String?
    var last: Int64
    var plan: Int64
    var isChanged = false
  }

  package static let selection = SQL(
    "SELECT event.id, last_sequence, plan_revision FROM event JOIN feed ON feed.event_id = event.id WHERE slug = ?"
  )
  package static let change = SQL("UPDATE feed SET last_sequence = ?, plan_revision = ? WHERE event_id = ?")
  private static let ofInstallation = SQL("SELECT last_sequence, plan_revision FROM feed WHERE event_id = 0")
  private static let addition = SQL("INSERT INTO feed (event_id, last_sequence, plan_revision) VALUES (?, 0, 1)")

  private let session: any SQLSession
  private let changesBefore: Int
  private var rows: [Int64: Row] = [:]
  private var keys: [String?: Int64] = [:]

  init(_ session: any SQLSession) {
    self.session = session
    changesBefore = session.changedRows
  }

  /// The store's key of an event whose row is taken, now where it was not before.
  ///
  /// - Parameter slug: The event's; nil for the whole installation.
  /// - Throws: `StoreError.notFound`; `failed` where something was written before, a programmer's error.
  @discardableResult
  package func take(_ slug: String?) throws -> Int64 {
    if let key = keys[slug] { return key }
    guard session.changedRows == changesBefore else {
      throw StoreError.failed(code: -1, about: "a transaction wrote before it took its event's row of the feed")
    }
    guard let slug else { return try takeInstallation() }
    let found = try session.first(Self.selection, [slug]) { row in
      try (key: row.integer(0), row: Row(slug: slug, last: row[1], plan: row[2]))
    }
    guard let found else { throw StoreError.notFound(.event(slug)) }
    return add(found.key, found.row)
  }

  package func take(_ scope: FeedScope) throws {
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
  package func begin(_ slug: String, key: Int64) throws {
    try session.run(Self.addition, [key])
    add(key, Row(slug: slug, last: 0, plan: 1))
  }

  private func takeInstallation() throws -> Int64 {
    let row = try session.first(Self.ofInstallation) { row in try Row(slug: nil, last: row[0], plan: row[1]) }
    guard let row else { throw StoreError.failed(code: -1, about: "feed has no row of the installation") }
    return add(FeedNumber.installation, row)
  }

  @discardableResult
  private func add(_ key: Int64, _ row: Row) -> Int64 {
    rows[key] = row
    keys[row.slug] = key
    return key
  }

  /// The store's keys of the events whose rows are taken.
  package var events: [Int64] { rows.keys.filter { $0 != FeedNumber.installation } }

  /// The slug of an event whose row is taken; nil for the installation.
  package func slug(of event: Int64) -> String? { rows[event]?.slug }

  /// The next number of an event whose row is taken. One that comes to nothing leaves a gap.
  package func next(of event: Int64) throws -> FeedNumber {
    guard var row = rows[event] else {
      throw StoreError.failed(code: -1, about: "a number was asked of a feed whose row was not taken")
    }
    row.last += 1
    row.isChanged = true
    rows[event] = row
    return FeedNumber(event, row.last)
  }

  /// Says that doors of an event have changed, to plans that are remembered and to rosters.
  package func planChanged(of event: Int64) throws {
    _ = try next(of: event)
    rows[event]?.plan += 1
  }

  /// Writes how far the feeds have come.
  ///
  /// - Returns: The events, the installation among them as nil, with their last numbers.
  func write() throws -> [FeedSignal.Head] {
    var heads: [FeedSignal.Head] = []
    for (event, row) in rows where row.isChanged {
      try session.run(Self.change, [row.last, row.plan, event])
      heads.append(FeedSignal.Head(event: row.slug, sequence: row.last))
    }
    return heads
  }
}
