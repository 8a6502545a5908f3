package import LanyardDomain

/// The plans of all events, and the keys of checkpoints by their addresses. An event whose plan holds what this version does
/// not know has none: who asks for it is told what that is, and the others go on.
package struct VenuePlans: Sendable {
  private var byKey: [Key<Event>: Result<VenuePlan, StoreError>] = [:]
  private var keys: [String: Key<Event>] = [:]
  private var checkpoints: [CheckpointAddress: Key<Checkpoint>] = [:]
  /// Whether every event has its plan.
  package private(set) var isWhole = true

  package init() {}

  /// - Parameter slug: The event's.
  mutating func add(_ plan: VenuePlan, of slug: String) {
    byKey[plan.eventKey] = .success(plan)
    keys[slug] = plan.eventKey
    for (key, checkpoint) in plan.checkpoints {
      checkpoints[CheckpointAddress(event: slug, checkpoint: checkpoint.id)] = key
    }
  }

  /// An event has no plan, and why.
  mutating func add(_ fault: StoreError, instead key: Key<Event>, of slug: String) {
    byKey[key] = .failure(fault)
    keys[slug] = key
    isWhole = false
  }

  /// The plan of an event; nil where there is none.
  ///
  /// - Throws: `StoreError.unknownValue`.
  package func plan(of event: Key<Event>) throws(StoreError) -> VenuePlan? { try byKey[event]?.get() }

  /// The plan of an event by its slug.
  ///
  /// - Throws: `StoreError.notFound`, `StoreError.unknownValue`.
  package func plan(of slug: String) throws(StoreError) -> VenuePlan {
    guard let key = keys[slug], let plan = try plan(of: key) else { throw .notFound(.event(slug)) }
    return plan
  }

  /// The plan and key of a checkpoint; nil where there is none.
  ///
  /// - Throws: `StoreError.unknownValue`.
  package func find(_ address: CheckpointAddress) throws(StoreError) -> (plan: VenuePlan, key: Key<Checkpoint>)? {
    guard let event = keys[address.event], let plan = try plan(of: event), let key = checkpoints[address] else {
      return nil
    }
    return (plan, key)
  }
}
