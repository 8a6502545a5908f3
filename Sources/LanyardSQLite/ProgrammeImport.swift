import GRDB
import LanyardDomain
import LanyardStore

/// Brings one event of the tables to what a programme says, within the caller's transaction.
struct ProgrammeImport {
  let db: Database
  let trail: Trail
  /// Path of the event in the programme, for faults.
  let path: String

  func run(_ programme: ProgrammeEvent) throws -> ImportedEvent {
    let slug = programme.event.slug
    let found = try EventRow.fetchOne(db, sql: "SELECT * FROM event WHERE slug = ?", arguments: [slug])
    let checkpoints = try found.map { try CheckpointRow.all(of: $0, db) } ?? []
    let sessions = try found.map { try SessionRow.all(of: $0, db) } ?? []
    let update = try ProgrammeUpdate(
      programme,
      on: found.map { try record(of: $0, checkpoints, sessions) },
      path: path
    )
    let event = try write(update.event, in: found)
    var doors = try write(update.checkpoints, of: event, slug, in: checkpoints)
    doors.merge(checkpoints.compactMap { row in row.id.map { (row.publicId, $0) } }) { key, _ in key }
    let keys = Dictionary(uniqueKeysWithValues: sessions.compactMap { row in row.id.map { (row.publicId, $0) } })
    for step in update.sessions { try write(step, of: event, slug, doors, keys) }
    for move in update.moves { try carryOver(move, door: doors[move.door]) }
    for session in update.rehoused {
      try db.execute(
        sql: "UPDATE booking SET checkpoint_id = ? WHERE session_id = ?",
        arguments: [doors[session.checkpoint], keys[session.id]]
      )
    }
    return ImportedEvent(
      slug: slug,
      sessions: programme.sessions.count,
      checkpoints: update.checkpointCount,
      isChanged: update.isChanged
    )
  }

  private func record(
    of event: EventRow,
    _ checkpoints: [CheckpointRow],
    _ sessions: [SessionRow]
  ) throws -> ProgrammeRecord {
    let doors = Dictionary(uniqueKeysWithValues: checkpoints.map { ($0.id, $0.publicId) })
    let hasBadges = try Bool.fetchOne(
      db,
      sql: "SELECT EXISTS (SELECT 1 FROM badge WHERE event_id = ?)",
      arguments: [event.id]
    )
    return ProgrammeRecord(
      event: event.event,
      onsiteConfirmed: event.onsiteConfirmed,
      hasBadges: hasBadges ?? false,
      checkpoints: try checkpoints.map { PlacedCheckpoint(try $0.checkpoint(), at: $0.position) },
      sessions: sessions.map { row in
        ProgrammeRecord.Entry(row.session(at: doors[row.checkpointId] ?? ""), isWithdrawn: row.isWithdrawn)
      }
    )
  }

  /// - Returns: The event's key.
  private func write(_ step: ProgrammeUpdate.Step<Event>?, in found: EventRow?) throws -> Int64 {
    if let found, let id = found.id {
      guard let step, case .update(let event, _) = step else { return id }
      var row = EventRow(event)
      row.id = id
      row.onsiteConfirmed = found.onsiteConfirmed
      row.revision = found.revision + 1
      try row.update(db)
      try trail.record(step.change)
      // More capacity gives places to those who wait.
      var run = try RegistrationRun(event.slug, trail, SQLiteSession(db))
      try run.moveUp()
      return id
    }
    guard let step, case .create(let event) = step else { throw StoreError.failed(code: -1, about: "no event") }
    var row = EventRow(event)
    try row.insert(db)
    let id = db.lastInsertedRowID
    try trail.feed.begin(event.slug, key: id)
    try trail.record(step.change)
    return id
  }

  /// - Returns: The keys of the checkpoints that were made, by their ids.
  private func write(
    _ steps: [ProgrammeUpdate.Step<PlacedCheckpoint>],
    of event: Int64,
    _ slug: String,
    in found: [CheckpointRow]
  ) throws -> [String: Int64] {
    let keys = Dictionary(uniqueKeysWithValues: found.map { ($0.publicId, $0.id) })
    return try steps.reduce(into: [:]) { made, step in
      switch step {
      case .create(let placed):
        var row = CheckpointRow(placed, event: event)
        try row.insert(db)
        made[placed.checkpoint.id] = db.lastInsertedRowID
      case .update(let placed, _):
        try CheckpointRow(placed, event: event, id: keys[placed.checkpoint.id] ?? nil).update(db)
      }
      try trail.record(step.change(of: slug))
    }
  }

  private func write(
    _ step: ProgrammeUpdate.SessionStep,
    of event: Int64,
    _ slug: String,
    _ doors: [String: Int64],
    _ keys: [String: Int64]
  ) throws {
    func row(_ session: Session) -> SessionRow {
      var row = SessionRow(session, event: event, checkpoint: doors[session.checkpoint] ?? 0)
      row.id = keys[session.id]
      return row
    }
    switch step {
    case .create(let session):
      var new = row(session)
      try new.insert(db)
    case .update(let session, _), .restore(let session, _): try row(session).update(db)
    case .withdraw(let session):
      var gone = row(session)
      gone.isWithdrawn = true
      try gone.update(db)
    }
    try trail.record(step.change(of: slug))
  }

  /// Lets presences at a door count for the new starts of their sessions, and counts them anew.
  private func carryOver(_ move: ProgrammeUpdate.Move, door: Int64?) throws {
    let people = try Row.fetchAll(
      db,
      sql: "SELECT registration_id, period, is_inside FROM presence WHERE checkpoint_id = ?",
      arguments: [door]
    )
    var inside: [Instant: Int] = [:]
    for person in people {
      let before = Instant(microseconds: person[1])
      let start = move.start(after: before)
      if start != before {
        try db.execute(
          sql: "UPDATE presence SET period = ? WHERE registration_id = ? AND checkpoint_id = ?",
          arguments: [start.microseconds, person[0] as Int64, door]
        )
      }
      if person[2] { inside[start, default: 0] += 1 }
    }
    for start in move.allStarts {
      try db.execute(
        sql: "DELETE FROM occupancy WHERE checkpoint_id = ? AND period = ?",
        arguments: [door, start.microseconds]
      )
      guard let count = inside[start] else { continue }
      try db.execute(sql: "INSERT INTO occupancy VALUES (?, ?, ?)", arguments: [door, start.microseconds, count])
    }
  }
}
