package import LanyardAPI
package import LanyardDomain

extension AnswerKind: WireValue {
  package static let wirePrefix = "ANSWER_"

  package var wire: Lanyard_V1_Answer {
    switch self {
    case .admitted: .admitted
    case .left: .left
    case .refused: .refused
    }
  }
}

extension Lanyard_V1_Answer: WireEnum {
  package typealias Value = AnswerKind
}

extension RecordedScan.Answer {
  /// An answer with its reason, which is read where the answer is a refusal.
  ///
  /// - Throws: `InvalidInput` where either is not stated, or not known to this version.
  package init(
    _ answer: Lanyard_V1_Answer,
    _ reason: Lanyard_V1_RefusalReason,
    wasInside: Bool = true,
    under prefix: String = ""
  ) throws(InvalidInput) {
    switch try AnswerKind(answer, field: "\(prefix)answer") {
    case .admitted: self = .admitted
    case .left: self = .left(wasInside: wasInside)
    case .refused: self = .refused(try RefusalReason(reason, field: "\(prefix)reason"))
    }
  }
}
