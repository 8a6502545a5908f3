package import LanyardDomain

/// One row of `presence`: where a person stands with a checkpoint.
package struct PresenceRow: Sendable {
  private static let columns = TableColumns(
    "presence",
    ["registration_id", "checkpoint_id", "is_inside", "admitted_at", "period", "day", "entries", "earlier_days"]
  )
  /// For a SELECT that reads rows.
  package static let selection = columns.selection
  /// Adds a row, to which an engine says what becomes of one that is there.
  static let insertion = "INSERT INTO presence (\(columns.list)) VALUES (\(columns.parameters))"
  private static let atDoor = SQL("SELECT \(selection) FROM presence WHERE checkpoint_id = ?")

  package let registration: Key<Registration>
  package let presence: Presence

  package init(registration: Key<Registration>, presence: Presence) {
    (self.registration, self.presence) = (registration, presence)
  }

  /// From a row of the selection, which may have other columns before.
  ///
  /// - Throws: `StoreError.unknownValue`.
  package init(_ row: some SQLRow, from first: Int = 0) throws {
    registration = Key(try row.integer(first))
    presence = Presence(
      checkpoint: Key(try row.integer(first + 1)),
      isInside: try row.integer(first + 2) != 0,
      admittedAt: Instant(microseconds: try row.integer(first + 3)),
      period: Instant(microseconds: try row.integer(first + 4)),
      day: Int(try row.integer(first + 5)),
      entries: Int(try row.integer(first + 6)),
      earlierDays: try Self.days(row.text(first + 7))
    )
  }

  /// Where everybody stands with a checkpoint.
  static func all(at checkpoint: Int64, _ session: any SQLSession) throws -> [PresenceRow] {
    try session.all(atDoor, [checkpoint]) { try PresenceRow($0) }
  }

  /// What the insertion takes.
  package var values: [SQLScalar] {
    [
      registration.rawValue.scalar, presence.checkpoint.rawValue.scalar, presence.isInside.scalar,
      presence.admittedAt.scalar, presence.period.scalar, presence.day.scalar, presence.entries.scalar,
      presence.earlierDays.map(String.init).joined(separator: " ").scalar,
    ]
  }

  /// The days that a column has: their numbers, with a blank between two.
  private static func days(_ text: String) throws -> [Int] {
    try text.split(separator: " ").map { word in
      guard let day = Int(word) else { throw StoreError.unknownValue(table: "presence", column: "earlier_days") }
      return day
    }
  }
}
