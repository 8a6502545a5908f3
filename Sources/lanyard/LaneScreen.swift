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
  private let refused = Mutex(false)

  init(json: Bool) {
    self.json = json
  }

  /// Whether any scan was refused or could not be decided.
  var hasRefused: Bool { refused.withLock { $0 } }

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
    if result.checkIn.answer != .admitted && result.checkIn.answer != .left { refused.withLock { $0 = true } }
    if json {
      try? Console.json(Line(result, code: code))
    } else if case .error(let error) = result.outcome {
      Console.line(Console.coloured("NOT RECORDED: \(error.message)", "1;31"))
    } else {
      showAnswer(result.checkIn)
    }
  }

  private func showAnswer(_ checkIn: Lanyard_V1_CheckIn) {
    let words = AnswerWords(checkIn)
    if Console.isTerminal {
      Console.line("")
      for row in BigText.rows(words.headline) { Console.line(Console.coloured(" \(row) ", words.style)) }
      Console.line("")
      for line in words.lines { Console.line(Console.coloured("  \(line)", "1")) }
    } else {
      Console.line(([words.headline] + words.lines).joined(separator: "  "))
    }
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
