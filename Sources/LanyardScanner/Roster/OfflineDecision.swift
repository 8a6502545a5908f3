import LanyardAPI
import LanyardClient
import LanyardDomain
import SwiftProtobuf

/// A badge as a lane that is offline reads it.
struct ReadBadge {
  let reading: BadgeReading
  /// Of a genuine badge of the event.
  let serial: UInt64?
  let entry: Lanyard_V1_RosterEntry?
  let person: Lanyard_V1_SealedAttendee?
  /// Whether it is genuine and the roster does not have it.
  let isUnknown: Bool

  init(
    _ reading: BadgeReading,
    serial: UInt64? = nil,
    entry: Lanyard_V1_RosterEntry? = nil,
    person: Lanyard_V1_SealedAttendee? = nil,
    isUnknown: Bool = false
  ) {
    self.reading = reading
    self.serial = serial
    self.entry = entry
    self.person = person
    self.isUnknown = isUnknown
  }

  /// Whether the person is booked for the door; nobody can tell of a badge that the roster does not have.
  func isBooked(at door: Door) -> Bool {
    guard let entry else { return isUnknown }
    let event = "events/\(door.eventSlug)"
    let wanted =
      ["\(event)/checkpoints/\(door.checkpoint.id)"]
      + (door.session.map { ["\(event)/sessions/\($0.session.id)"] } ?? [])
    return entry.bookings.contains(where: wanted.contains)
  }
}

/// What a lane decided by itself.
struct OfflineDecision {
  /// Where a person stood before the scan, so that it can be taken back.
  struct Undo: Sendable {
    let person: Key<Registration>
    let before: [Presence]
    let last: LastPassage?
  }

  let verdict: Verdict
  let door: Door
  let plan: VenuePlan
  let badge: ReadBadge
  /// By the server's clock, as far as the lane knows it.
  let moment: Instant
  let undo: Undo?

  /// Whether a genuine badge was admitted that the roster does not have.
  var isMarked: Bool { badge.isUnknown && verdict.decision == .admitted }

  /// The decision as the server would answer it.
  func message(_ reading: LaneSession.Reading, at checkpoint: String) -> Lanyard_V1_CheckIn {
    var message = Lanyard_V1_CheckIn()
    message.scanID = reading.id.description
    message.checkpoint = checkpoint
    message.direction = verdict.direction == .into ? .in : .out
    message.scanTime = Google_Protobuf_Timestamp(reading.readAt)
    message.receiveTime = Google_Protobuf_Timestamp(moment)
    message.offline.happenTime = Google_Protobuf_Timestamp(moment)
    message.offline.notInRoster = isMarked
    if let entry = badge.entry {
      message.attendee.registration = "events/\(plan.event.slug)/registrations/\(entry.registration)"
      message.attendee.displayName = badge.person?.displayName ?? ""
      message.attendee.organisation = badge.person?.organisation ?? ""
      message.attendee.stakeholderGroup = entry.stakeholderGroup
      message.attendee.guestRole = entry.guestRole
      message.attendee.attention = badge.person?.attention ?? .unspecified
      message.attendee.attentionNote = badge.person?.attentionNote ?? ""
    }
    switch verdict.decision {
    case .admitted: message.answer = .admitted
    case .left(let wasInside):
      message.answer = .left
      message.wasNotInside = !wasInside
    case .refused(let refusal):
      message.answer = .refused
      explain(refusal, in: &message)
    }
    message.doubleReading = verdict.isDoubleReading
    if let reason = verdict.overridden, let override = reading.override {
      message.overriddenReason = .init(shortName: reason.rawValue) ?? .unspecified
      message.override = override
    }
    return message
  }

  private func explain(_ refusal: Refusal, in message: inout Lanyard_V1_CheckIn) {
    message.reason = .init(shortName: refusal.reason.rawValue) ?? .unspecified
    message.severity = .init(shortName: refusal.reason.severity.rawValue) ?? .unspecified
    message.timeZone = door.checkpoint.timeZone
    message.admittedHere = refusal.admittedHere
    if let opensAt = refusal.opensAt { message.opensTime = Google_Protobuf_Timestamp(opensAt) }
    if let earlier = refusal.earlier, let checkpoint = plan.checkpoints[earlier.checkpoint] {
      message.earlier.admitTime = Google_Protobuf_Timestamp(earlier.admittedAt)
      message.earlier.checkpoint = "events/\(plan.event.slug)/checkpoints/\(checkpoint.id)"
      message.earlier.checkpointDisplayName = checkpoint.displayName
    }
  }
}
