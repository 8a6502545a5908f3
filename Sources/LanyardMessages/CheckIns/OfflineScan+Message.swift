package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_OfflineCheckIn {
  /// A scan that a lane answered by itself.
  ///
  /// - Parameters:
  ///   - answered: What the operator was shown.
  ///   - checkpoint: Resource name of the lane's checkpoint.
  ///   - undone: The scan in whose place it stands, which is taken back.
  package init(
    _ scan: Lanyard_V1_Scan,
    answered: Lanyard_V1_CheckIn,
    notInRoster: Bool,
    at checkpoint: String,
    undone: UUIDBytes?
  ) {
    self.init()
    self.checkpoint = checkpoint
    undoneScanID = undone?.description ?? ""
    self.scan = scan
    answer = answered.answer
    reason = answered.reason
    self.notInRoster = notInRoster
  }

  /// That a scan is taken back.
  package init(undoing scan: UUIDBytes) {
    self.init()
    undoneScanID = scan.description
  }
}

extension OfflineScan {
  /// What is said to be older happened that long ago: a device's clock may say anything, and its facts are facts.
  private static let longestAge = Duration.seconds(30 * 86_400)

  /// What a device of an event did by itself, checked for form.
  ///
  /// - Parameters:
  ///   - event: Slug of the event.
  ///   - now: By the server's clock.
  ///   - missing: Which of these who reports it does not have now; what happened is recorded all the same.
  package init(
    _ message: Lanyard_V1_OfflineCheckIn,
    of event: String,
    reporter: Reporter,
    received now: Instant,
    under prefix: String,
    missing: (Set<ScanRight>) -> Set<ScanRight>
  ) throws(InvalidInput) {
    let undone = UUIDBytes(message.undoneScanID)
    guard undone != nil || message.undoneScanID.isEmpty else {
      throw InvalidInput(field: "\(prefix)undone_scan_id", .noUUID)
    }
    let moment = now - message.age.nearest(in: .zero...Self.longestAge)
    guard message.hasScan else {
      guard undone != nil else {
        throw InvalidInput(field: "\(prefix)scan", .request(.nothingUndone))
      }
      self.init(undone: undone, at: moment, answered: nil)
      return
    }
    // Where a device may scan now says nothing of where it did: it may be enrolled for another door since.
    let checkpoint = try ResourceName.checkpoint(message.checkpoint, of: event, field: "\(prefix)checkpoint")
    let address = CheckpointAddress(event: event, checkpoint: checkpoint)
    let scan = try SubmittedScan(
      message.scan,
      at: address,
      reporter: reporter,
      received: now,
      isFact: true,
      under: "\(prefix)scan."
    )
    self.init(
      undone: undone,
      at: moment,
      answered: Answered(
        scan: scan,
        answer: try RecordedScan.Answer(message.answer, message.reason, under: prefix),
        happenedAt: moment,
        notInRoster: message.notInRoster,
        missingRights: missing(scan.rights)
      )
    )
  }
}
