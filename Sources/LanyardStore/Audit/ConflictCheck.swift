import LanyardDomain

/// Compares what the trail tells of conflicts with those that are on record.
struct ConflictCheck {
  private static let all = SQL(
    "\(SignedConflict.selection) WHERE conflict.sequence > ? ORDER BY conflict.sequence LIMIT ?"
  )

  /// A conflict on record.
  private struct Recorded {
    let number: FeedNumber
    /// As its column has it.
    let event: Int64
    let facts: String
  }

  private let slugs: [Int64: String]
  /// Whether one that no entry tells of is a fault.
  private var areSigned: Bool
  private var rows: OrderedRows<Recorded>
  /// What was told of those that are not settled, by the number of each.
  private var told: [Int64: String] = [:]

  /// - Parameter slugs: Of the events, by their keys.
  init(_ session: any SQLSession, slugs: [Int64: String], areSigned: Bool) {
    (self.slugs, self.areSigned) = (slugs, areSigned)
    rows = OrderedRows(Self.all, session, key: \.number.key) { row in
      let number = FeedNumber(key: try row[0])
      let conflict = try SignedConflict(row, of: slugs[number.event] ?? "")
      return Recorded(number: number, event: try row[1], facts: Fact.json(conflict.facts))
    }
  }

  /// Takes an entry; false where it tells of a conflict what cannot be after the entries before.
  mutating func take(_ entry: TrailEntry) -> Bool {
    switch ChangeName(rawValue: entry.name)?.proof {
    case .conflict(isSettled: false):
      areSigned = true
      guard let key = key(entry), let facts = entry.after else { return false }
      return told.updateValue(facts, forKey: key) == nil
    case .conflict(isSettled: true):
      guard let key = key(entry) else { return false }
      return told.removeValue(forKey: key) == entry.before
    case .chain, .scans, .undo, nil: return true
    }
  }

  /// The first conflict that is on record otherwise than the entries tell, or that only one of both knows; nil where all agree.
  mutating func differing() throws -> FeedNumber? {
    var first: FeedNumber?
    while first == nil, let row = try rows.next() {
      let isTold = told.removeValue(forKey: row.number.key).map { $0 == row.facts } ?? !areSigned
      if !isTold || row.event != row.number.event { first = row.number }
    }
    let missing = told.keys.min().map { FeedNumber(key: $0) }
    return [first, missing].compactMap { $0 }.min { $0.key < $1.key }
  }

  /// The resource name of a conflict.
  func name(of conflict: FeedNumber) -> String {
    slugs[conflict.event].map { ResourceName.conflict(conflict.value, of: $0).description } ?? ""
  }

  private func key(_ entry: TrailEntry) -> Int64? {
    guard case .conflict(let number, _) = ResourceName(entry.resource) else { return nil }
    return FeedNumber(entry.number.event, number).key
  }
}
