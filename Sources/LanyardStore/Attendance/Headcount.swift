import LanyardDomain

/// Reads the headcounts of one event as one transaction sees them.
struct Headcount {
  /// The plan has their rules already, which take longer to read than the counts.
  private static let order = SQL("SELECT id FROM checkpoint WHERE event_id = ? ORDER BY position, id")
  private static let tallies = SQL("SELECT counted, count FROM tally WHERE checkpoint_id = ? AND day = ?")

  private let session: any SQLSession
  private let tables: any AdmissionTables
  private let event: Key<Event>
  private let language: Language
  private let doors: [Key<Checkpoint>: Door]
  /// People inside areas that were counted already, by the first of an area's checkpoints: its doors all ask for the same.
  private var areas: [AdmissionFold.OccupancyKey: Int] = [:]

  init(_ session: any SQLSession, _ plan: VenuePlan, at now: Instant) throws {
    self.session = session
    tables = try session.admissionTables()
    event = plan.eventKey
    language = plan.event.language
    doors = plan.doors(now: now)
  }

  /// The event's checkpoints in the order of its programme.
  func checkpoints() throws -> [Key<Checkpoint>] {
    try session.all(Self.order, [event.rawValue]) { Key(try $0.integer(0)) }
  }

  /// Headcounts of one checkpoint.
  mutating func counts(of key: Key<Checkpoint>) throws -> AttendanceCounts.Checkpoint? {
    guard let door = doors[key] else { return nil }
    var counts = AttendanceCounts.Checkpoint(
      id: door.checkpoint.id,
      displayName: door.checkpoint.displayName,
      capacity: door.capacity
    )
    counts.isClosed = door.checkpoint.isClosed
    counts.session = door.session.map { .init(id: $0.session.id, title: $0.session.title.text(in: language)) }
    counts.inside = try tables.inside(.init(checkpoint: door.key, period: door.period))
    counts.areaInside = try inside(areaOf: door)
    try session.rows(Self.tallies, [key.rawValue, door.day.number]) { row in
      let count: Int = try row[1]
      switch AdmissionFold.Counted(name: try row.text(0)) {
      case .admitted: counts.admitted = count
      case .left: counts.left = count
      case .refused(let reason): counts.refused[reason] = count
      case nil: throw StoreError.unknownValue(table: "tally", column: "counted")
      }
      return true
    }
    return counts
  }

  private mutating func inside(areaOf door: Door) throws -> Int {
    guard let first = door.area.first else { return 0 }
    let key = AdmissionFold.OccupancyKey(checkpoint: first, period: door.period)
    if let known = areas[key] { return known }
    let sum = try tables.inside(door.area, period: door.period)
    areas[key] = sum
    return sum
  }

  /// People inside anywhere, each counted once. At each checkpoint a presence counts for its own day or session.
  func peopleInside() throws -> Int {
    guard !doors.isEmpty else { return 0 }
    return try tables.peopleInside(doors.values.map { .init(checkpoint: $0.key, period: $0.period) })
  }
}
