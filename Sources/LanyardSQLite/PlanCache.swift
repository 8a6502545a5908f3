import GRDB
import LanyardDomain
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
    let plans = try load(db)
    cached.withLock { $0 = (revision, plans) }
    return plans
  }

  private func load(_ db: Database) throws -> Plans {
    var plans = Plans()
    for event in try EventRow.fetchAll(db, sql: "SELECT * FROM event") {
      guard let id = event.id else { continue }
      let checkpoints = try CheckpointRow.fetchAll(
        db,
        sql: "SELECT * FROM checkpoint WHERE event_id = ?",
        arguments: [id]
      )
      let ids = Dictionary(uniqueKeysWithValues: checkpoints.compactMap { row in row.id.map { ($0, row.publicId) } })
      let sessions = try SessionRow.fetchAll(
        db,
        sql: "SELECT * FROM session WHERE event_id = ? AND NOT is_withdrawn",
        arguments: [id]
      )
      let eventKey = Key<Event>(id)
      let plan = VenuePlan(
        eventKey: eventKey,
        event: event.event,
        checkpoints: Dictionary(
          uniqueKeysWithValues: try checkpoints.compactMap { row in try row.id.map { (Key($0), try row.checkpoint()) } }
        ),
        sessions: sessions.compactMap { row in
          row.id.map { SessionRecord(key: Key($0), session: row.session(at: ids[row.checkpointId] ?? "")) }
        }
      )
      plans.byEvent[eventKey] = plan
      for (key, checkpoint) in plan.checkpoints {
        plans.checkpoints[CheckpointAddress(event: event.slug, checkpoint: checkpoint.id)] = (eventKey, key)
      }
    }
    return plans
  }
}
