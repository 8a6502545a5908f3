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
    case sent(scanID: String, OfflineScan)
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
      let scan = try OfflineScan(message, of: event, reporter: caller.reporter, received: now, under: prefix) {
        rights in
        rights.filter { !caller.has($0) }
      }
      scans.append(scan)
      entries.append(.sent(scanID: scanID, scan))
    } catch {
      entries.append(.broken(scanID: scanID, error))
    }
  }

  /// - Parameter outcomes: One for each of `scans`.
  func response(_ outcomes: [UploadOutcome?], in language: Language) -> Lanyard_V1_UploadCheckInsResponse {
    precondition(outcomes.count == scans.count, "the store says of each scan what came of it")
    var rest = outcomes[...]
    return .with {
      $0.results = entries.map { entry in
        switch entry {
        case .broken(let scanID, let error): Result(scanID: scanID, error: error, in: language)
        case .sent(let scanID, let sent): self.result(rest.removeFirst(), of: sent, scanID, language)
        }
      }
    }
  }

  private func result(
    _ outcome: UploadOutcome?,
    of sent: OfflineScan,
    _ scanID: String,
    _ language: Language
  ) -> Result {
    switch outcome?.outcome {
    case .failed(let failure): return Result(scanID: scanID, error: failure, in: language)
    case .recorded(let scan):
      return .with {
        $0.scanID = scanID
        $0.checkIn = Lanyard_V1_CheckIn(scan, in: language)
        // Whoever may not find people is not told whose badge a serial is.
        if sent.answered?.missingRights.contains(.searching) == true { $0.checkIn.clearAttendee() }
        $0.conflicts = (outcome?.conflicts ?? []).map { ResourceName.conflict($0, of: event).description }
      }
    case nil:
      // It takes back a scan that is not on record, which is all that there is to do.
      return .with {
        $0.scanID = scanID
        guard let scan = UUIDBytes(scanID) else { return }
        $0.checkIn = Lanyard_V1_CheckIn(withdrawn: scan, of: event, .init(at: now, reporter: caller.reporter, note: ""))
      }
    }
  }
}

extension Lanyard_V1_UploadCheckInsResponse.Result {
  fileprivate init(scanID: String, error: any Error, in language: Language) {
    self.init()
    self.scanID = scanID
    self.error = Lanyard_V1_ScanError(language.told(error))
  }
}
