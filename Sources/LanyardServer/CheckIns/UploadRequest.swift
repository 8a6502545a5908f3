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
      let prefix = "check_ins[\(number)]."
      let scan = try OfflineScan(message, of: event, reporter: caller.id, received: now, under: prefix)
      if let answered = scan.answered { try caller.require(answered.scan) }
      scans.append(scan)
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
      return .with {
        $0.scanID = scanID
        guard let scan = UUIDBytes(scanID) else { return }
        $0.checkIn = Lanyard_V1_CheckIn(withdrawn: scan, of: event, .init(at: now, reporter: caller.id, note: ""))
      }
    }
  }
}

extension Lanyard_V1_UploadCheckInsResponse.Result {
  fileprivate init(scanID: String, error: any Error, in language: Language) {
    self.init()
    self.scanID = scanID
    self.error = Lanyard_V1_ScanError(language.status(error))
  }
}
