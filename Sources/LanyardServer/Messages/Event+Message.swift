import LanyardAPI
import LanyardDomain
import LanyardStore
import SwiftProtobuf

extension Lanyard_V1_Event {
  init(_ stored: StoredEvent) {
    self.init(stored.event)
    onsiteConfirmed = Int32(clamping: stored.onsiteConfirmed)
    etag = stored.etag
  }

  /// An event without what a store counts of it.
  init(_ event: Event) {
    self.init()
    name = ResourceName.event(event.slug).description
    title = event.title
    startDate = event.startDate.description
    endDate = event.endDate.description
    timeZone = event.timeZone
    city = event.city
    country = event.country
    organisers = event.organisers
    if let capacity = event.onsiteCapacity { onsiteCapacity = Int32(clamping: capacity) }
    remoteParticipation = event.allowsRemote
    tracks = event.tracks
    stakeholderGroups = event.stakeholderGroups
    guestRoles = event.guestRoles
    reviewedStakeholderGroups = event.reviewedStakeholderGroups
    reviewedGuestRoles = event.reviewedGuestRoles
    deadlines = event.deadlines.mapValues(\.description)
  }
}

extension Lanyard_V1_Session {
  init(_ session: Session, of event: String) {
    self.init()
    name = ResourceName.session(session.id, of: event).description
    code = session.code
    title = session.title
    track = session.track
    startTime = Google_Protobuf_Timestamp(session.span.lowerBound)
    endTime = Google_Protobuf_Timestamp(session.span.upperBound)
    timeZone = session.timeZone
    venue = session.venue
    room = session.room
    city = session.city
    country = session.country
    if let limit = session.capacity { capacity = Int32(clamping: limit) }
    remoteParticipation = session.allowsRemote
    admittedStakeholderGroups = session.admittedGroups
    bookedOnly = session.requiresBooking
    sample = session.isSample
    checkpoint = ResourceName.checkpoint(session.checkpoint, of: event).description
  }
}

extension CheckpointChange {
  /// The changes that the mask of a request names.
  init(_ request: Lanyard_V1_UpdateCheckpointRequest) throws(InvalidInput) {
    self.init()
    let new = request.checkpoint
    guard !request.updateMask.paths.isEmpty else {
      throw InvalidInput(
        field: "update_mask",
        reason: "is empty; name closed, capacity, directions or re_entry_allowed"
      )
    }
    for path in request.updateMask.paths {
      switch path {
      case "closed": isClosed = new.closed
      case "re_entry_allowed": allowsReentry = new.reEntryAllowed
      case "capacity":
        guard !new.hasCapacity || (1...1_000_000).contains(new.capacity) else {
          throw InvalidInput(field: "checkpoint.capacity", reason: "is not 1 to 1,000,000; leave it out for no limit")
        }
        capacity = .some(new.hasCapacity ? Int(new.capacity) : nil)
      case "directions": directions = try new.directions.directions(field: "checkpoint.directions")
      default:
        throw InvalidInput(
          field: "update_mask",
          reason: "names \(path.prefix(60)); closed, capacity, directions and re_entry_allowed can be changed"
        )
      }
    }
  }
}

extension Lanyard_V1_Checkpoint.Directions {
  /// The ways.
  ///
  /// - Throws: `InvalidInput` where they are not stated or not known here.
  fileprivate func directions(field: String) throws(InvalidInput) -> Checkpoint.Directions {
    switch self {
    case .in: return .inOnly
    case .out: return .outOnly
    case .both: return .both
    case .byTurns: return .byTurns
    case .unspecified, .UNRECOGNIZED: throw InvalidInput(field: field, reason: "is not stated or not known")
    }
  }
}

extension Lanyard_V1_Checkpoint {
  init(_ checkpoint: Checkpoint, of event: String) {
    self.init()
    name = ResourceName.checkpoint(checkpoint.id, of: event).description
    displayName = checkpoint.displayName
    switch checkpoint.kind {
    case .entrance: kind = .entrance
    case .zone: kind = .zone
    case .sessionDoor: kind = .sessionDoor
    }
    area = checkpoint.area
    if let limit = checkpoint.capacity { capacity = Int32(clamping: limit) }
    admittedStakeholderGroups = checkpoint.admits.groups
    admittedGuestRoles = checkpoint.admits.roles
    switch checkpoint.directions {
    case .inOnly: directions = .in
    case .outOnly: directions = .out
    case .both: directions = .both
    case .byTurns: directions = .byTurns
    }
    reEntryAllowed = checkpoint.allowsReentry
    earlyEntry.seconds = checkpoint.earlyEntry.components.seconds
    closed = checkpoint.isClosed
    admittedParticipations = checkpoint.admits.participations.map(Lanyard_V1_Participation.init)
    bookedOnly = checkpoint.requiresBooking
    days = checkpoint.days.map { "\($0)" }
    opensMinute = Int32(clamping: checkpoint.hours.opens)
    closesMinute = Int32(clamping: checkpoint.hours.closes)
    timeZone = checkpoint.timeZone
  }
}
