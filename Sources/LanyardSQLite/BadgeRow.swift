import GRDB
import LanyardDomain
import LanyardStore

/// One row of `badge`, with the public id of its registration where the query joins it.
struct BadgeRow: FetchableRecord {
  var id: Int64
  var serial: Int64
  var registrationPublicId: String
  var code: String
  var state: String
  var keyId: Int64
  var issuedAt: Int64
  var validFrom: Int64
  var validUntil: Int64
  var attention: String
  var attentionNote: String
  var sequence: Int64
  /// Whether its bearer was erased.
  var isErased: Bool

  /// What every query of badges selects, in the order of `init(row:)`, to which conditions are added.
  static let selection = """
    SELECT badge.id, badge.serial, registration.public_id, badge.code, badge.state, badge.key_id, badge.issued_at,
      badge.valid_from, badge.valid_until, badge.attention, \(NoteTable.ofBadge),
      badge.sequence, registration.erased_at IS NOT NULL
    FROM badge JOIN registration ON registration.id = badge.registration_id
    """

  init(row: Row) {
    id = row[0]
    serial = row[1]
    registrationPublicId = row[2]
    code = row[3]
    state = row[4]
    keyId = row[5]
    issuedAt = row[6]
    validFrom = row[7]
    validUntil = row[8]
    attention = row[9]
    attentionNote = row[10]
    sequence = row[11]
    isErased = row[12]
  }

  /// The row of a serial.
  ///
  /// - Throws: `StoreError.notFound`.
  static func find(_ serial: BadgeSerial, of event: String, _ db: Database) throws -> BadgeRow {
    let row = try fetchOne(
      db,
      sql: "\(selection) WHERE badge.serial = ? AND badge.event_id = ?",
      arguments: [Int64(bitPattern: serial.rawValue), EventRow.find(event, db).id]
    )
    guard let row else { throw StoreError.notFound(.badge(serial, of: event)) }
    return row
  }

  /// - Throws: `StoreError.unknownValue`.
  func badge(of event: String) throws(StoreError) -> Badge {
    Badge(
      serial: BadgeSerial(UInt64(bitPattern: serial)),
      event: event,
      registration: registrationPublicId,
      code: code,
      state: try known(state, "badge", "state"),
      keyID: UInt32(truncatingIfNeeded: keyId),
      issuedAt: Instant(microseconds: issuedAt),
      validity: Instant(microseconds: validFrom)..<Instant(microseconds: validUntil),
      mark: AttentionMark(attention: try known(attention, "badge", "attention"), note: attentionNote),
      revision: sequence
    )
  }
}
