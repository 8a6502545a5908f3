import Synchronization

/// The plans of all events as one revision of them has them. A transaction asks with the revision that it sees, so
/// a change by another process is never missed.
package final class PlanCache: Sendable {
  /// Each event's revision only ever grows, so that their sum stands for all of them.
  package static let revision = SQL("SELECT CAST(sum(plan_revision) AS BIGINT) FROM feed")

  private let cached = Mutex<(revision: Int64, plans: VenuePlans)?>(nil)

  package init() {}

  /// The plans as a session sees them.
  ///
  /// - Throws: `failed` where its transaction has changed them, a programmer's error: it sees what nobody else may come to see,
  ///   under the revision of before.
  package func plans(_ session: any SQLSession) throws -> VenuePlans {
    guard !session.hasChangedPlan else {
      throw StoreError.failed(.programmer, about: "plans were asked for in a transaction that has changed them")
    }
    let revision = try session.first(Self.revision) { try $0.integer(0) } ?? 0
    if let hit = cached.withLock({ $0?.revision == revision ? $0?.plans : nil }) { return hit }
    let plans = try VenuePlans(session)
    // What was not known is asked for again, until somebody has mended it.
    if plans.isWhole { cached.withLock { $0 = (revision, plans) } }
    return plans
  }
}
