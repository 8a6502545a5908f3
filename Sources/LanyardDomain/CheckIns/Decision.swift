/// The answer to one scan.
package enum Decision: Hashable, Sendable {
  case admitted
  /// Went out; `wasInside` is false where the person was not known to be inside.
  case left(wasInside: Bool)
  case refused(Refusal)

  /// Whether somebody passes.
  var isPassage: Bool {
    if case .refused = self { false } else { true }
  }
}

/// Why a scan was refused, and what explains it.
package struct Refusal: Hashable, Sendable {
  package let reason: RefusalReason
  /// The admission that stands in the way, where the reason is a use of the badge before.
  package let earlier: Presence?
  /// From when the person would be admitted, where the reason is the time and that is known.
  package let opensAt: Instant?
  /// Ids of the groups and roles that the checkpoint is for, where the person is of none.
  package let admittedHere: [String]
  /// The ways of taking part that the checkpoint is for, where the person's is none.
  package let admittedParticipations: [Participation]

  package init(
    _ reason: RefusalReason,
    earlier: Presence? = nil,
    opensAt: Instant? = nil,
    admittedHere: [String] = [],
    admittedParticipations: [Participation] = []
  ) {
    self.reason = reason
    self.earlier = earlier
    self.opensAt = opensAt
    self.admittedHere = admittedHere
    self.admittedParticipations = admittedParticipations
  }
}
