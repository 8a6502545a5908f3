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
