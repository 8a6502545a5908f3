import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

@testable import LanyardScanner

/// A server's record as a lane meets it: each scan once, whatever is repeated or late, and what is taken back before it came
/// does not hold when it comes.
struct PaperServer {
  struct Scan {
    let code: String
    let answer: Lanyard_V1_Answer
    var isUndone: Bool
  }

  private(set) var record: [String: Scan] = [:]
  private var withdrawn: Set<String> = []
  /// The ids of the scans in the order in which they came.
  private var order: [String] = []

  /// Who is inside, by code.
  func isInside(_ code: String) -> Bool {
    let passages = order.compactMap { record[$0] }.filter { $0.code == code && !$0.isUndone && $0.answer != .refused }
    return passages.last?.answer == .admitted
  }

  /// Answers a reading and records it.
  mutating func take(_ reading: LaneSession.Reading, at moment: Instant) -> Lanyard_V1_StreamCheckInsResponse.Result {
    let id = reading.id.description
    let isInside = isInside(reading.code)
    let answer: Lanyard_V1_Answer = reading.direction == .out ? .left : isInside ? .refused : .admitted
    let scan = record[id] ?? Scan(code: reading.code, answer: answer, isUndone: withdrawn.contains(id))
    keep(scan, as: id)
    return .with { result in
      result.scanID = id
      result.checkIn.scanID = id
      result.checkIn.answer = scan.answer
      result.checkIn.reason = scan.answer == .refused ? .alreadyInside : .unspecified
      result.checkIn.checkpoint = PaperLane.setup.checkpoint.name.description
      result.checkIn.receiveTime = Google_Protobuf_Timestamp(moment)
    }
  }

  /// Takes an uploaded fact.
  mutating func take(_ fact: Lanyard_V1_OfflineCheckIn) {
    if !fact.undoneScanID.isEmpty { undo(fact.undoneScanID) }
    guard fact.hasScan else { return }
    let id = fact.scan.scanID
    keep(record[id] ?? Scan(code: fact.scan.code, answer: fact.answer, isUndone: withdrawn.contains(id)), as: id)
  }

  mutating func undo(_ id: String) {
    withdrawn.insert(id)
    record[id]?.isUndone = true
  }

  private mutating func keep(_ scan: Scan, as id: String) {
    if record.updateValue(scan, forKey: id) == nil { order.append(id) }
  }
}
