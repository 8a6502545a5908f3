import LanyardDomain

/// The rows of `feed` that one transaction has taken, from which it numbers what it writes. A transaction takes the rows
/// of its events before it reads what it decides by: so those of one event come one after the other, on every engine.
package final class FeedRows {
  private struct Row {
    let slug: String?
    var row: FeedRow
    var isChanged = false
  }

  package static let change = SQL("UPDATE feed SET last_sequence = ?, plan_revision = ? WHERE event_id = ?")
  private static let addition = SQL("INSERT INTO feed (event_id, last_sequence, plan_revision) VALUES (?, 0, 1)")

  private static let slugs = SQL("SELECT slug FROM event WHERE is_deleted = 0")

  private let session: any SQLSession
  private let changesBefore: Int
  private var rows: [Int64: Row] = [:]
  private var keys: [String?: Int64] = [:]
  private var hasNewPlan = false

  package init(_ session: any SQLSession) {
    self.session = session
    changesBefore = session.changedRows
  }

  /// Takes the rows of a scope: what a transaction does first. The installation's comes before those of events, and these come
  /// in one order, so that no two transactions wait for each other.
  ///
  /// - Throws: `StoreError.notFound`; `failed` where something was written before, a programmer's error.
  package func take(_ scope: FeedScope) throws {
    guard session.changedRows == changesBefore else {
      throw StoreError.failed(.programmer, about: "a transaction wrote before it took its event's row of the feed")
    }
    switch scope {
    case .installation: try take(nil)
    case .event(let slug):
      guard try take(slug) else { throw StoreError.notFound(.event(slug)) }
    case .events(let slugs): for slug in slugs.sorted() { try take(slug) }
    case .programme(let slugs):
      if try slugs.contains(where: { try !EventKey.isThere($0, session) }) { try take(nil) }
      for slug in slugs.sorted() { try take(slug) }
    case .everything:
      // With the installation's row taken, no event is made meanwhile.
      try take(nil)
      for slug in try session.all(Self.slugs, [], { try $0.text(0) }).sorted() { try take(slug) }
    case .ending(let slug):
      try take(nil)
      guard try take(slug) else { throw StoreError.notFound(.event(slug)) }
    case .eventOf(let lookup): if let slug = try lookup.slug(session) { try take(slug) }
    }
  }

  /// False where there is no such event.
  @discardableResult
  private func take(_ slug: String?) throws -> Bool {
    guard keys[slug] == nil else { return true }
    guard let row = try session.takeFeed(of: slug) else {
      guard slug != nil else { throw StoreError.failed(.transaction, about: "feed has no row of the installation") }
      return false
    }
    add(row, of: slug)
    return true
  }

  /// Makes the row of an event that this transaction made; it has taken the installation's, so that nobody else makes it.
  package func begin(_ slug: String, key: Int64) throws {
    guard rows[FeedNumber.installation] != nil else {
      throw StoreError.failed(.programmer, about: "an event was made without taking the installation's row of the feed")
    }
    try session.run(Self.addition, [key])
    add(FeedRow(new: key), of: slug)
  }

  private func add(_ row: FeedRow, of slug: String?) {
    rows[row.event] = Row(slug: slug, row: row)
    keys[slug] = row.event
  }

  /// The store's key of an event whose row is taken.
  ///
  /// - Parameter slug: The event's; nil for the whole installation.
  /// - Throws: `failed` where it is not taken, a programmer's error: it is too late for that once the body reads.
  package func key(of slug: String?) throws -> Int64 {
    guard let key = keys[slug] else {
      throw StoreError.failed(.programmer, about: "a feed was asked for whose row was not taken")
    }
    return key
  }

  /// The store's keys of the events whose rows are taken.
  package var events: [Int64] { rows.keys.filter { $0 != FeedNumber.installation } }

  /// Whether no row is taken, as what was looked for is of no event.
  package var isEmpty: Bool { rows.isEmpty }

  /// The slug of an event whose row is taken; nil for the installation.
  package func slug(of event: Int64) -> String? { rows[event]?.slug }

  /// The next number of an event whose row is taken. One that comes to nothing leaves a gap.
  package func next(of event: Int64) throws -> FeedNumber {
    guard var taken = rows[event] else {
      throw StoreError.failed(.programmer, about: "a number was asked of a feed whose row was not taken")
    }
    taken.row.last += 1
    taken.isChanged = true
    rows[event] = taken
    return FeedNumber(event, taken.row.last)
  }

  /// Says that doors of an event have changed, to plans that are remembered and to rosters.
  package func planChanged(of event: Int64) throws {
    _ = try next(of: event)
    rows[event]?.row.plan += 1
    hasNewPlan = true
  }

  /// Writes how far the feeds have come.
  ///
  /// - Returns: The events, the installation among them as nil, with their last numbers.
  /// - Throws: `failed` where doors were changed and `planChanged` was not called, a programmer's error.
  func write() throws -> [FeedSignal.Head] {
    guard !session.hasChangedPlan || hasNewPlan else {
      throw StoreError.failed(.programmer, about: "doors were changed, and the plan that others remember was not")
    }
    var heads: [FeedSignal.Head] = []
    for (event, taken) in rows where taken.isChanged {
      try session.run(Self.change, [taken.row.last, taken.row.plan, event])
      heads.append(FeedSignal.Head(event: taken.slug, sequence: taken.row.last))
    }
    return heads
  }
}
