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
  var attendeeKey: String
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
    attendeeKey = details.attendeeKey
    searchKey = attendeeKey + PlainText.searchKey(details.email)
    createdAt = now.microseconds
    updatedAt = now.microseconds
    revision = 1
    sequence = 0
    requestHigh = request.map { Int64(bitPattern: $0.id.high) }
    requestLow = request.map { Int64(bitPattern: $0.id.low) }
    requestFingerprint = request?.fingerprint
  }

  /// The columns in the order of `init(row:)`, for every query of whole rows: by position, reading a row takes a tenth of
  /// the time.
  static let columns = """
    id, public_id, event_id, state, waitlisted_sequence, participation, email, email_key, title, given_name,
    family_name, display_name, organisation, position, country, stakeholder_group, guest_role, language,
    accessibility_needs, photo_consent, search_key, attendee_key, created_at, updated_at, revision, sequence,
    request_high, request_low, request_fingerprint
    """

  init(row: Row) {
    id = row[0]
    publicId = row[1]
    eventId = row[2]
    state = row[3]
    waitlistedSequence = row[4]
    participation = row[5]
    email = row[6]
    emailKey = row[7]
    title = row[8]
    givenName = row[9]
    familyName = row[10]
    displayName = row[11]
    organisation = row[12]
    position = row[13]
    country = row[14]
    stakeholderGroup = row[15]
    guestRole = row[16]
    language = row[17]
    accessibilityNeeds = row[18]
    photoConsent = row[19]
    searchKey = row[20]
    attendeeKey = row[21]
    createdAt = row[22]
    updatedAt = row[23]
    revision = row[24]
    sequence = row[25]
    requestHigh = row[26]
    requestLow = row[27]
    requestFingerprint = row[28]
  }

  /// Adds the row; the key that it gets is not read back.
  func add(_ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO registration (\(Self.columns)) VALUES (NULL, \(databaseQuestionMarks(count: 28)))"
    )
    try statement.execute(arguments: [
      publicId, eventId, state, waitlistedSequence, participation, email, emailKey, title, givenName, familyName,
      displayName, organisation, position, country, stakeholderGroup, guestRole, language, accessibilityNeeds,
      photoConsent, searchKey, attendeeKey, createdAt, updatedAt, revision, sequence, requestHigh, requestLow,
      requestFingerprint,
    ])
  }

  /// - Throws: `StoreError.unknownValue`.
  func knownState() throws(StoreError) -> RegistrationState { try known(state, "registration", "state") }

  /// - Throws: `StoreError.unknownValue`.
  func details() throws(StoreError) -> RegistrationDetails {
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
      participation: try known(participation, "registration", "participation"),
      language: language,
      accessibilityNeeds: accessibilityNeeds,
      photoConsent: photoConsent
    )
  }

  /// - Throws: `StoreError.unknownValue`.
  func registration(of event: String) throws(StoreError) -> Registration {
    Registration(
      id: publicId,
      event: event,
      state: try knownState(),
      details: try details(),
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
      db.cachedStatement(sql: "SELECT \(columns) FROM registration WHERE public_id = ? AND event_id = ?"),
      arguments: [id, event.id]
    )
    guard let row else { throw StoreError.notFound(.registration(id, of: event.slug)) }
    return row
  }
}
