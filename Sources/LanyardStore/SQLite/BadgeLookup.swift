import GRDB
import LanyardDomain

/// Finds a badge and its registration by the code as it was issued.
struct BadgeLookup {
  /// A badge on record as a decision and a screen need it.
  struct Found {
    let badge: Int64
    let facts: BadgeHolder
    let attendee: RecordedScan.Attendee
  }

  private let byCode: Statement

  private static let columns = """
    badge.id, badge.serial, badge.state, badge.valid_from, badge.valid_until, registration.id, registration.event_id,
    registration.state, registration.participation, registration.stakeholder_group, registration.guest_role,
    registration.public_id, registration.display_name, registration.organisation
    FROM badge JOIN registration ON registration.id = badge.registration_id
    """

  init(_ db: Database) throws {
    byCode = try db.cachedStatement(sql: "SELECT \(Self.columns) WHERE badge.code = ?")
  }

  /// Nil where no badge was issued with this code.
  func find(code: String) throws -> Found? {
    let rows = try Row.fetchCursor(byCode, arguments: [code])
    return try rows.next().map(Self.found)
  }

  /// The badge of a store's key.
  static func find(badge: Int64, _ db: Database) throws -> Found? {
    let statement = try db.cachedStatement(sql: "SELECT \(columns) WHERE badge.id = ?")
    return try Row.fetchOne(statement, arguments: [badge]).map(found)
  }

  private static func found(_ row: Row) -> Found {
    Found(
      badge: row[0],
      facts: BadgeHolder(
        registration: Key(row[5]),
        event: Key(row[6]),
        badgeState: BadgeState(rawValue: row[2]) ?? .revoked,
        validity: Instant(microseconds: row[3])..<Instant(microseconds: row[4]),
        registrationState: RegistrationState(rawValue: row[7]) ?? .cancelled,
        participation: Participation(rawValue: row[8]) ?? .remote,
        group: row[9],
        role: row[10]
      ),
      attendee: RecordedScan.Attendee(
        registration: row[11],
        displayName: row[12],
        organisation: row[13],
        group: row[9],
        role: row[10],
        badge: BadgeSerial(UInt64(bitPattern: row[1]))
      )
    )
  }
}
