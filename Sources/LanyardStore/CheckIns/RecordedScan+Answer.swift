import LanyardDomain

extension RecordedScan.Answer {
  /// From the three columns of the ledger that say it together.
  ///
  /// - Throws: `StoreError.unknownValue` of the column that lacks what the answer needs, or has what another answer would.
  init(answer: String, reason: String?, wasInside: Bool?) throws {
    let kind: AnswerKind = try known(answer, "scan", "answer")
    switch (kind, reason, wasInside) {
    case (.admitted, nil, nil): self = .admitted
    case (.left, nil, let wasInside?): self = .left(wasInside: wasInside)
    case (.refused, let reason?, nil): self = .refused(try known(reason, "scan", "reason"))
    default:
      let isOfReason = (kind == .refused) != (reason != nil)
      throw StoreError.unknownValue(table: "scan", column: isOfReason ? "reason" : "was_inside")
    }
  }
}
