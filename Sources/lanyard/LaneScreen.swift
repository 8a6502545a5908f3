import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardScanner
import SwiftProtobuf
import Synchronization

/// What a lane's operator sees: each answer large, in colour and in words, or as a line of JSON.
final class LaneScreen: Sendable {
  private let json: Bool
  private let worst = Mutex(ExitStatus.done)

  init(json: Bool) {
    self.json = json
  }

  /// How the lane's scans went: negative where one was refused, unreachable where one could not be recorded.
  var status: ExitStatus { worst.withLock { $0 } }

  /// Says that the lane is open.
  func open(_ lane: Lanyard_V1_StreamCheckInsResponse.LaneOpened) {
    guard !json else { return }
    if lane.rehearsal {
      let moment = VenueTime(zone: lane.timeZone).dateAndTime(Instant(lane.serverTime))
      Console.line(Console.coloured(" REHEARSAL at \(moment): nothing here is real ", "30;43"))
    }
    Console.line("\(lane.displayName) is open. Scan a badge.")
  }

  /// Shows the answer to the reading of `code`.
  func show(_ result: Lanyard_V1_StreamCheckInsResponse.Result, code: String) {
    worst.withLock { worst in
      if case .error = result.outcome { worst = .unreachable }
      if result.checkIn.answer == .refused && worst == .done { worst = .negative }
    }
    if json {
      try? Console.json(Line(result, code: code))
    } else if case .error(let error) = result.outcome {
      show("NOT RECORDED", ["Do not let in on this scan. \(error.message)"], style: "1;37;41")
    } else {
      showAnswer(result.checkIn)
    }
  }

  private func showAnswer(_ checkIn: Lanyard_V1_CheckIn) {
    let words = AnswerWords(checkIn)
    show(words.headline, words.lines, style: words.style)
  }

  private func show(_ headline: String, _ lines: [String], style: String) {
    guard Console.isTerminal else { return Console.line(([headline] + lines).joined(separator: "  ")) }
    Console.line("")
    for row in BigText.rows(headline) { Console.line(Console.coloured(" \(row) ", style)) }
    Console.line("")
    for line in lines { Console.line(Console.coloured("  \(line)", "1")) }
  }

  private struct Line: Encodable {
    let code: String
    let answer: String
    let reason: String?
    let name: String?
    let offline = false
    let scan: String

    init(_ result: Lanyard_V1_StreamCheckInsResponse.Result, code: String) {
      self.code = code
      scan = result.scanID
      if case .error(let error) = result.outcome {
        answer = "NOT_RECORDED"
        reason = error.reason
        name = nil
      } else {
        answer = result.checkIn.answer.shortName
        reason = result.checkIn.answer == .refused ? result.checkIn.reason.shortName : nil
        name = result.checkIn.hasAttendee ? result.checkIn.attendee.displayName : nil
      }
    }

    private enum CodingKeys: CodingKey {
      case code, answer, reason, name, offline, scan
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
    }
  }
}
