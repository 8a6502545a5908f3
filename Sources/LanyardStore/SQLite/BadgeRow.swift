import GRDB
import LanyardDomain

/// One row of `badge`, with the public id of its registration where the query joins it.
struct BadgeRow: StoreRow {
  static let databaseTableName = "badge"

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

  /// What every query of badges selects, to which conditions are added.
  static let selection = """
    SELECT badge.*, registration.public_id AS registration_public_id
    FROM badge JOIN registration ON registration.id = badge.registration_id
    """

  /// The row of a serial.
  ///
  /// - Throws: `StoreError.notFound`.
  static func find(_ serial: BadgeSerial, of event: String, _ db: Database) throws -> BadgeRow {
    let row = try fetchOne(
      db,
      sql: "\(selection) WHERE badge.serial = ? AND badge.event_id = ?",
      arguments: [Int64(bitPattern: serial.rawValue), EventRow.find(event, db).id]
    )
    guard let row else { throw StoreError.notFound(name: "events/\(event)/badges/\(serial)") }
    return row
  }

  func badge(of event: String) -> Badge {
    Badge(
      serial: BadgeSerial(UInt64(bitPattern: serial)),
      event: event,
      registration: registrationPublicId,
      code: code,
      state: BadgeState(rawValue: state) ?? .revoked,
      keyID: UInt32(truncatingIfNeeded: keyId),
      issuedAt: Instant(microseconds: issuedAt),
      validity: Instant(microseconds: validFrom)..<Instant(microseconds: validUntil),
      mark: AttentionMark(attention: Attention(rawValue: attention) ?? .none, note: attentionNote)
    )
  }
}
