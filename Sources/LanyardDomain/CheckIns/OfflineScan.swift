/// A scan that a lane answered by itself, or one that it takes back.
package struct OfflineScan: Hashable, Sendable {
  /// A scan with what the operator was shown.
  package struct Answered: Hashable, Sendable {
    package let scan: SubmittedScan
    package let answer: RecordedScan.Answer
    /// When it happened by the server's clock.
    package let happenedAt: Instant
    package let notInRoster: Bool
    /// What it took that who reports it may not do now, as where a device was no supervisor's any more when it was back.
    package let missingRights: Set<ScanRight>

    package init(
      scan: SubmittedScan,
      answer: RecordedScan.Answer,
      happenedAt: Instant,
      notInRoster: Bool,
      missingRights: Set<ScanRight> = []
    ) {
      self.scan = scan
      self.answer = answer
      self.happenedAt = happenedAt
      self.notInRoster = notInRoster
      self.missingRights = missingRights
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
