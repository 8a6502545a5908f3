import GRDB
import LanyardDomain
import LanyardStore

/// One row of `checkpoint`.
struct CheckpointRow: StoreRow, Equatable {
  static let databaseTableName = "checkpoint"

  var id: Int64?
  var eventId: Int64
  var publicId: String
  var position: Int
  var displayName: String
  var kind: String
  var area: String
  var capacity: Int?
  var admittedGroups: [String]
  var admittedRoles: [String]
  var admittedParticipations: [String]
  var directions: String
  var allowsReentry: Bool
  var earlyEntrySeconds: Int64
  var isClosed: Bool
  var requiresBooking: Bool
  var days: [String]
  var opensMinute: Int
  var closesMinute: Int
  var timeZone: String

  init(_ placed: PlacedCheckpoint, event: Int64, id: Int64? = nil) {
    let checkpoint = placed.checkpoint
    self.id = id
    eventId = event
    publicId = checkpoint.id
    position = placed.position
    displayName = checkpoint.displayName
    kind = checkpoint.kind.rawValue
    area = checkpoint.area
    capacity = checkpoint.capacity
    admittedGroups = checkpoint.admits.groups
    admittedRoles = checkpoint.admits.roles
    admittedParticipations = checkpoint.admits.participations.map(\.rawValue)
    directions = checkpoint.directions.rawValue
    allowsReentry = checkpoint.allowsReentry
    earlyEntrySeconds = checkpoint.earlyEntry.components.seconds
    isClosed = checkpoint.isClosed
    requiresBooking = checkpoint.requiresBooking
    days = checkpoint.days.map { "\($0)" }
    opensMinute = checkpoint.hours.opens
    closesMinute = checkpoint.hours.closes
    timeZone = checkpoint.timeZone
  }

  mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }

  /// The row of an id.
  ///
  /// - Throws: `StoreError.notFound`.
  static func find(_ id: String, event: EventRow, _ db: Database) throws -> CheckpointRow {
    let row = try fetchOne(
      db.cachedStatement(sql: "SELECT * FROM checkpoint WHERE public_id = ? AND event_id = ?"),
      arguments: [id, event.id]
    )
    guard let row else { throw StoreError.notFound(.checkpoint(id, of: event.slug)) }
    return row
  }

  static func all(of event: EventRow, _ db: Database) throws -> [CheckpointRow] {
    try fetchAll(db, sql: "SELECT * FROM checkpoint WHERE event_id = ? ORDER BY id", arguments: [event.id])
  }

  /// - Throws: `StoreError.unknownValue` where a rule is not known to this version.
  func checkpoint() throws(StoreError) -> Checkpoint {
    var checkpoint = Checkpoint(
      id: publicId,
      displayName: displayName,
      kind: try known(kind, "checkpoint", "kind"),
      area: area,
      timeZone: timeZone
    )
    checkpoint.capacity = capacity
    checkpoint.admits = AdmissionList(
      groups: admittedGroups,
      roles: admittedRoles,
      participations: []
    )
    for participation in admittedParticipations {
      checkpoint.admits.participations.append(try known(participation, "checkpoint", "admitted_participations"))
    }
    checkpoint.directions = try known(directions, "checkpoint", "directions")
    checkpoint.allowsReentry = allowsReentry
    checkpoint.earlyEntry = .seconds(earlyEntrySeconds)
    checkpoint.isClosed = isClosed
    checkpoint.requiresBooking = requiresBooking
    for day in days {
      guard let date = LocalDate(day) else { throw .unknownValue(table: "checkpoint", column: "days") }
      checkpoint.days.append(date)
    }
    guard let hours = DailyHours(opens: opensMinute, closes: closesMinute) else {
      throw .unknownValue(table: "checkpoint", column: "opens_minute")
    }
    checkpoint.hours = hours
    return checkpoint
  }
}
