/// What came of a scan: the one value of it, beside as much of the why as its place knows.
package enum ScanAnswer<Why: Hashable & Sendable>: Hashable, Sendable {
  case admitted
  /// Went out; `wasInside` is false where the person was not known to be inside.
  case left(wasInside: Bool)
  case refused(Why)

  /// The answer in one word.
  package var kind: AnswerKind {
    switch self {
    case .admitted: .admitted
    case .left: .left
    case .refused: .refused
    }
  }

  /// Why nobody passed; nil where somebody did.
  package var refusal: Why? {
    if case .refused(let why) = self { why } else { nil }
  }

  /// Nil for any answer but LEFT.
  package var wasInside: Bool? {
    if case .left(let wasInside) = self { wasInside } else { nil }
  }

  /// The same answer with another form of its why.
  package func mapRefusal<Other>(_ transform: (Why) -> Other) -> ScanAnswer<Other> {
    switch self {
    case .admitted: .admitted
    case .left(let wasInside): .left(wasInside: wasInside)
    case .refused(let why): .refused(transform(why))
    }
  }
}

/// What came of a scan, in one word.
package enum AnswerKind: String, Sendable, CaseIterable {
  case admitted = "ADMITTED"
  case left = "LEFT"
  case refused = "REFUSED"

  /// Which way it lets somebody pass; nil where nobody passes.
  package var way: Direction? {
    switch self {
    case .admitted: .into
    case .left: .out
    case .refused: nil
    }
  }
}
