import LanyardAPI
import LanyardDomain
import LanyardStore
import SwiftProtobuf

extension Lanyard_V1_Event {
  init(_ stored: StoredEvent) {
    self.init()
    let event = stored.event
    name = ResourceName.event(event.slug)
    title = event.title
    startDate = event.startDate.description
    endDate = event.endDate.description
    timeZone = event.timeZone
    city = event.city
    country = event.country
    organisers = event.organisers
    if let capacity = event.onsiteCapacity { onsiteCapacity = Int32(clamping: capacity) }
    onsiteConfirmed = Int32(clamping: stored.onsiteConfirmed)
    remoteParticipation = event.allowsRemote
    tracks = event.tracks
    stakeholderGroups = event.stakeholderGroups
    guestRoles = event.guestRoles
    reviewedStakeholderGroups = event.reviewedStakeholderGroups
    reviewedGuestRoles = event.reviewedGuestRoles
    deadlines = event.deadlines.mapValues(\.description)
    etag = stored.etag
  }
}

extension Lanyard_V1_Session {
  init(_ session: Session, of event: String) {
    self.init()
    name = ResourceName.session(session.id, of: event)
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
    sample = session.isSample
    checkpoint = ResourceName.checkpoint(session.checkpoint, of: event)
  }
}

extension Lanyard_V1_Checkpoint {
  init(_ checkpoint: Checkpoint, of event: String) {
    self.init()
    name = ResourceName.checkpoint(checkpoint.id, of: event)
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
    timeZone = checkpoint.timeZone
  }
}
