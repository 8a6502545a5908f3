import LanyardAPI
package import LanyardDomain
import LanyardMessages

/// What a scan came to.
package struct Verdict: Hashable, Sendable, Codable {
  /// Admitted, left or refused.
  package typealias Answer = AnswerKind

  package let answer: Answer
  /// Why it was refused, in the contract's word; nil where it was not.
  package let reason: String?

  package init(_ answer: Answer, reason: String? = nil) {
    self.answer = answer
    self.reason = reason
  }

  package static func refused(_ reason: String) -> Verdict { Verdict(.refused, reason: reason) }
}

extension AnswerKind: Codable {}

/// What the planner and the audit know by themselves, each in the words of the contract.
extension Verdict {
  package static let admitted = Verdict(.admitted)
  package static let left = Verdict(.left)
  package static let unreadable = refused(.unreadable)
  package static let forged = refused(.forged)
  package static let replaced = refused(.replaced)
  package static let revoked = refused(.revoked)
  package static let notAdmittedHere = refused(.notAdmittedHere)
  package static let alreadyInside = refused(.alreadyInside)
  package static let full = refused(.full)

  private static func refused(_ reason: Lanyard_V1_RefusalReason) -> Verdict { .refused(reason.shortName) }
}

extension Verdict: CustomStringConvertible {
  package var description: String { reason ?? answer.rawValue }
}
