import GRPCCore
import GRPCProtobuf
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import SwiftProtobuf

/// One `UploadCheckIns`: checks each entry for form, and answers each by itself, so that a broken one keeps none back.
struct UploadRequest {
  /// What is said to be older happened that long ago: a device's clock may say anything, and its facts are facts.
  private static let longestAge = Duration.seconds(30 * 86_400)
  private typealias Result = Lanyard_V1_UploadCheckInsResponse.Result

  private enum Entry {
    /// Goes to the store as the next of `scans`.
    case sent(scanID: String)
    case broken(scanID: String, any Error)
  }

  let event: String
  let caller: Caller
  let now: Instant
  private var entries: [Entry] = []
  /// What the store is to record.
  private(set) var scans: [OfflineScan] = []

  init(event: String, caller: Caller, now: Instant) {
    self.event = event
    self.caller = caller
    self.now = now
  }

  mutating func add(_ message: Lanyard_V1_OfflineCheckIn, number: Int) {
    let scanID = message.hasScan ? message.scan.scanID : message.undoneScanID
    do {
      scans.append(try scan(message, under: "check_ins[\(number)]."))
      entries.append(.sent(scanID: scanID))
    } catch {
      entries.append(.broken(scanID: scanID, error))
    }
  }

  func response(_ outcomes: [UploadOutcome?], in language: Language) -> Lanyard_V1_UploadCheckInsResponse {
    var rest = outcomes[...]
    return .with {
      $0.results = entries.map { entry in
        switch entry {
        case .broken(let scanID, let error): Result(scanID: scanID, error: error, in: language)
        case .sent(let scanID): self.result(rest.popFirst() ?? nil, scanID, language)
        }
      }
    }
  }

  private func result(_ outcome: UploadOutcome?, _ scanID: String, _ language: Language) -> Result {
    switch outcome?.outcome {
    case .failed(let failure): return Result(scanID: scanID, error: failure, in: language)
    case .recorded(let scan):
      return .with {
        $0.scanID = scanID
        $0.checkIn = Lanyard_V1_CheckIn(scan, in: language)
        $0.conflicts = (outcome?.conflicts ?? []).map { ResourceName.conflict($0, of: event).description }
      }
    case nil:
      return .with { result in
        result.scanID = scanID
        result.checkIn.scanID = scanID
        result.checkIn.undo.undoTime = Google_Protobuf_Timestamp(now)
        result.checkIn.undo.reporter = caller.id
      }
    }
  }

  private func scan(_ message: Lanyard_V1_OfflineCheckIn, under prefix: String) throws -> OfflineScan {
    let undone = UUIDBytes(message.undoneScanID)
    guard undone != nil || message.undoneScanID.isEmpty else {
      throw InvalidInput(field: "\(prefix)undone_scan_id", .noUUID)
    }
    guard message.hasScan else {
      guard undone != nil else {
        throw InvalidInput(field: "\(prefix)scan", .request(.nothingUndone))
      }
      return OfflineScan(undone: undone, at: now - Self.age(message), answered: nil)
    }
    let address = try ResourceName.checkpoint(message.checkpoint, field: "\(prefix)checkpoint")
    // Where a device may scan now says nothing of where it did: it may be enrolled for another door since.
    guard address.event == event else {
      throw InvalidInput(field: "\(prefix)checkpoint", .otherEventThanParent)
    }
    let scan = try SubmittedScan(message.scan, at: address, by: caller, received: now, under: "\(prefix)scan.")
    let moment = now - Self.age(message)
    return OfflineScan(
      undone: undone,
      at: moment,
      answered: OfflineScan.Answered(
        scan: scan,
        answer: try RecordedScan.Answer(message.answer, message.reason, under: prefix),
        happenedAt: moment,
        notInRoster: message.notInRoster
      )
    )
  }

  private static func age(_ message: Lanyard_V1_OfflineCheckIn) -> Duration {
    let seconds = min(max(message.age.seconds, 0), Int64(longestAge / .seconds(1)))
    return min(max(.seconds(seconds) + .nanoseconds(Int64(message.age.nanos)), .zero), longestAge)
  }
}

extension Lanyard_V1_UploadCheckInsResponse.Result {
  fileprivate init(scanID: String, error: any Error, in language: Language) {
    self.init()
    self.scanID = scanID
    self.error = Lanyard_V1_ScanError(error, in: language)
  }
}
