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
  }

  /// - Parameter message: Has the words.
  /// - Throws: `InvalidInput` where what it says of a code is not known to this version.
  init(_ answered: AnsweredScan, _ message: Lanyard_V1_CheckIn, _ names: ScanNames) throws {
    scan = answered.id.description
    checkpoint = answered.checkpoint.checkpoint
    place = names.checkpoints[message.checkpoint] ?? checkpoint
    session = message.session.isEmpty ? nil : message.session
    answer = answered.answer.kind.wire.shortName
    reason = if case .refused(let why) = answered.answer { why.wire.shortName } else { nil }
    name = message.hasAttendee ? message.attendee.displayName : nil
    registration = message.hasAttendee ? message.attendee.registration : nil
    direction = answered.direction.wire.shortName
    at = answered.happenedAt.rfc3339(digits: .three)
    local = names.clock.text(answered.happenedAt)
    scanned = answered.scannedAt.rfc3339(digits: .three)
    received = answered.receivedAt.rfc3339(digits: .three)
    offline = answered.offline != nil
    undone = answered.undo != nil
    override = message.against.map { Phrasebook.of(.english).text($0) }
    sentOut = message.sentOut ? message.sentOutNote : nil
    missedExit =
      message.hasMissedExit
      ? ["note": message.missedExit.note, "operator": message.missedExit.operator] : nil
    let trace = try message.hasCodeTrace ? CodeTrace(message.codeTrace, field: "code_trace") : nil
    code = trace?.facts
    reporter = message.reporter
    device = names.devices[message.reporter]
    notes = message.listNotes(answered, trace, names)
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

extension Lanyard_V1_CheckIn {
  /// Against which refusal an operator let the person in, and why; nil where there was none.
  var against: Sentence? {
    guard overriddenReason.isStated else { return nil }
    let reason = Sentence.Fact.sentence(overriddenReason.title)
    // Of a person who was erased nothing more is left than why they had been refused.
    guard !override.operator.isEmpty || !override.note.isEmpty else {
      return Sentence(.lineAgainst, ["reason": reason])
    }
    let facts: [String: Sentence.Fact] = [
      "reason": reason, "name": .text(override.operator), "note": .text(override.note),
    ]
    return Sentence(.listAgainst, facts)
  }

  /// What a list says of a scan beside its answer.
  func listNotes(_ answered: AnsweredScan, _ trace: CodeTrace?, _ names: ScanNames) -> [Sentence] {
    var notes: [Sentence] = []
    if answered.offline != nil { notes.append(Sentence(.listOffline, ["time": names.clock.fact(answered.receivedAt)])) }
    if answered.undo != nil { notes.append(Sentence(.listTakenBack)) }
    if let against { notes.append(against) }
    if sentOut {
      notes.append(
        sentOutNote.isEmpty ? Sentence(.listSentOut) : Sentence(.listSentOutNote, ["note": .text(sentOutNote)])
      )
    }
    if hasMissedExit { notes.append(missedExit.listed) }
    if sentOut || hasMissedExit || overriddenReason.isStated { notes.append(names.listedReporter(reporter)) }
    if let trace { notes.append(trace.listed) }
    return notes
  }
}

extension Lanyard_V1_MissedExit {
  fileprivate var listed: Sentence {
    // Of a person who was erased nothing is left of what was written.
    guard !note.isEmpty else { return Sentence(.listMissedExit) }
    let facts: [String: Sentence.Fact] = ["note": .text(note), "name": .text(`operator`)]
    return Sentence(`operator`.isEmpty ? .listMissedExitNote : .listMissedExitBy, facts)
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
