package import LanyardDomain

/// One row of `checkpoint`.
package struct CheckpointRow: Sendable {
  private static let columns = TableColumns(
    "checkpoint",
    [
      "public_id", "position", "display_name", "kind", "area", "capacity", "admitted_groups", "admitted_roles",
      "admitted_participations", "directions", "reentry", "early_entry_seconds", "is_closed",
      "requires_booking", "days", "opens_minute", "closes_minute", "time_zone", "lies_in", "grace_seconds",
      "pause_seconds", "most_entries", "most_days",
    ]
  )
  private static let selection = """
    SELECT checkpoint.id, checkpoint.event_id, event.slug, \(columns.selection), checkpoint.changed_by_hand
    FROM checkpoint JOIN event ON event.id = checkpoint.event_id
    """
  private static let byID = SQL("\(selection) WHERE checkpoint.public_id = ? AND event.slug = ?")
  private static let ofEvent = SQL("\(selection) WHERE checkpoint.event_id = ? ORDER BY checkpoint.id")
  /// An import may give every checkpoint another position: the page begins where the last one shown is by now.
  private static let page = SQL(
    """
    \(selection)
    WHERE (CAST(?1 AS BIGINT) IS NULL AND event.is_archived = 0 OR checkpoint.event_id = ?1)
      AND (checkpoint.event_id, checkpoint.position, checkpoint.id)
        > (?2, coalesce((SELECT shown.position FROM checkpoint AS shown WHERE shown.id = ?4), ?3), ?4)
    ORDER BY checkpoint.event_id, checkpoint.position, checkpoint.id LIMIT ?5
    """
  )
  private static let addition = SQL(
    "INSERT INTO checkpoint (event_id, \(columns.list)) VALUES (?, \(columns.parameters)) RETURNING id"
  )
  private static let change = SQL("UPDATE checkpoint SET \(columns.assignments), changed_by_hand = ? WHERE id = ?")

  /// The store's key.
  package let key: Int64
  /// The store's key of its event.
  package let eventKey: Int64
  /// Slug of its event.
  package let event: String
  package let placed: PlacedCheckpoint
  /// What an organiser changed since the last import that changed it.
  let byHand: Set<HandRule>

  package var checkpoint: Checkpoint { placed.checkpoint }

  /// From a row of the selection.
  ///
  /// - Throws: `StoreError.unknownValue` where a rule is not known to this version.
  private init(_ row: any SQLRow) throws {
    key = try row[0]
    eventKey = try row[1]
    event = try row[2]
    placed = PlacedCheckpoint(try Self.checkpoint(row), at: try row[4])
    let rules: [String] = try JSONColumn.value(row[26], "checkpoint", "changed_by_hand")
    byHand = Set(try rules.map { try known($0, "checkpoint", "changed_by_hand") })
  }

  private static func checkpoint(_ row: any SQLRow) throws -> Checkpoint {
    var checkpoint = Checkpoint(
      id: try row[3],
      displayName: try row[5],
      kind: try known(row[6], "checkpoint", "kind"),
      area: try row[7],
      timeZone: try known(row[20], "checkpoint", "time_zone")
    )
    checkpoint.capacity = try (row[8] as Int?).map { limit in
      try known(limit, in: Capacity.range, "checkpoint", "capacity")
    }
    checkpoint.admits = AdmissionList(
      groups: try JSONColumn.value(row[9], "checkpoint", "admitted_groups"),
      roles: try JSONColumn.value(row[10], "checkpoint", "admitted_roles"),
      participations: try participations(row[11])
    )
    checkpoint.directions = try known(row[12], "checkpoint", "directions")
    checkpoint.reentry = try known(row[13], "checkpoint", "reentry")
    checkpoint.earlyEntry = try minutes(row[14], in: Checkpoint.earlyEntryMinutes, "early_entry_seconds")
    checkpoint.isClosed = try row[15]
    checkpoint.requiresBooking = try row[16]
    checkpoint.days = try JSONColumn.value(row[17], "checkpoint", "days")
    let opens = try known(row[18], in: 0..<DailyHours.minutesOfDay, "checkpoint", "opens_minute")
    let closes = try known(row[19], in: 1...DailyHours.minutesOfDay, "checkpoint", "closes_minute")
    guard let hours = DailyHours(opens: opens, closes: closes) else {
      throw StoreError.unknownValue(table: "checkpoint", column: "opens_minute")
    }
    checkpoint.hours = hours
    checkpoint.within = try row[21]
    checkpoint.grace = try minutes(row[22], in: Checkpoint.graceMinutes, "grace_seconds")
    checkpoint.pause = try minutes(row[23], in: Checkpoint.pauseMinutes, "pause_seconds")
    checkpoint.mostEntries = try (row[24] as Int?).map { limit in
      try known(limit, in: Checkpoint.entryRange, "checkpoint", "most_entries")
    }
    checkpoint.mostDays = try (row[25] as Int?).map { limit in
      try known(limit, in: Checkpoint.dayRange, "checkpoint", "most_days")
    }
    return checkpoint
  }

  /// A length that can be said in minutes, and is stored in seconds.
  private static func minutes(_ seconds: Int, in range: ClosedRange<Int>, _ column: StaticString) throws -> Duration {
    let seconds = try known(seconds, in: range.lowerBound * 60...range.upperBound * 60, "checkpoint", column)
    return .seconds(seconds)
  }

  private static func participations(_ text: String) throws -> [Participation] {
    let words: [String] = try JSONColumn.value(text, "checkpoint", "admitted_participations")
    return try words.map { try known($0, "checkpoint", "admitted_participations") }
  }

  /// What `columns` hold of a checkpoint, in their order.
  private static func values(_ placed: PlacedCheckpoint) throws -> [any SQLValue] {
    let checkpoint = placed.checkpoint
    return [
      checkpoint.id, placed.position, checkpoint.displayName, checkpoint.kind.rawValue, checkpoint.area,
      checkpoint.capacity, try JSONColumn.text(checkpoint.admits.groups), try JSONColumn.text(checkpoint.admits.roles),
      try JSONColumn.text(checkpoint.admits.participations.map(\.rawValue)), checkpoint.directions.rawValue,
      checkpoint.reentry.rawValue, checkpoint.earlyEntry.components.seconds, checkpoint.isClosed,
      checkpoint.requiresBooking, try JSONColumn.text(checkpoint.days), checkpoint.hours.opens,
      checkpoint.hours.closes, checkpoint.timeZone.rawValue, checkpoint.within, checkpoint.grace.components.seconds,
      checkpoint.pause.components.seconds, checkpoint.mostEntries, checkpoint.mostDays,
    ]
  }

  /// The row of an address.
  ///
  /// - Throws: `StoreError.notFound` of the event or the checkpoint.
  package static func find(_ address: CheckpointAddress, _ session: any SQLSession) throws -> CheckpointRow {
    if let row = try session.first(byID, [address.checkpoint, address.event], CheckpointRow.init) { return row }
    _ = try EventKey.find(address.event, session)
    throw StoreError.notFound(address.name)
  }

  /// - Parameter event: The store's key.
  static func all(of event: Int64, _ session: any SQLSession) throws -> [CheckpointRow] {
    try session.all(ofEvent, [event], CheckpointRow.init)
  }

  /// Checkpoints in the programme's order, of all events where `event`, the store's key, is nil.
  static func page(of event: Int64?, _ page: PageRequest, _ session: any SQLSession) throws -> Page<CheckpointRow> {
    let rows = try session.all(
      Self.page,
      [event] + page.values(from: .number(0), .number(-1), .number(0)) + [page.size + 1],
      CheckpointRow.init
    )
    return page.cut(rows) { row in
      PageCursor(.number(row.eventKey), .number(Int64(row.placed.position)), .number(row.key))
    }
  }

  /// - Parameter event: The store's key.
  /// - Returns: The store's key of the checkpoint.
  static func add(_ placed: PlacedCheckpoint, to event: Int64, _ session: any SQLSession) throws -> Int64 {
    session.hasChangedPlan = true
    return try session.key(of: addition, [event] + values(placed))
  }

  /// - Parameter byHand: What of it is not as the programme says, since an organiser changed it.
  static func change(
    _ key: Int64,
    to placed: PlacedCheckpoint,
    byHand: Set<HandRule> = [],
    _ session: any SQLSession
  ) throws {
    session.hasChangedPlan = true
    let rules = try JSONColumn.text(byHand.map(\.rawValue).sorted())
    try session.run(change, values(placed) + [rules, key])
  }
}
