import LanyardDomain
import LanyardStore

/// An engine's tables of the hot path, of which each statement that all engines share is heard.
struct HeardTables: AdmissionTables {
  let engine: any AdmissionTables
  /// Hears a statement and its values, and runs what the engine makes of it.
  let hear: (SQL, [any SQLValue], _ run: () throws -> Void) throws -> Void

  private func heard<Value>(_ statement: SQL, _ values: [any SQLValue], _ run: () throws -> Value) throws -> Value? {
    var value: Value?
    try hear(statement, values) { value = try run() }
    return value
  }

  func entries(of scans: [SubmittedScan]) throws -> [LedgerEntry?] {
    try scans.map { scan in
      try heard(AdmissionSQL.entry, [scan.id.halves.high, scan.id.halves.low]) { try engine.entry(scan) } ?? nil
    }
  }

  func holders(of scans: [SubmittedScan]) throws -> [RecordedHolder?] {
    try scans.map { scan in
      let (statement, value): (SQL, any SQLValue) =
        if let serial = scan.badge { (AdmissionSQL.holderBySerial, serial) } else {
          (AdmissionSQL.holderByCode, scan.code)
        }
      return try heard(statement, [value]) { try engine.holder(of: scan) } ?? nil
    }
  }

  func presences(of registrations: [Key<Registration>]) throws -> [[Presence]] {
    try registrations.map { registration in
      try heard(AdmissionSQL.presences, [registration.rawValue]) { try engine.presences(of: registration) } ?? []
    }
  }

  func isBooked(_ reading: BadgeReading, at door: Door) throws -> Bool {
    guard door.requiresBooking, case .recorded(let holder) = reading else {
      return try engine.isBooked(reading, at: door)
    }
    let values: [any SQLValue] = [holder.registration.rawValue, door.key.rawValue]
    return try heard(AdmissionSQL.bookings, values) { try engine.isBooked(reading, at: door) } ?? false
  }

  func lastPassage(of badge: Int64, at now: Instant) throws -> LastPassage? {
    try heard(AdmissionSQL.passages, [badge]) { try engine.lastPassage(of: badge, at: now) } ?? nil
  }

  func inside(_ key: AdmissionFold.OccupancyKey) throws -> Int {
    try heard(AdmissionSQL.occupancy, [key.checkpoint.rawValue, key.period]) { try engine.inside(key) } ?? 0
  }

  func peopleInside(_ doors: [AdmissionFold.OccupancyKey]) throws -> Int { try engine.peopleInside(doors) }

  func add(_ rows: [LedgerRow]) throws {
    for row in rows {
      try hear(AdmissionSQL.insertion, LedgerColumn.ofScan.map { row[$0].value }) { try engine.add([row]) }
    }
  }

  func set(_ presences: [AdmissionFold.PresenceKey: Presence]) throws {
    for (key, presence) in presences {
      let row = PresenceRow(registration: key.registration, presence: presence)
      try hear(AdmissionSQL.presence, row.values.map(\.value)) { try engine.set([key: presence]) }
    }
  }

  func remove(_ key: AdmissionFold.PresenceKey) throws {
    let values: [any SQLValue] = [key.registration.rawValue, key.checkpoint.rawValue]
    try hear(AdmissionSQL.presenceRemoval, values) { try engine.remove(key) }
  }

  func change(occupancy changes: [AdmissionFold.OccupancyKey: Int]) throws {
    for (key, change) in changes where change != 0 {
      let values: [any SQLValue] = [key.checkpoint.rawValue, key.period, change]
      try hear(AdmissionSQL.occupancyChange, values) { try engine.change(occupancy: [key: change]) }
    }
  }

  func change(tallies changes: [AdmissionFold.TallyKey: Int]) throws {
    for (key, change) in changes where change != 0 {
      let values: [any SQLValue] = [key.checkpoint.rawValue, key.day, key.counted.name, change]
      try hear(AdmissionSQL.tallyChange, values) { try engine.change(tallies: [key: change]) }
    }
  }
}
