/// What came of a scan, in one word.
package enum AnswerKind: String, Sendable, CaseIterable {
  case admitted = "ADMITTED"
  case left = "LEFT"
  case refused = "REFUSED"

  /// Which way it lets somebody pass; nil where nobody passes.
  package var way: Passage.Way? {
    switch self {
    case .admitted: .into
    case .left: .out
    case .refused: nil
    }
  }
}

extension RecordedScan.Answer {
  package var kind: AnswerKind {
    switch self {
    case .admitted: .admitted
    case .left: .left
    case .refused: .refused
    }
  }
}
