package import LanyardDomain

/// The plans of all events, and the keys of checkpoints by their addresses.
package struct VenuePlans: Sendable {
  package var byEvent: [Key<Event>: VenuePlan] = [:]
  package var checkpoints: [CheckpointAddress: (plan: Key<Event>, key: Key<Checkpoint>)] = [:]

  package init() {}

  /// The plan and key of a checkpoint; nil where there is none.
  package func find(_ address: CheckpointAddress) -> (plan: VenuePlan, key: Key<Checkpoint>)? {
    guard let found = checkpoints[address], let plan = byEvent[found.plan] else { return nil }
    return (plan, found.key)
  }
}
