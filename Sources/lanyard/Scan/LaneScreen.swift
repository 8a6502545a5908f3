import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf
import Synchronization

/// What a lane prints: each answer as a line of text in words, or as a line of JSON.
final class LaneScreen: Sendable {
  private let json: Bool
  private let phrasebook: Phrasebook
  private let isSimulation: Bool
  private let worst = Mutex(ExitStatus.done)

  /// - Parameter isSimulation: Whether scans are only tried; then each line says so.
  init(json: Bool, language: Language, isSimulation: Bool = false) {
    self.json = json
    self.isSimulation = isSimulation
    phrasebook = .of(language)
  }

  /// How the lane's scans went: negative where one was refused, unreachable where one could not be recorded.
  var status: ExitStatus { worst.withLock { $0 } }

  /// Says that the lane is open, or that it is closed or not let in, once it has heard of its event; returns which.
  func open(_ lane: Lane) async -> Opening {
    if !json { await lane.waitForStanding(atMost: .seconds(2)) }
    let standing = await lane.standing
    if let missing = standing.missingTimeZone { Console.error(missing, phrasebook) }
    guard !json else { return .open }
    let door = Self.door(of: lane, standing.plan)
    if standing.isRehearsal {
      let clock = VenueTime(zone: door?.timeZone ?? standing.zone ?? .utc)
      let banner = phrasebook.text(Sentence(.lineRehearsal, ["moment": .moment(standing.now, clock)]))
      Console.line(" \(banner) ", "30;43")
    }
    let opening = Opening(standing.shutOut, door)
    say(opening, door?.displayName ?? lane.checkpoint.checkpoint)
    return opening
  }

  /// Whether a lane takes people, as its first line says.
  enum Opening: Hashable {
    case open
    /// The organiser has closed its checkpoint.
    case closed
    /// The server does not let it in, and why.
    case shutOut(Sentence)

    init(_ shutOut: Sentence?, _ door: Checkpoint?) {
      self = shutOut.map(Self.shutOut) ?? (door?.isClosed == true ? .closed : .open)
    }
  }

  /// Says whenever the lane is let in no more, and why, when its checkpoint is closed, and when it is open again, until whoever waits is
  /// cancelled.
  ///
  /// - Parameter said: What is said of it.
  func follow(_ lane: Lane, said: Opening) async {
    guard !json else { return }
    var said = said
    var isOld = false
    for await _ in await lane.changes() {
      let standing = await lane.standing
      let door = Self.door(of: lane, standing.plan)
      let old = standing.oldKnowledge(VenueTime(zone: door?.timeZone ?? standing.zone ?? .utc))
      // Once each time that the lane begins to answer by it.
      if let old, !isOld { Console.error(old, phrasebook) }
      isOld = old != nil
      let opening = Opening(standing.shutOut, door)
      guard opening != said else { continue }
      said = opening
      say(said, door?.displayName ?? lane.checkpoint.checkpoint)
    }
  }

  private static func door(of lane: Lane, _ plan: VenuePlan?) -> Checkpoint? {
    plan?.checkpoints.values.first { $0.id == lane.checkpoint.checkpoint }
  }

  private func say(_ opening: Opening, _ place: String) {
    switch opening {
    case .open: Console.line(phrasebook.text(Sentence(.laneIsOpen, ["place": .text(place)])))
    case .closed: Console.line(phrasebook.text(Sentence(.laneIsClosed, ["place": .text(place)])))
    case .shutOut(let why): Console.error(why, phrasebook)
    }
  }

  /// Says beside the answers what an operator should know; programs read the answers alone.
  func say(_ notice: Sentence) {
    if json { return }
    guard isSimulation else { return Console.error(notice, phrasebook) }
    Console.error("\(phrasebook.text(.lineSimulated))  \(phrasebook.text(notice))")
  }

  /// Shows an answer.
  func show(_ answer: LaneAnswer) {
    worst.withLock { worst in
      if case .failed = answer.outcome { worst = .unreachable }
      if answer.checkIn?.answer == .refused && worst == .done { worst = .negative }
    }
    guard json else {
      let words = AnswerWords(answer, in: phrasebook).line
      return Console.line(isSimulation ? "\(phrasebook.text(.lineSimulated))  \(words)" : words)
    }
    do {
      try Console.json(Line(answer, beside: phrasebook.language, isSimulation: isSimulation))
    } catch {
      Console.error(Sentence(.laneNotPrinted, ["cause": .sentence(.of(error))]), phrasebook)
      worst.withLock { $0 = .unreachable }
    }
  }

  private struct Line: Encodable {
    let code: String
    let answer: String
    let reason: String?
    let name: String?
    let offline: Bool
    let scan: String
    /// What the participant is told in their own language, and which that is, where it is not the operator's.
    let participant: (language: Language, text: String)?
    let simulated: Bool

    init(_ shown: LaneAnswer, beside language: Language, isSimulation: Bool) {
      simulated = isSimulation
      code = shown.reading.code
      offline = shown.isOffline
      scan = shown.reading.id.description
      participant = shown.checkIn?.participantOwnText(shown.terms, beside: language)
      switch shown.outcome {
      case .failed(let failure):
        answer = "NOT_RECORDED"
        reason = failure.reason
        name = nil
      case .decided(let checkIn):
        answer = checkIn.answer.shortName
        reason = checkIn.answer == .refused ? checkIn.reason.shortName : nil
        name = checkIn.hasAttendee ? checkIn.attendee.displayName : nil
      }
    }

    private enum CodingKeys: String, CodingKey {
      case code, answer, reason, name, offline, scan, simulated
      case participantLanguage = "participant_language"
      case participantMessage = "participant_message"
    }

    /// Every key is there, null where there is no value.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(code, forKey: .code)
      try container.encode(answer, forKey: .answer)
      try container.encode(reason, forKey: .reason)
      try container.encode(name, forKey: .name)
      try container.encode(offline, forKey: .offline)
      try container.encode(scan, forKey: .scan)
      try container.encode(participant?.language.tag, forKey: .participantLanguage)
      try container.encode(participant?.text, forKey: .participantMessage)
      // A scan that is recorded has the keys that scripts have always read.
      if simulated { try container.encode(simulated, forKey: .simulated) }
    }
  }
}
