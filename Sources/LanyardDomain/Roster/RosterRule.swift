/// A rule of the doors that a lane from before there was it does not know: a roster names those that it goes by.
package enum RosterRule: String, Sendable, CaseIterable {
  case unscannedReentry = "UNSCANNED_RE_ENTRY"
  case entryPause = "ENTRY_PAUSE"
  case entryLimit = "ENTRY_LIMIT"
  case grace = "GRACE"
  /// Of a badge, not of the plan.
  case personDays = "PERSON_DAYS"
  /// Of the event: a badge that a lane does not know may not be activated yet.
  case activation = "ACTIVATION"
}

extension Event {
  /// The rules that it goes by whatever its checkpoints say.
  package var rules: [RosterRule] {
    activatesBadges || !activatedStakeholderGroups.isEmpty ? [.activation] : []
  }
}

extension BadgeHolder {
  /// The rules that its entry of a roster goes by.
  package var rules: [RosterRule] { days.isEmpty ? [] : [.personDays] }
}

extension VenuePlan {
  /// The rules that it and its checkpoints go by.
  package var rules: [RosterRule] {
    event.rules + RosterRule.allCases.filter { rule in checkpoints.values.contains { $0.goes(by: rule) } }
  }
}

extension Checkpoint {
  /// The rules that it goes by.
  package var rules: [RosterRule] { RosterRule.allCases.filter(goes) }

  fileprivate func goes(by rule: RosterRule) -> Bool {
    switch rule {
    case .unscannedReentry: reentry == .unscanned
    case .entryPause: pause > .zero
    case .entryLimit: mostEntries != nil || mostDays != nil
    case .grace: grace > .zero
    case .personDays, .activation: false
    }
  }
}
