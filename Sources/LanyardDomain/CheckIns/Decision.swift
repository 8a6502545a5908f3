/// The answer of the rules to one scan, with all that explains a refusal.
package typealias Decision = ScanAnswer<Refusal>

extension Decision {
  /// With what would help, where it is a refusal of a badge on record.
  func helped(
    _ plan: VenuePlan,
    _ reading: BadgeReading,
    at door: Door,
    _ now: Instant,
    _ fold: AdmissionFold,
    isBooked: (Door) throws -> Bool
  ) rethrows -> Decision {
    guard case .refused(var refusal) = self, case .recorded(let holder) = reading else { return self }
    let search = HelpSearch(plan: plan, holder: holder, door: door, now: now, fold: fold)
    if let opensAt = refusal.opensAt {
      refusal.opensAt = try search.admission(notBefore: opensAt, isBooked: isBooked)
    }
    refusal.help = try search.help(refusal.reason, isBooked: isBooked)
    return .refused(refusal)
  }
}

/// Why a scan was refused, and what explains it.
package struct Refusal: Hashable, Sendable {
  package let reason: RefusalReason
  /// The admission that stands in the way, where the reason is a use of the badge before.
  package let earlier: Presence?
  /// From when the person would be admitted, where the reason is the time and that is known.
  package internal(set) var opensAt: Instant?
  /// Ids of the groups and roles that the checkpoint is for, where the person is of none.
  package let admittedHere: [String]
  /// The ways of taking part that the checkpoint is for, where the person's is none.
  package let admittedParticipations: [Participation]
  /// How often, or on how many days, the person may be admitted, where that is used up.
  package let used: EntryLimit?
  /// What would help, where the plan tells.
  package internal(set) var help: RefusalHelp?

  package init(
    _ reason: RefusalReason,
    earlier: Presence? = nil,
    opensAt: Instant? = nil,
    admittedHere: [String] = [],
    admittedParticipations: [Participation] = [],
    used: EntryLimit? = nil
  ) {
    self.reason = reason
    self.earlier = earlier
    self.opensAt = opensAt
    self.admittedHere = admittedHere
    self.admittedParticipations = admittedParticipations
    self.used = used
  }
}

/// How often a person may be admitted to an area in the whole event.
package enum EntryLimit: Hashable, Sendable {
  case entries(Int)
  /// On so many days.
  case days(Int)
}
