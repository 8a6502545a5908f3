import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// A scan on record as lists show it.
struct ScanLine: Encodable {
  static let columns = [
    "time", "checkpoint", "session", "direction", "answer", "reason", "name", "registration", "device", "reporter",
    "offline", "undone", "override", "sent_out", "received", "scan",
  ]

  let scan: String
  let checkpoint: String
  /// Resource name of the session, at a session's door.
  let session: String?
  let answer: String
  let reason: String?
  let name: String?
  /// Resource name of the person's registration, where the badge is on record.
  let registration: String?
  let direction: String
  /// When it happened by the server's clock.
  let at: String
  /// The same by the clock of the event's place, such as `2024-05-27 08:30:05`.
  let local: String
  /// By the device's clock.
  let scanned: String
  let received: String
  let offline: Bool
  let undone: Bool
  let override: String?
  /// Why an organiser put the person outside; nothing where somebody scanned a badge.
  let sentOut: String?
  /// Of a way out that nobody scanned, who said so and why.
  let missedExit: [String: String]?
  /// What is kept of a code that is no badge's of the event.
  let code: [String: String]?
  let reporter: String
  /// What that is the id of; nil where it was not kept.
  let reporterKind: String?
  /// What the device is called that reported it; nil where it was none of the event's.
  let device: String?
  private let place: String
  /// Which way, what it came to and why, for people.
  private let words: [Sentence]
  private let notes: [Sentence]

  private enum CodingKeys: String, CodingKey {
    case scan, checkpoint, session, answer, reason, name, registration, direction, at, local, scanned, received, offline
    case undone, override, code, reporter, device
    case sentOut = "sent_out"
    case missedExit = "missed_exit"
    case reporterKind = "reporter_kind"
  }

  /// - Parameter message: Has the words.
  init(_ answered: AnsweredScan, _ message: Lanyard_V1_CheckIn, _ names: ScanNames) {
    scan = answered.id.description
    checkpoint = answered.checkpoint.checkpoint
    place = names.checkpoints[message.checkpoint] ?? checkpoint
    session = answered.session.map { ResourceName.session($0, of: answered.checkpoint.event).description }
    answer = answered.answer.kind.rawValue
    reason = answered.answer.refusal?.rawValue
    name = message.hasAttendee ? message.attendee.displayName : nil
    registration = message.hasAttendee ? message.attendee.registration : nil
    direction = answered.direction.rawValue
    at = answered.happenedAt.rfc3339(digits: .three)
    local = names.clock.text(answered.happenedAt)
    scanned = answered.scannedAt.rfc3339(digits: .three)
    received = answered.receivedAt.rfc3339(digits: .three)
    offline = answered.offline != nil
    undone = answered.undo != nil
    override = answered.overridden.map { Phrasebook.of(.english).text($0.against) }
    sentOut = answered.sentOutNote
    missedExit = answered.missedExit.map { ["note": $0.note, "operator": $0.operatorName] }
    code = answered.trace?.facts
    (reporter, reporterKind) = (answered.reporter.id, answered.reporter.kind?.rawValue)
    device = names.devices[reporter]
    notes = answered.listNotes(names)
    words = [answered.direction.title, answered.answer.kind.title, answered.answer.refusal?.title]
      .compactMap(\.self)
  }

  /// A row for spreadsheets.
  var fields: [String] {
    [
      local, place, session ?? "", direction, answer, reason ?? "", name ?? "", registration ?? "", device ?? "",
      reporter,
      offline ? "yes" : "", undone ? "yes" : "", override ?? "", sentOut ?? "", received, scan,
    ]
  }

  /// For people, with the scan's id at the end.
  func shown(_ phrasebook: Phrasebook) -> String {
    let door = [place, session.flatMap { ResourceName($0)?.id }].compactMap(\.self).joined(separator: ", ")
    let parts = [local, door] + words.map { phrasebook.text($0) } + [name ?? "", device ?? ""]
    return (parts + notes.map { phrasebook.text($0) } + [registration ?? "", scan]).filter { !$0.isEmpty }.joined(
      separator: "  "
    )
  }
}

extension RecordedScan.Overridden {
  /// Against which refusal an operator let the person in, and why.
  fileprivate var against: Sentence {
    let reason = Sentence.Fact.sentence(reason.title)
    // Of a person who was erased nothing more is left than why they had been refused.
    guard !note.operatorName.isEmpty || !note.note.isEmpty else { return Sentence(.lineAgainst, ["reason": reason]) }
    let facts: [String: Sentence.Fact] = [
      "reason": reason, "name": .text(note.operatorName), "note": .text(note.note),
    ]
    return Sentence(.listAgainst, facts)
  }
}

extension AnsweredScan {
  /// What a list says of it beside its answer.
  fileprivate func listNotes(_ names: ScanNames) -> [Sentence] {
    var notes: [Sentence] = []
    if offline != nil { notes.append(Sentence(.listOffline, ["time": names.clock.fact(receivedAt)])) }
    if undo != nil { notes.append(Sentence(.listTakenBack)) }
    if let overridden { notes.append(overridden.against) }
    if let sentOutNote {
      notes.append(
        sentOutNote.isEmpty ? Sentence(.listSentOut) : Sentence(.listSentOutNote, ["note": .text(sentOutNote)])
      )
    }
    if let missedExit { notes.append(missedExit.listed) }
    if sentOutNote != nil || missedExit != nil || overridden != nil { notes.append(names.listedReporter(reporter)) }
    if let trace { notes.append(trace.listed) }
    return notes
  }
}

extension OverrideNote {
  /// Of a way out that nobody scanned.
  fileprivate var listed: Sentence {
    // Of a person who was erased nothing is left of what was written.
    guard !note.isEmpty else { return Sentence(.listMissedExit) }
    let facts: [String: Sentence.Fact] = ["note": .text(note), "name": .text(operatorName)]
    return Sentence(operatorName.isEmpty ? .listMissedExitNote : .listMissedExitBy, facts)
  }
}

extension CodeTrace {
  fileprivate var listed: Sentence {
    switch self {
    case .withheld(let code): Sentence(.listCodeWithheld, ["word": .sentence(code.title)])
    case .code(let serial, let event):
      Sentence(.listBadgeOf, ["serial": .text(serial.description), "event": .text(event)])
    // None is left of a short text, or that may be of somebody who was erased.
    case .text("", let length): Sentence(.listCodeLength, ["length": .count(length)])
    case .text(let beginning, let length):
      Sentence(.listCodeOf, ["length": .count(length), "beginning": .text(beginning)])
    }
  }

  /// As programs read it.
  fileprivate var facts: [String: String] {
    switch self {
    case .withheld(let code): ["withheld": code.rawValue]
    case .code(let serial, let event): ["serial": serial.description, "event": event]
    case .text(let beginning, let length): ["beginning": beginning, "length": "\(length)"]
    }
  }
}
