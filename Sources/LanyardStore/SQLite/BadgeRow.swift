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

  /// What every query of badges selects, to which conditions are added.
  static let selection = """
    SELECT badge.*, registration.public_id AS registration_public_id
    FROM badge JOIN registration ON registration.id = badge.registration_id
    """

  func badge(of event: String) -> Badge {
    Badge(
      serial: BadgeSerial(UInt64(bitPattern: serial)),
      event: event,
      registration: registrationPublicId,
      code: code,
      state: BadgeState(rawValue: state) ?? .revoked,
      keyID: UInt32(truncatingIfNeeded: keyId),
      issuedAt: Instant(microseconds: issuedAt),
      validity: Instant(microseconds: validFrom)..<Instant(microseconds: validUntil)
    )
  }
}
