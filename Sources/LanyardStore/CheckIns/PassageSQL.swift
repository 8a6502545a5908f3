package import LanyardDomain

/// What a passage is in the ledger, as a part of statements: a scan that let somebody in or out, and was not taken back.
package enum PassageSQL {
  /// Whether a scan let somebody pass; the text is that of the index `scan_passage`.
  package static let letPass = "scan.answer <> '\(AnswerKind.refused.rawValue)'"

  /// Whether a scan let somebody in.
  package static let letIn = "scan.answer = '\(AnswerKind.admitted.rawValue)'"

  /// Whether it still stands.
  package static let stands =
    "NOT EXISTS (SELECT 1 FROM scan_undo WHERE scan_undo.scan_sequence = scan.sequence)"

  /// When it happened, by the clock of then, in what is selected from `withTimes`.
  package static let moment = "coalesce(scan_offline.happened_at, scan.decided_at, scan.received_at)"

  /// What has to be joined to `scan` for `moment`.
  package static let withTimes = "LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence"

  /// The way of a passage, of a column that holds its answer.
  ///
  /// - Throws: `StoreError.unknownValue` where the answer is none that lets anybody pass.
  @inline(__always)
  package static func way(_ row: some SQLRow, _ column: Int) throws -> Direction {
    guard let way = (try known(row.text(column), "scan", "answer") as AnswerKind).way else {
      throw StoreError.unknownValue(table: "scan", column: "answer")
    }
    return way
  }
}
