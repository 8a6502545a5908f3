import GRDB
import LanyardDomain
import LanyardStore

/// Where people stand and how many are inside: the tables `presence`, `occupancy` and `tally`.
struct PresenceTable {
  private let byRegistration: HotStatement
  private let occupancy: HotStatement
  private let db: Database

  init(_ db: Database) throws {
    self.db = db
    byRegistration = try HotStatement(AdmissionSQL.presences, db)
    occupancy = try HotStatement(AdmissionSQL.occupancy, db)
  }

  func presences(of registration: Key<Registration>) throws -> [Presence] {
    var loaded: [Presence] = []
    try byRegistration.bind { $0.add(registration.rawValue) }
    defer { byRegistration.reset() }
    while try byRegistration.step() { loaded.append(try PresenceRow(byRegistration).presence) }
    return loaded
  }

  /// People inside who came through a checkpoint in a period.
  func inside(_ key: AdmissionFold.OccupancyKey) throws -> Int {
    try occupancy.bind {
      $0.add(key.checkpoint.rawValue)
      $0.add(key.period.microseconds)
    }
    defer { occupancy.reset() }
    return try occupancy.step() ? Int(occupancy.int64(0)) : 0
  }

  /// People inside who came through any of these, each counted once.
  func peopleInside(_ doors: [AdmissionFold.OccupancyKey]) throws -> Int {
    let statement = try HotStatement(Self.peopleInside(doors: doors.count), db)
    try statement.bind {
      for door in doors {
        $0.add(door.checkpoint.rawValue)
        $0.add(door.period.microseconds)
      }
    }
    defer { statement.reset() }
    return try statement.step() ? Int(statement.int64(0)) : 0
  }

  /// The engine's own: the joins stand in the order in which they are to be looped, door by door along the index of who is
  /// inside. Left to itself, SQLite loops all presences, and all doors for each.
  static func peopleInside(doors: Int) -> String {
    let values = Array(repeating: "(?, ?)", count: doors).joined(separator: ", ")
    return """
      WITH now_counting (checkpoint_id, period) AS (VALUES \(values))
      SELECT count(DISTINCT registration_id) FROM now_counting CROSS JOIN presence INDEXED BY presence_inside
        ON presence.checkpoint_id = now_counting.checkpoint_id AND presence.period = now_counting.period
      WHERE is_inside
      """
  }

  func set(_ presences: [AdmissionFold.PresenceKey: Presence]) throws {
    let statement = try HotStatement(AdmissionSQL.presence, db)
    for (key, value) in presences {
      let row = PresenceRow(registration: key.registration, presence: value)
      try statement.bind { for value in row.values { $0.add(value) } }
      try statement.run()
    }
  }

  func remove(_ key: AdmissionFold.PresenceKey) throws {
    let statement = try HotStatement(AdmissionSQL.presenceRemoval, db)
    try statement.bind {
      $0.add(key.registration.rawValue)
      $0.add(key.checkpoint.rawValue)
    }
    try statement.run()
  }

  func change(occupancy changes: [AdmissionFold.OccupancyKey: Int]) throws {
    let statement = try HotStatement(AdmissionSQL.occupancyChange, db)
    for (key, change) in changes where change != 0 {
      try statement.bind {
        $0.add(key.checkpoint.rawValue)
        $0.add(key.period.microseconds)
        $0.add(Int64(change))
      }
      try statement.run()
    }
  }

  func change(tallies changes: [AdmissionFold.TallyKey: Int]) throws {
    let statement = try HotStatement(AdmissionSQL.tallyChange, db)
    for (key, change) in changes where change != 0 {
      try statement.bind {
        $0.add(key.checkpoint.rawValue)
        $0.add(Int64(key.day))
        $0.add(key.counted.name)
        $0.add(Int64(change))
      }
      try statement.run()
    }
  }
}
