extension RecordedScan {
  /// Whether it is the answer to a scan that is sent under its id, which then counts once; an id that stands for anything else
  /// is refused. A scan's id is its reporter's, and nobody else is told what became of it. But what a lane decided by
  /// itself is a fact, known by its content alone: a device that was enrolled anew sends as another what it uploaded before.
  ///
  /// - Parameters:
  ///   - fingerprint: What this one was when it was sent.
  ///   - isUpload: Whether the scan comes with what a lane did while it was offline.
  package func answers(_ scan: SubmittedScan, fingerprint: Int64, isUpload: Bool) -> Bool {
    guard fingerprint == scan.fingerprint, isNoted(by: scan) else { return false }
    return reporter?.isSame(as: scan.reporter) == true || (isUpload && offline != nil)
  }

  /// Whether it let somebody in with the same note, as far as it still has one: a fingerprint does not tell.
  private func isNoted(by scan: SubmittedScan) -> Bool {
    guard let kept = overridden?.note ?? missedExit, !kept.note.isEmpty else { return true }
    return kept == (missedExit == nil ? scan.override : scan.missedExit)
  }
}
