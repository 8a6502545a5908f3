import GRDB
import LanyardDomain

/// One row of `registration`.
struct RegistrationRow: StoreRow {
  static let databaseTableName = "registration"

  var id: Int64?
  var publicId: String
  var eventId: Int64
  var state: String
  var waitlistedSequence: Int64?
  var participation: String
  var email: String
  var emailKey: String
  var title: String
  var givenName: String
  var familyName: String
  var displayName: String
  var organisation: String
  var position: String
  var country: String
  var stakeholderGroup: String
  var guestRole: String
  var language: String
  var accessibilityNeeds: String
  var photoConsent: Bool
  var searchKey: String
  var createdAt: Int64
  var updatedAt: Int64
  var revision: Int64
  var sequence: Int64
  var requestHigh: Int64?
  var requestLow: Int64?
  var requestFingerprint: Int64?

  /// A new registration; its state and sequence numbers are the transaction's to set.
  init(_ details: RegistrationDetails, event: Int64, request: RequestIdentity?, at now: Instant) {
    publicId = RegistrationID.random()
    eventId = event
    state = RegistrationState.submitted.rawValue
    participation = details.participation.rawValue
    email = details.email
    emailKey = EmailAddress.key(details.email)
    title = details.title
    givenName = details.givenName
    familyName = details.familyName
    displayName = details.displayName
    organisation = details.organisation
    position = details.position
    country = details.country
    stakeholderGroup = details.stakeholderGroup
    guestRole = details.guestRole
    language = details.language
    accessibilityNeeds = details.accessibilityNeeds
    photoConsent = details.photoConsent
    searchKey = details.searchKey
    createdAt = now.microseconds
    updatedAt = now.microseconds
    revision = 1
    sequence = 0
    requestHigh = request.map { Int64(bitPattern: $0.id.high) }
    requestLow = request.map { Int64(bitPattern: $0.id.low) }
    requestFingerprint = request?.fingerprint
  }

  mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }

  var details: RegistrationDetails {
    RegistrationDetails(
      email: email,
      title: title,
      givenName: givenName,
      familyName: familyName,
      organisation: organisation,
      position: position,
      country: country,
      stakeholderGroup: stakeholderGroup,
      guestRole: guestRole,
      participation: Participation(rawValue: participation) ?? .onsite,
      language: language,
      accessibilityNeeds: accessibilityNeeds,
      photoConsent: photoConsent
    )
  }

  func registration(of event: String) -> Registration {
    Registration(
      id: publicId,
      event: event,
      state: RegistrationState(rawValue: state) ?? .cancelled,
      details: details,
      createdAt: Instant(microseconds: createdAt),
      updatedAt: Instant(microseconds: updatedAt),
      revision: revision
    )
  }

  /// The row of an id.
  ///
  /// - Throws: `StoreError.notFound`.
  static func find(_ id: String, event: EventRow, _ db: Database) throws -> RegistrationRow {
    let row = try fetchOne(
      db.cachedStatement(sql: "SELECT * FROM registration WHERE public_id = ? AND event_id = ?"),
      arguments: [id, event.id]
    )
    guard let row else { throw StoreError.notFound(name: "events/\(event.slug)/registrations/\(id)") }
    return row
  }
}
