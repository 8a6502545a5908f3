/// A rule of a checkpoint that is changed by hand on the day, and that an import sets to what the programme says.
package enum HandRule: String, CaseIterable, Sendable {
  case capacity
  case directions
  case reentry = "re_entry"

  /// The value that a checkpoint has for it, in the words of the contract.
  func value(of checkpoint: Checkpoint) -> String {
    switch self {
    case .capacity: checkpoint.capacity.map { "\($0)" } ?? "–"
    case .directions: checkpoint.directions.rawValue
    case .reentry: checkpoint.reentry.rawValue
    }
  }
}

/// What an import asks before it does it.
package enum ImportQuestion: Hashable, Sendable {
  /// It would take back what was changed by hand since the last import.
  case undoes(CheckpointAddress, HandRule, from: String, to: String)
  /// It makes an event whose slug differs little from that of another one.
  case resembles(slug: String, other: String)

  /// As faults of what it is about.
  package var violation: FieldViolation {
    switch self {
    case .undoes(let address, let rule, let now, let planned):
      FieldViolation(
        field: address.name.description,
        .programme(.wouldUndo(rule: rule.rawValue, now: now, planned: planned))
      )
    case .resembles(let slug, let other):
      FieldViolation(field: ResourceName.event(slug).description, .programme(.resembles(other: other)))
    }
  }
}

extension CheckpointChange {
  /// The rules that it changes of a checkpoint.
  package func rules(changedOf checkpoint: Checkpoint) -> Set<HandRule> {
    let after = applied(to: checkpoint)
    return Set(HandRule.allCases.filter { $0.value(of: after) != $0.value(of: checkpoint) })
  }
}

extension ProgrammeUpdate {
  /// What it would take back of what was changed by hand.
  ///
  /// - Parameter byHand: The rules that were, by the id of the checkpoint.
  package func questions(_ byHand: [String: Set<HandRule>]) -> [ImportQuestion] {
    checkpoints.flatMap { step -> [ImportQuestion] in
      guard case .update(let planned, let before) = step, let rules = byHand[before.checkpoint.id] else { return [] }
      return HandRule.allCases.filter(rules.contains).compactMap { rule in
        let (now, then) = (rule.value(of: before.checkpoint), rule.value(of: planned.checkpoint))
        let address = CheckpointAddress(event: slug, checkpoint: before.checkpoint.id)
        return now == then ? nil : .undoes(address, rule, from: now, to: then)
      }
    }
  }
}
