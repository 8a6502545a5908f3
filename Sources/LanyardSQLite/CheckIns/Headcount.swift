import GRDB
import LanyardDomain
import LanyardStore

/// Reads the headcounts of one event as one transaction sees them.
struct Headcount {
  private let db: Database
  private let doors: [Key<Checkpoint>: Door]
  private let people: PresenceTable
  private let tallies: HotStatement
  /// People inside areas that were counted already, by the first of an area's checkpoints: its doors all ask for the same.
  private var areas: [AdmissionFold.OccupancyKey: Int] = [:]

  init(db: Database, plan: VenuePlan, now: Instant) throws {
    self.db = db
    doors = plan.doors(now: now)
    people = try PresenceTable(db)
    tallies = try HotStatement("SELECT counted, count FROM tally WHERE checkpoint_id = ? AND day = ?", db)
  }

  /// Headcounts of one checkpoint.
  mutating func counts(of key: Key<Checkpoint>) throws -> AttendanceCounts.Checkpoint? {
    guard let door = doors[key] else { return nil }
    var counts = AttendanceCounts.Checkpoint(
      id: door.checkpoint.id,
      displayName: door.checkpoint.displayName,
      capacity: door.capacity
    )
    counts.inside = try people.inside(.init(checkpoint: door.key, period: door.period))
    counts.areaInside = try inside(areaOf: door)
    try tallies.bind {
      $0.add(key.rawValue)
      $0.add(Int64(door.day.number))
    }
    defer { tallies.reset() }
    while try tallies.step() {
      let count = Int(tallies.int64(1))
      switch AdmissionFold.Counted(name: tallies.string(0)) {
      case .admitted: counts.admitted = count
      case .left: counts.left = count
      case .refused(let reason): counts.refused[reason] = count
      case nil: throw StoreError.unknownValue(table: "tally", column: "counted")
      }
    }
    return counts
  }

  private mutating func inside(areaOf door: Door) throws -> Int {
    guard let first = door.area.first else { return 0 }
    let key = AdmissionFold.OccupancyKey(checkpoint: first, period: door.period)
    if let known = areas[key] { return known }
    let sum = try people.inside(door.area, period: door.period)
    areas[key] = sum
    return sum
  }

  /// People inside anywhere, each counted once. At each checkpoint a presence counts for its own day or session.
  func peopleInside() throws -> Int {
    guard !doors.isEmpty else { return 0 }
    let statement = try db.cachedStatement(sql: Self.peopleInside(doors: doors.count))
    var arguments: [Int64] = []
    for door in doors.values { arguments += [door.key.rawValue, door.period.microseconds] }
    return try Int.fetchOne(statement, arguments: StatementArguments(arguments)) ?? 0
  }

  /// The joins stand in the order in which they are to be looped: door by door along the index of who is inside. Left to
  /// itself, SQLite loops all presences, and all doors for each.
  static func peopleInside(doors: Int) -> String {
    let values = Array(repeating: "(?, ?)", count: doors).joined(separator: ", ")
    return """
      WITH now_counting (checkpoint_id, period) AS (VALUES \(values))
      SELECT count(DISTINCT registration_id) FROM now_counting CROSS JOIN presence INDEXED BY presence_inside
        ON presence.checkpoint_id = now_counting.checkpoint_id AND presence.period = now_counting.period
      WHERE is_inside
      """
  }
}
