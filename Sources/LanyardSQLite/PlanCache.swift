import GRDB
import LanyardStore
import Synchronization

/// The plans of all events as one revision of them has them. A transaction asks with the revision that it sees, so
/// a change by another process is never missed.
final class PlanCache: Sendable {
  typealias Plans = VenuePlans

  /// Each event's revision only ever grows, so that their sum stands for all of them.
  static let revisionSelection = "SELECT sum(plan_revision) FROM feed"

  private let cached = Mutex<(revision: Int64, plans: Plans)?>(nil)

  /// The plans as the transaction sees them.
  func plans(_ db: Database) throws -> Plans {
    let revision = try Int64.fetchOne(db.cachedStatement(sql: Self.revisionSelection)) ?? 0
    if let hit = cached.withLock({ $0?.revision == revision ? $0?.plans : nil }) { return hit }
    let plans = try VenuePlans(SQLiteSession(db))
    cached.withLock { $0 = (revision, plans) }
    return plans
  }
}
