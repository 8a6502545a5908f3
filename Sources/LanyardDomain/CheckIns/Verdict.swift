/// What one scan came to.
package struct Verdict: Hashable, Sendable {
  package let decision: Decision
  /// The way that was taken.
  package let direction: Direction
  /// The reason that an operator set aside, where the person was admitted against it.
  package let overridden: RefusalReason?
  /// Whether a turnstile read the badge again: the answer is the one before, and nothing changes.
  package let isDoubleReading: Bool

  package init(
    decision: Decision,
    direction: Direction,
    overridden: RefusalReason?,
    isDoubleReading: Bool = false
  ) {
    self.decision = decision
    self.direction = direction
    self.overridden = overridden
    self.isDoubleReading = isDoubleReading
  }
}
