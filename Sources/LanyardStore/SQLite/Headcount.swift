import GRDB
import LanyardDomain

/// Reads the headcounts of one event as one transaction sees them.
struct Headcount {
  let db: Database
  let plan: VenuePlan
  let now: Instant

  /// Headcounts of one checkpoint.
  func counts(of row: CheckpointRow) throws -> AttendanceCounts.Checkpoint? {
    guard let id = row.id, let door = plan.door(Key(id), now: now) else { return nil }
    var counts = AttendanceCounts.Checkpoint(
      id: row.publicId,
      displayName: row.displayName,
      capacity: door.capacity
    )
    counts.inside = try PresenceTable(db).inside(.init(checkpoint: door.key, period: door.period))
    counts.areaInside = try door.area.reduce(0) { sum, checkpoint in
      try sum + PresenceTable(db).inside(.init(checkpoint: checkpoint, period: door.period))
    }
    let tallies = try Row.fetchCursor(
      db.cachedStatement(sql: "SELECT counted, count FROM tally WHERE checkpoint_id = ? AND day = ?"),
      arguments: [id, door.day.number]
    )
    while let tally = try tallies.next() {
      let count: Int = tally[1]
      switch AdmissionFold.Counted(name: tally[0]) {
      case .admitted: counts.admitted = count
      case .left: counts.left = count
      case .refused(let reason): counts.refused[reason] = count
      case nil: break
      }
    }
    return counts
  }

  /// People inside anywhere, each counted once. At each checkpoint a presence counts for its own day or session.
  func peopleInside(of event: Int64) throws -> Int {
    let doors = plan.checkpoints.keys.compactMap { plan.door($0, now: now) }
    guard !doors.isEmpty else { return 0 }
    let values = doors.map { "(\($0.key.rawValue), \($0.period.microseconds))" }.joined(separator: ", ")
    return try Int.fetchOne(
      db,
      sql: """
        WITH now_counting (checkpoint_id, period) AS (VALUES \(values))
        SELECT count(DISTINCT registration_id) FROM presence JOIN now_counting USING (checkpoint_id, period)
        WHERE is_inside
        """
    ) ?? 0
  }
}

extension AdmissionFold.Counted {
  /// The name under which the `tally` table counts it.
  var name: String {
    switch self {
    case .admitted: "ADMITTED"
    case .left: "LEFT"
    case .refused(let reason): reason.rawValue
    }
  }

  init?(name: String) {
    switch name {
    case "ADMITTED": self = .admitted
    case "LEFT": self = .left
    default:
      guard let reason = RefusalReason(rawValue: name) else { return nil }
      self = .refused(reason)
    }
  }
}
