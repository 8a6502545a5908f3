import GRDB
import LanyardDomain

/// One row of `event`.
struct EventRow: StoreRow, Equatable {
  static let databaseTableName = "event"

  var id: Int64?
  var slug: String
  /// For whoever reads none of the languages of `titles`.
  var title: String
  var titles: [Language: String]
  var startDate: LocalDate
  var endDate: LocalDate
  var timeZone: String
  var city: String
  var country: String
  var organisers: String
  var onsiteCapacity: Int?
  var onsiteConfirmed: Int
  var allowsRemote: Bool
  var tracks: [Term]
  var stakeholderGroups: [Term]
  var guestRoles: [Term]
  var reviewedStakeholderGroups: [String]
  var reviewedGuestRoles: [String]
  var deadlines: [String: LocalDate]
  var revision: Int64
  var language: Language

  /// - Parameter before: The row as it was: its terms keep their numbers. Nil for a new event.
  init(_ event: Event, after before: EventRow? = nil) {
    slug = event.slug
    title = event.title.plain
    titles = event.title.translations
    startDate = event.startDate
    endDate = event.endDate
    timeZone = event.timeZone
    city = event.city
    country = event.country
    organisers = event.organisers
    onsiteCapacity = event.onsiteCapacity
    onsiteConfirmed = 0
    allowsRemote = event.allowsRemote
    tracks = event.tracks.numbered(after: before?.tracks ?? [])
    stakeholderGroups = event.stakeholderGroups.numbered(after: before?.stakeholderGroups ?? [])
    guestRoles = event.guestRoles.numbered(after: before?.guestRoles ?? [])
    reviewedStakeholderGroups = event.reviewedStakeholderGroups
    reviewedGuestRoles = event.reviewedGuestRoles
    deadlines = event.deadlines
    revision = 1
    language = event.language
  }

  mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }

  var event: Event {
    var event = Event(
      slug: slug,
      title: LocalizedText(title, translations: titles),
      startDate: startDate,
      endDate: endDate,
      timeZone: timeZone
    )
    event.city = city
    event.country = country
    event.organisers = organisers
    event.onsiteCapacity = onsiteCapacity
    event.allowsRemote = allowsRemote
    event.tracks = tracks
    event.stakeholderGroups = stakeholderGroups
    event.guestRoles = guestRoles
    event.reviewedStakeholderGroups = reviewedStakeholderGroups
    event.reviewedGuestRoles = reviewedGuestRoles
    event.deadlines = deadlines
    event.language = language
    return event
  }

  var stored: StoredEvent { StoredEvent(event: event, onsiteConfirmed: onsiteConfirmed, revision: revision) }

  /// The row of a slug.
  ///
  /// - Throws: `StoreError.notFound`.
  static func find(_ slug: String, _ db: Database) throws -> (row: EventRow, id: Int64) {
    let row = try fetchOne(db.cachedStatement(sql: "SELECT * FROM event WHERE slug = ?"), arguments: [slug])
    guard let row, let id = row.id else { throw StoreError.notFound(.event(slug)) }
    return (row, id)
  }
}
