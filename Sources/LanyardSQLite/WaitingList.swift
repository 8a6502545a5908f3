import GRDB
import LanyardDomain
import LanyardStore

/// The on-site places of one event and those who wait for one, within the caller's transaction.
struct WaitingList {
  let db: Database
  /// The store's key of the event.
  let event: Int64

  /// Whether one more registration of this participation fits.
  func hasPlace(for participation: Participation) throws -> Bool {
    guard participation == .onsite else { return true }
    let statement = try db.cachedStatement(
      sql: "SELECT onsite_capacity IS NULL OR onsite_confirmed < onsite_capacity FROM event WHERE id = ?"
    )
    return try Bool.fetchOne(statement, arguments: [event]) ?? false
  }

  /// Confirms those who wait, the longest waiting first, while there are places.
  ///
  /// - Parameter slug: The event's.
  func moveUp(_ trail: Trail, of slug: String) throws {
    while try hasPlace(for: .onsite) {
      let sql = """
        UPDATE registration SET state = 'CONFIRMED', waitlisted_sequence = NULL, revision = revision + 1,
          updated_at = ?, sequence = ?
        WHERE id = (SELECT id FROM registration WHERE event_id = ? AND state = 'WAITLISTED'
          ORDER BY waitlisted_sequence LIMIT 1)
        RETURNING public_id
        """
      guard try hasWaiting() else { return }
      let moved = try String.fetchAll(
        db,
        sql: sql,
        arguments: [trail.act.now.microseconds, trail.feed.next(of: event).value, event]
      )
      for registration in moved { try trail.record(.movedUp(registration, of: slug)) }
    }
  }

  private func hasWaiting() throws -> Bool {
    let statement = try db.cachedStatement(
      sql: "SELECT EXISTS (SELECT 1 FROM registration WHERE event_id = ? AND state = 'WAITLISTED')"
    )
    return try Bool.fetchOne(statement, arguments: [event]) ?? false
  }
}
