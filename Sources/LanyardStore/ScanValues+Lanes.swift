package import LanyardDomain

/// A scan that a lane answered by itself, or one that it takes back.
package struct OfflineScan: Hashable, Sendable {
  /// A scan with what the operator was shown.
  package struct Answered: Hashable, Sendable {
    package let scan: SubmittedScan
    package let answer: RecordedScan.Answer
    /// When it happened by the server's clock.
    package let happenedAt: Instant
    package let notInRoster: Bool

    package init(scan: SubmittedScan, answer: RecordedScan.Answer, happenedAt: Instant, notInRoster: Bool) {
      self.scan = scan
      self.answer = answer
      self.happenedAt = happenedAt
      self.notInRoster = notInRoster
    }
  }

  /// A scan that is taken back before the other is recorded.
  package let undone: UUIDBytes?
  /// When it was taken back by the server's clock.
  package let undoneAt: Instant
  package let answered: Answered?

  package init(undone: UUIDBytes?, at undoneAt: Instant, answered: Answered?) {
    self.undone = undone
    self.undoneAt = undoneAt
    self.answered = answered
  }
}

/// What became of an uploaded scan.
package struct UploadOutcome: Hashable, Sendable {
  package let outcome: ScanOutcome
  /// Numbers of the conflicts that it is in.
  package let conflicts: [Int64]

  package init(outcome: ScanOutcome, conflicts: [Int64]) {
    self.outcome = outcome
    self.conflicts = conflicts
  }
}

/// Who takes a scan back, and why.
package struct UndoRequest: Hashable, Sendable {
  /// How long the device that made a scan may take it back.
  package static let ownTime = Duration.seconds(15 * 60)

  package let scan: UUIDBytes
  /// Slug of the event.
  package let event: String
  /// Id of the device or token.
  package let reporter: String
  /// Whether it may take back what others scanned, at any time.
  package let isSupervisor: Bool
  package let note: String

  package init(scan: UUIDBytes, event: String, reporter: String, isSupervisor: Bool, note: String) {
    self.scan = scan
    self.event = event
    self.reporter = reporter
    self.isSupervisor = isSupervisor
    self.note = note
  }
}
