package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_CheckIn {
  package init(_ scan: RecordedScan) {
    self.init()
    let event = scan.checkpoint.event
    name = ResourceName.checkIn(scan.id, of: event).description
    scanID = scan.id.description
    checkpoint = scan.checkpoint.name.description
    direction = scan.direction.wire
    scanTime = Google_Protobuf_Timestamp(scan.scannedAt)
    receiveTime = Google_Protobuf_Timestamp(scan.receivedAt)
    switch scan.answer {
    case .admitted: answer = .admitted
    case .left(let wasInside):
      answer = .left
      wasNotInside = !wasInside
    case .refused(let why):
      answer = .refused
      reason = why.wire
      guide(Guidance.of(why, scan.circumstances))
    }
    if let session = scan.session { self.session = ResourceName.session(session, of: event).description }
    if let person = scan.attendee {
      badge = ResourceName.badge(person.badge, of: event).description
      attendee = Attendee(person, of: event)
    }
    reporter = scan.reporter
    if let overridden = scan.overridden {
      overriddenReason = overridden.reason.wire
      override.note = overridden.note.note
      override.operator = overridden.note.operatorName
    }
    if let undo = scan.undo {
      self.undo.undoTime = Google_Protobuf_Timestamp(undo.at)
      self.undo.reporter = undo.reporter
      self.undo.note = undo.note
    }
    if let offline = scan.offline {
      self.offline.happenTime = Google_Protobuf_Timestamp(offline.happenedAt)
      self.offline.notInRoster = offline.notInRoster
    }
    if let before = scan.earlier {
      earlier.admitTime = Google_Protobuf_Timestamp(before.admittedAt)
      earlier.checkpoint = ResourceName.checkpoint(before.checkpoint, of: event).description
      earlier.checkpointDisplayName = before.displayName
    }
    if let opensAt = scan.opensAt { opensTime = Google_Protobuf_Timestamp(opensAt) }
    admittedHere = scan.admittedHere
    doubleReading = scan.isDoubleReading
  }
}

extension Lanyard_V1_CheckIn {
  private mutating func guide(_ guidance: Guidance) {
    severity = guidance.severity.wire
    operatorMessage = guidance.forOperator
    participantMessage = guidance.forParticipant
  }
}

extension RecordedScan {
  /// What explains a refusal, in words, with times by the clock of the place.
  fileprivate var circumstances: Guidance.Circumstances {
    var known = Guidance.Circumstances()
    known.opens = opensAt.map(VenueTime(zone: timeZone).dateAndTime) ?? ""
    known.admittedHere = admittedHere
    known.admittedBefore = earlier.map { VenueTime(zone: timeZone).timeOfDay($0.admittedAt) } ?? ""
    known.admittedThrough = earlier?.displayName ?? ""
    return known
  }
}
