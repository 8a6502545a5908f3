import GRDB
import LanyardDomain

/// Brings one event of the tables to what a programme says, within the caller's transaction.
struct ProgrammeImport {
  let db: Database
  let trail: Trail
  /// Path of the event in the programme, for faults.
  let path: String

  func run(_ programme: ProgrammeEvent) throws -> ImportedEvent {
    var isChanged = false
    let eventID = try upsert(programme.event, &isChanged)
    let slug = programme.event.slug
    let checkpoints = try upsert(programme.checkpoints, of: eventID, slug, &isChanged)
    try upsert(programme.sessions, of: eventID, slug, at: checkpoints, &isChanged)
    let count = try Int.fetchOne(
      db,
      sql: "SELECT count(*) FROM checkpoint WHERE event_id = ?",
      arguments: [eventID]
    )
    return ImportedEvent(
      slug: programme.event.slug,
      sessions: programme.sessions.count,
      checkpoints: count ?? 0,
      isChanged: isChanged
    )
  }

  private func upsert(_ event: Event, _ isChanged: inout Bool) throws -> Int64 {
    let found = try EventRow.fetchOne(db, sql: "SELECT * FROM event WHERE slug = ?", arguments: [event.slug])
    var row = EventRow(event, after: found)
    if let found, let id = found.id {
      row.id = id
      row.onsiteConfirmed = found.onsiteConfirmed
      row.revision = found.revision
      guard row != found else { return id }
      try check(row, against: found)
      row.revision += 1
      try row.update(db)
      isChanged = true
      try trail.record(.updated(row.event, from: found.event))
      // More capacity gives places to those who wait.
      try WaitingList(db: db, event: id).moveUp(trail, of: event.slug)
      return id
    }
    try row.insert(db)
    let id = db.lastInsertedRowID
    try trail.feed.begin(event.slug, key: id)
    try trail.record(.created(event))
    isChanged = true
    return id
  }

  /// What others rely on already: the days of badges, and places that were given; and that numbers stay few.
  private func check(_ event: EventRow, against found: EventRow) throws {
    for (name, terms) in [
      ("tracks", event.tracks), ("stakeholder_groups", event.stakeholderGroups), ("guest_roles", event.guestRoles),
    ] where terms.count > Term.limit {
      throw InvalidInput(
        field: "\(path).\(name)",
        reason: "would make more than \(Term.limit), with those that the event had before; keep the ids that it had"
      )
    }
    let isMoved =
      (event.startDate, event.endDate) != (found.startDate, found.endDate) || event.timeZone != found.timeZone
    if isMoved, try hasBadges(found) {
      throw InvalidInput(
        field: "\(path).start_date",
        reason: "or end_date or time_zone differs from the days that issued badges are valid for, "
          + "\(found.startDate) to \(found.endDate) in \(found.timeZone); badges cannot follow, so keep the days"
      )
    }
    if let capacity = event.onsiteCapacity, capacity < found.onsiteConfirmed {
      throw InvalidInput(
        field: "\(path).onsite_capacity",
        reason: "is below the \(found.onsiteConfirmed) registrations that are confirmed already; cancel some first"
      )
    }
  }

  /// Who is inside a session stays inside when it is moved in time: presences count for the start of their session. All
  /// moves of a door are made at once, since a session may take the place of another that moves too.
  private func carryOver(_ moves: [(before: SessionRow, after: SessionRow)]) throws {
    let inPlace = moves.filter { $0.before.checkpointId == $0.after.checkpointId }
    for (door, moves) in Dictionary(grouping: inPlace, by: \.after.checkpointId) {
      let starts = moves.map { "WHEN \($0.before.startsAt) THEN \($0.after.startsAt)" }.joined(separator: " ")
      let periods = Set(moves.flatMap { [$0.before.startsAt, $0.after.startsAt] }.map { "\($0)" })
        .joined(separator: ", ")
      try db.execute(
        sql: """
          UPDATE presence SET period = CASE period \(starts) ELSE period END
          WHERE checkpoint_id = :door AND period IN (\(periods))
          """,
        arguments: ["door": door]
      )
      try db.execute(
        sql: "DELETE FROM occupancy WHERE checkpoint_id = :door AND period IN (\(periods))",
        arguments: ["door": door]
      )
      try db.execute(
        sql: """
          INSERT INTO occupancy SELECT checkpoint_id, period, count(*) FROM presence
          WHERE checkpoint_id = :door AND period IN (\(periods)) AND is_inside GROUP BY period
          """,
        arguments: ["door": door]
      )
    }
    // Who is booked for a session is booked for it at its new door.
    for move in moves where move.before.checkpointId != move.after.checkpointId {
      try db.execute(
        sql: "UPDATE booking SET checkpoint_id = ? WHERE session_id = ?",
        arguments: [move.after.checkpointId, move.after.id]
      )
    }
  }

  private func hasBadges(_ event: EventRow) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM badge WHERE event_id = ?)", arguments: [event.id]) ?? false
  }

  private func upsert(
    _ checkpoints: [Checkpoint],
    of event: Int64,
    _ slug: String,
    _ isChanged: inout Bool
  ) throws -> [String: Int64] {
    let found = try CheckpointRow.fetchAll(
      db,
      sql: "SELECT * FROM checkpoint WHERE event_id = ?",
      arguments: [event]
    )
    let existing = Dictionary(uniqueKeysWithValues: found.map { ($0.publicId, $0) })
    var ids = existing.compactMapValues(\.id)
    for (position, checkpoint) in checkpoints.enumerated() {
      var row = CheckpointRow(checkpoint, event: event, position: position)
      if let before = existing[checkpoint.id] {
        row.id = before.id
        row.isClosed = before.isClosed
        guard row != before else { continue }
        try row.update(db)
        let old = (try before.checkpoint(), before.position)
        try trail.record(.updated(try row.checkpoint(), position: position, from: old, of: slug))
      } else {
        try row.insert(db)
        ids[checkpoint.id] = db.lastInsertedRowID
        try trail.record(.created(try row.checkpoint(), position: position, of: slug))
      }
      isChanged = true
    }
    return ids
  }

  private func upsert(
    _ sessions: [Session],
    of event: Int64,
    _ slug: String,
    at checkpoints: [String: Int64],
    _ isChanged: inout Bool
  ) throws {
    let found = try SessionRow.fetchAll(db, sql: "SELECT * FROM session WHERE event_id = ?", arguments: [event])
    var existing = Dictionary(uniqueKeysWithValues: found.map { ($0.publicId, $0) })
    let doors = Dictionary(uniqueKeysWithValues: checkpoints.map { ($0.value, $0.key) })
    func session(_ row: SessionRow) -> Session { row.session(at: doors[row.checkpointId] ?? "") }
    var moves: [(before: SessionRow, after: SessionRow)] = []
    for planned in sessions {
      guard let checkpoint = checkpoints[planned.checkpoint] else {
        throw InvalidInput(field: "\(path).sessions", reason: "\(planned.code) is in a room without a checkpoint")
      }
      var row = SessionRow(planned, event: event, checkpoint: checkpoint)
      if let before = existing.removeValue(forKey: planned.id) {
        row.id = before.id
        guard row != before else { continue }
        try row.update(db)
        moves.append((before, row))
        try trail.record(
          before.isWithdrawn
            ? .restored(session(row), of: slug) : .updated(session(row), from: session(before), of: slug)
        )
      } else {
        try row.insert(db)
        try trail.record(.created(session(row), of: slug))
      }
      isChanged = true
    }
    try carryOver(moves)
    for var gone in existing.values where !gone.isWithdrawn {
      gone.isWithdrawn = true
      try gone.update(db)
      try trail.record(.withdrawn(session(gone), of: slug))
      isChanged = true
    }
  }
}
