package import LanyardAPI
package import LanyardDomain
import LanyardTexts
import SwiftProtobuf

extension Lanyard_V1_CheckIn {
  /// A scan with what is said about a refusal, and what groups and roles are called.
  package init(_ scan: RecordedScan, in language: Language) {
    self.init(scan)
    if let person = scan.attendee { attendee.call(person.group, person.role, scan.terms, in: language) }
    guard case .refused = scan.answer else { return }
    let names = scan.terms.names(scan.admittedHere, in: language)
    if names != scan.admittedHere { admittedHereLabels = names }
    if let next = scan.explanation.nextSession { help.sessionTitle = next.title.text(in: language) }
    if let said = guidance(scan.terms, language) { say(said, in: language) }
    guard let own = scan.attendee?.language, own != language else { return }
    let title = scan.explanation.nextSession?.title.text(in: own)
    if let said = guidance(scan.terms, own, session: title)?.forParticipant {
      participantOwnMessage = Phrasebook.of(own).text(said, for: .page)
    }
  }

  /// A scan with ids of groups and roles, and without what is said about a refusal: whoever shows it finds that for its
  /// reader.
  package init(_ scan: RecordedScan) {
    self.init()
    let event = scan.checkpoint.event
    name = ResourceName.checkIn(scan.id, of: event).description
    scanID = scan.id.description
    sequence = scan.sequence
    checkpoint = scan.checkpoint.name.description
    direction = scan.direction.wire
    scanTime = Google_Protobuf_Timestamp(scan.scannedAt)
    receiveTime = Google_Protobuf_Timestamp(scan.receivedAt)
    if let decidedAt = scan.decidedAt { decideTime = Google_Protobuf_Timestamp(decidedAt) }
    answer = scan.answer.kind.wire
    switch scan.answer {
    case .admitted: break
    case .left(let wasInside): wasNotInside = !wasInside
    case .refused(let why):
      reason = why.wire
      severity = why.severity.wire
      timeZone = scan.timeZone.rawValue
    }
    if let session = scan.session { self.session = ResourceName.session(session, of: event).description }
    if let person = scan.attendee {
      if let serial = person.badge { badge = ResourceName.badge(serial, of: event).description }
      attendee = Attendee(person, of: event)
    }
    if let scanner = scan.reporter {
      reporter = scanner.id
      if let kind = scanner.kind { reporterKind = kind.wire }
    }
    if let overridden = scan.overridden {
      overriddenReason = overridden.reason.wire
      override = Lanyard_V1_Override(overridden.note)
    }
    if let note = scan.missedExit { missedExit = Lanyard_V1_MissedExit(note) }
    if let undo = scan.undo { self.undo = Undo(undo) }
    if let offline = scan.offline {
      self.offline.happenTime = Google_Protobuf_Timestamp(offline.happenedAt)
      self.offline.notInRoster = offline.notInRoster
    }
    if let admission = scan.earlier { earlier = Earlier(admission, of: event) }
    if let opensAt = scan.opensAt { opensTime = Google_Protobuf_Timestamp(opensAt) }
    admittedHere = scan.admittedHere
    admittedParticipations = scan.admittedParticipations.map(\.wire)
    doubleReading = scan.isDoubleReading
    if let note = scan.sentOutNote { (sentOut, sentOutNote) = (true, note) }
    if let trace = scan.trace { codeTrace = Lanyard_V1_CodeTrace(trace) }
    explain(scan.explanation, of: event)
  }
}

extension Lanyard_V1_CheckIn {
  /// A scan that was taken back before it was on record, so that there is no answer to it.
  ///
  /// - Parameter event: Slug of the event.
  package init(withdrawn scan: UUIDBytes, of event: String, _ undo: RecordedScan.Undo) {
    self.init()
    name = ResourceName.checkIn(scan, of: event).description
    scanID = scan.description
    self.undo = Undo(undo)
  }

  private mutating func say(_ guidance: Guidance, in language: Language) {
    let phrasebook = Phrasebook.of(language)
    messageLanguage = language.tag
    operatorMessageKey = guidance.forOperator.key.context
    operatorMessage = phrasebook.text(guidance.forOperator, for: .page)
    participantMessageKey = guidance.forParticipant.key.context
    participantMessage = phrasebook.text(guidance.forParticipant, for: .page)
    if let help = guidance.help {
      helpMessageKey = help.key.context
      helpMessage = phrasebook.text(help, for: .page)
    }
  }
}

extension Lanyard_V1_CheckIn.Undo {
  fileprivate init(_ undo: RecordedScan.Undo) {
    self.init()
    undoTime = Google_Protobuf_Timestamp(undo.at)
    reporter = undo.reporter.id
    if let kind = undo.reporter.kind { reporterKind = kind.wire }
    note = undo.note
  }
}
