import GRDB
import LanyardDomain

/// One row of `session`.
struct SessionRow: StoreRow, Equatable {
  static let databaseTableName = "session"

  var id: Int64?
  var eventId: Int64
  var publicId: String
  var checkpointId: Int64
  var code: String
  /// For whoever reads none of the languages of `titles`.
  var title: String
  var titles: [Language: String]
  var track: String
  var startsAt: Int64
  var endsAt: Int64
  var timeZone: String
  var venue: String
  var room: String
  var city: String
  var country: String
  var capacity: Int?
  var allowsRemote: Bool
  var admittedGroups: [String]
  var requiresBooking: Bool
  var isSample: Bool
  var isWithdrawn: Bool

  init(_ session: Session, event: Int64, checkpoint: Int64) {
    eventId = event
    publicId = session.id
    checkpointId = checkpoint
    code = session.code
    title = session.title.plain
    titles = session.title.translations
    track = session.track
    startsAt = session.span.lowerBound.microseconds
    endsAt = session.span.upperBound.microseconds
    timeZone = session.timeZone
    venue = session.venue
    room = session.room
    city = session.city
    country = session.country
    capacity = session.capacity
    allowsRemote = session.allowsRemote
    admittedGroups = session.admittedGroups
    requiresBooking = session.requiresBooking
    isSample = session.isSample
    isWithdrawn = false
  }

  mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }

  /// The session; `checkpoint` is the public id of its door.
  func session(at checkpoint: String) -> Session {
    var session = Session(
      code: code,
      title: LocalizedText(title, translations: titles),
      span: Instant(microseconds: startsAt)..<Instant(microseconds: endsAt),
      timeZone: timeZone,
      room: room,
      checkpoint: checkpoint
    )
    session.track = track
    session.venue = venue
    session.city = city
    session.country = country
    session.capacity = capacity
    session.allowsRemote = allowsRemote
    session.admittedGroups = admittedGroups
    session.requiresBooking = requiresBooking
    session.isSample = isSample
    return session
  }
}
