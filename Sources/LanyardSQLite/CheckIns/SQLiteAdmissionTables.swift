import GRDB
import LanyardDomain
import LanyardStore

/// The tables of the hot path in SQLite, each with statements that are prepared once.
struct SQLiteAdmissionTables: AdmissionTables {
  private let holders: BadgeLookup
  private let bookings: BookingLookup
  private let ledger: ScanLedger
  private let people: PresenceTable

  init(_ db: Database) throws {
    holders = try BadgeLookup(db)
    bookings = try BookingLookup(db)
    ledger = try ScanLedger(db)
    people = try PresenceTable(db)
  }

  func holder(of scan: SubmittedScan) throws -> RecordedHolder? { try holders.find(scan) }

  func isBooked(_ reading: BadgeReading, at door: Door) throws -> Bool { try bookings.isBooked(reading, at: door) }

  func entry(_ id: UUIDBytes) throws -> LedgerEntry? { try ledger.find(id) }

  func add(_ rows: [LedgerRow]) throws { try ledger.add(rows) }

  func presences(of registration: Key<Registration>) throws -> [Presence] { try people.presences(of: registration) }

  func inside(_ key: AdmissionFold.OccupancyKey) throws -> Int { try people.inside(key) }

  func set(_ presences: [AdmissionFold.PresenceKey: Presence]) throws { try people.set(presences) }

  func remove(_ key: AdmissionFold.PresenceKey) throws { try people.remove(key) }

  func change(occupancy changes: [AdmissionFold.OccupancyKey: Int]) throws { try people.change(occupancy: changes) }

  func change(tallies changes: [AdmissionFold.TallyKey: Int]) throws { try people.change(tallies: changes) }
}
