package import LanyardDomain

/// What a scan came to, as it is compared: whether who left was inside is a fact of its own, so that everybody is taken to
/// have been.
package typealias Answer = ScanAnswer<RefusalReason>

extension Answer {
  package static let wentOut = Answer.left(wasInside: true)

  /// The answer as it is compared.
  var compared: Answer {
    switch self {
    case .admitted, .refused: self
    case .left: .wentOut
    }
  }

  /// Why it was refused, else what it was, in the contract's word.
  package var word: String { refusal?.rawValue ?? kind.rawValue }
}

extension AnswerKind: Codable {}
