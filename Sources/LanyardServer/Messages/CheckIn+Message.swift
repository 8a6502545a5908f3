package import LanyardAPI
package import LanyardDomain
import LanyardStore
import LanyardTexts
import SwiftProtobuf

extension Lanyard_V1_CheckIn {
  /// - Parameter language: Of what is said about a refusal.
  init(_ scan: RecordedScan, in language: Language) {
    self.init()
    let event = scan.checkpoint.event
    name = ResourceName.checkIn(scan.id, of: event).description
    scanID = scan.id.description
    checkpoint = scan.checkpoint.name.description
    direction = scan.direction == .into ? .in : .out
    scanTime = Google_Protobuf_Timestamp(scan.scannedAt)
    receiveTime = Google_Protobuf_Timestamp(scan.receivedAt)
    switch scan.answer {
    case .admitted: answer = .admitted
    case .left(let wasInside):
      answer = .left
      wasNotInside = !wasInside
    case .refused(let why):
      answer = .refused
      reason = Lanyard_V1_RefusalReason(why)
      severity = Lanyard_V1_Severity(why.severity)
      timeZone = scan.timeZone
      say(Guidance(why, scan.circumstances), in: language)
    }
    if let session = scan.session { self.session = ResourceName.session(session, of: event).description }
    if let person = scan.attendee {
      badge = ResourceName.badge(person.badge, of: event).description
      attendee = .with {
        $0.registration = ResourceName.registration(person.registration, of: event).description
        $0.displayName = person.displayName
        $0.organisation = person.organisation
        $0.stakeholderGroup = person.group
        $0.guestRole = person.role
        $0.attention = Lanyard_V1_Attention(person.mark.attention)
        $0.attentionNote = person.mark.note
      }
    }
    reporter = scan.reporter
    if let overridden = scan.overridden {
      overriddenReason = Lanyard_V1_RefusalReason(overridden.reason)
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
  private mutating func say(_ guidance: Guidance, in language: Language) {
    let phrasebook = Phrasebook.of(language)
    messageLanguage = language.tag
    operatorMessageKey = guidance.forOperator.key.rawValue
    operatorMessage = phrasebook.text(guidance.forOperator, for: .page)
    participantMessageKey = guidance.forParticipant.key.rawValue
    participantMessage = phrasebook.text(guidance.forParticipant, for: .page)
  }
}

extension Lanyard_V1_Severity {
  init(_ severity: RefusalSeverity) {
    switch severity {
    case .stop: self = .stop
    case .lookAgain: self = .lookAgain
    case .callSupervisor: self = .callSupervisor
    }
  }
}

extension RecordedScan {
  /// What explains a refusal, with the clock of the place.
  fileprivate var circumstances: Guidance.Circumstances {
    var known = Guidance.Circumstances(clock: VenueTime(zone: timeZone))
    known.opensAt = opensAt
    known.admittedHere = admittedHere
    known.earlier = earlier.map { .init(at: $0.admittedAt, through: $0.displayName) }
    return known
  }
}

extension Lanyard_V1_RefusalReason {
  package init(_ reason: RefusalReason) {
    switch reason {
    case .unreadable: self = .unreadable
    case .forged: self = .forged
    case .unknownKey: self = .unknownKey
    case .otherEvent: self = .otherEvent
    case .unknownBadge: self = .unknownBadge
    case .replaced: self = .replaced
    case .revoked: self = .revoked
    case .notActivated: self = .notActivated
    case .cancelled: self = .cancelled
    case .notConfirmed: self = .notConfirmed
    case .remoteOnly: self = .remoteOnly
    case .notYetValid: self = .notYetValid
    case .expired: self = .expired
    case .outsideHours: self = .outsideHours
    case .notAdmittedHere: self = .notAdmittedHere
    case .notBooked: self = .notBooked
    case .checkpointClosed: self = .checkpointClosed
    case .alreadyInside: self = .alreadyInside
    case .alreadyAdmitted: self = .alreadyAdmitted
    case .full: self = .full
    }
  }

  /// Nil where it is not stated or not known here.
  package var reason: RefusalReason? {
    RefusalReason.allCases.first { Lanyard_V1_RefusalReason($0) == self }
  }
}

extension Lanyard_V1_Direction {
  /// Nil leaves it to the checkpoint.
  ///
  /// - Throws: `InvalidInput` where the value is not known here.
  func direction(field: String) throws(InvalidInput) -> Direction? {
    switch self {
    case .unspecified: return nil
    case .in: return .into
    case .out: return .out
    case .UNRECOGNIZED:
      throw InvalidInput(field: field, reason: "is not a direction; say DIRECTION_IN or DIRECTION_OUT, or nothing")
    }
  }
}
