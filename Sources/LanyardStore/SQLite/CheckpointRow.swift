import GRDB
import LanyardDomain

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
  var directions: String
  var allowsReentry: Bool
  var earlyEntrySeconds: Int64
  var isClosed: Bool
  var timeZone: String

  init(_ checkpoint: Checkpoint, event: Int64, position: Int) {
    eventId = event
    publicId = checkpoint.id
    self.position = position
    displayName = checkpoint.displayName
    kind = checkpoint.kind.rawValue
    area = checkpoint.area
    capacity = checkpoint.capacity
    admittedGroups = checkpoint.admits.groups
    admittedRoles = checkpoint.admits.roles
    directions = checkpoint.directions.rawValue
    allowsReentry = checkpoint.allowsReentry
    earlyEntrySeconds = checkpoint.earlyEntry.components.seconds
    isClosed = checkpoint.isClosed
    timeZone = checkpoint.timeZone
  }

  mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }

  var checkpoint: Checkpoint {
    var checkpoint = Checkpoint(
      id: publicId,
      displayName: displayName,
      kind: Checkpoint.Kind(rawValue: kind) ?? .zone,
      area: area,
      timeZone: timeZone
    )
    checkpoint.capacity = capacity
    checkpoint.admits = AdmissionList(groups: admittedGroups, roles: admittedRoles)
    checkpoint.directions = Checkpoint.Directions(rawValue: directions) ?? .both
    checkpoint.allowsReentry = allowsReentry
    checkpoint.earlyEntry = .seconds(earlyEntrySeconds)
    checkpoint.isClosed = isClosed
    return checkpoint
  }
}
