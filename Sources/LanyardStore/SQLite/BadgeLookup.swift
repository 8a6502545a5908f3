import GRDB
import LanyardDomain

/// Finds a badge and its registration.
struct BadgeLookup {
  /// A badge on record as a decision and a screen need it.
  struct Found {
    let badge: Int64
    let facts: BadgeHolder
    fileprivate let attendee: RecordedScan.Attendee

    /// The person, for the screens of their own event only.
    func attendee(at event: Key<Event>) -> RecordedScan.Attendee? { facts.event == event ? attendee : nil }
  }

  private let byCode: HotStatement
  private let bySerial: HotStatement

  private static let columns = """
    badge.id, badge.serial, badge.state, badge.valid_from, badge.valid_until, registration.id, registration.event_id,
    registration.state, registration.participation, registration.stakeholder_group, registration.guest_role,
    registration.public_id, person.display_name, person.organisation, badge.attention,
    \(NoteTable.ofBadge)
    FROM badge JOIN registration ON registration.id = badge.registration_id
    LEFT JOIN person ON person.registration_id = badge.registration_id
    """

  static let selectionByCode = "SELECT \(columns) WHERE badge.code = ?"

  init(_ db: Database) throws {
    byCode = try HotStatement(Self.selectionByCode, db)
    bySerial = try HotStatement("SELECT \(Self.columns) WHERE badge.serial = ?", db)
  }

  /// The badge that a scan names, by its code or by the serial that was found by name; nil where there is none.
  func find(_ scan: SubmittedScan) throws -> Found? {
    guard let serial = scan.badge else { return try find(code: scan.code) }
    try bySerial.bind { $0.add(Int64(bitPattern: serial.rawValue)) }
    return try Self.first(bySerial)
  }

  /// The badge that was issued with this code; nil where there is none.
  private func find(code: String) throws -> Found? {
    try byCode.bind { $0.add(code) }
    return try Self.first(byCode)
  }

  /// The badge of a store's key.
  static func find(badge: Int64, _ db: Database) throws -> Found? {
    let statement = try HotStatement("SELECT \(columns) WHERE badge.id = ?", db)
    try statement.bind { $0.add(badge) }
    return try first(statement)
  }

  private static func first(_ row: HotStatement) throws -> Found? {
    defer { row.reset() }
    guard try row.step() else { return nil }
    let (group, role) = (row.string(9), row.string(10))
    return Found(
      badge: row.int64(0),
      facts: BadgeHolder(
        registration: Key(row.int64(5)),
        event: Key(row.int64(6)),
        badgeState: try known(row.string(2), "badge", "state"),
        validity: Instant(microseconds: row.int64(3))..<Instant(microseconds: row.int64(4)),
        registrationState: try known(row.string(7), "registration", "state"),
        participation: try known(row.string(8), "registration", "participation"),
        group: group,
        role: role
      ),
      attendee: RecordedScan.Attendee(
        registration: row.string(11),
        displayName: row.string(12),
        organisation: row.string(13),
        group: group,
        role: role,
        badge: BadgeSerial(UInt64(bitPattern: row.int64(1))),
        mark: AttentionMark(attention: try known(row.string(14), "badge", "attention"), note: row.string(15))
      )
    )
  }
}
