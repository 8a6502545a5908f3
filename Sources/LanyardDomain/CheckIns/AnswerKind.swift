/// What came of a scan, in one word.
package enum AnswerKind: String, Sendable, CaseIterable {
  case admitted = "ADMITTED"
  case left = "LEFT"
  case refused = "REFUSED"
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
