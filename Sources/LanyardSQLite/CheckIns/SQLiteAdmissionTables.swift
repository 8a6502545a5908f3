import GRDB
import LanyardDomain
import LanyardStore

/// The tables of the hot path in SQLite, each with statements that are prepared once.
struct SQLiteAdmissionTables: AdmissionTables {
  private let badges: BadgeLookup
  private let bookings: BookingLookup
  private let ledger: ScanLedger
  private let people: PresenceTable

  init(_ db: Database) throws {
    badges = try BadgeLookup(db)
    bookings = try BookingLookup(db)
    ledger = try ScanLedger(db)
    people = try PresenceTable(db)
  }

  func entries(of scans: [SubmittedScan]) throws -> [LedgerEntry?] { try scans.map { try ledger.find($0.id) } }

  func holders(of scans: [SubmittedScan]) throws -> [RecordedHolder?] { try scans.map(badges.find) }

  func presences(of registrations: [Key<Registration>]) throws -> [[Presence]] {
    try registrations.map { try people.presences(of: $0) }
  }

  func isBooked(_ reading: BadgeReading, at door: Door) throws -> Bool { try bookings.isBooked(reading, at: door) }

  func lastPassage(of badge: Int64, at now: Instant) throws -> LastPassage? {
    try ledger.lastPassage(of: badge, at: now)
  }

  func inside(_ key: AdmissionFold.OccupancyKey) throws -> Int { try people.inside(key) }

  func peopleInside(_ doors: [AdmissionFold.OccupancyKey]) throws -> Int { try people.peopleInside(doors) }

  func add(_ rows: [LedgerRow]) throws { try ledger.add(rows) }

  func set(_ presences: [AdmissionFold.PresenceKey: Presence]) throws { try people.set(presences) }

  func remove(_ key: AdmissionFold.PresenceKey) throws { try people.remove(key) }

  func change(occupancy changes: [AdmissionFold.OccupancyKey: Int]) throws { try people.change(occupancy: changes) }

  func change(tallies changes: [AdmissionFold.TallyKey: Int]) throws { try people.change(tallies: changes) }
}
