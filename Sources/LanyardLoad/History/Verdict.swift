/// What a scan came to.
package struct Verdict: Hashable, Sendable, Codable {
  /// Admitted, left or refused.
  package enum Answer: String, Hashable, Sendable, Codable {
    case admitted = "ADMITTED"
    case left = "LEFT"
    case refused = "REFUSED"
  }

  package let answer: Answer
  /// Why it was refused, such as `ALREADY_INSIDE`; nil where it was not.
  package let reason: String?

  package init(_ answer: Answer, reason: String? = nil) {
    self.answer = answer
    self.reason = reason
  }

  package static let admitted = Verdict(.admitted)
  package static let left = Verdict(.left)

  package static func refused(_ reason: String) -> Verdict { Verdict(.refused, reason: reason) }
}

extension Verdict: CustomStringConvertible {
  package var description: String { reason ?? answer.rawValue }
}
