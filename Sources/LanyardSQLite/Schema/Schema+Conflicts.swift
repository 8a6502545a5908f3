import GRDB
import LanyardDomain
import LanyardStore

extension Schema {
  /// Whether a scan of a conflict was taken back, and that is not what it is about.
  private static let hasEnded = """
    reason <> 'UNDONE_WITHOUT_RIGHT' AND EXISTS (SELECT 1 FROM scan_undo
      WHERE scan_undo.scan_sequence IN (conflict.scan_sequence, conflict.earlier_sequence))
    """
  private static let trigger = "conflict_is_never_changed"

  /// Conflicts come and go, and the trail tells of each; those that are on record are taken over. Some of them have ended
  /// since a scan of theirs was taken back, and go.
  static func signConflicts(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TRIGGER \(trigger) BEFORE UPDATE ON conflict
          BEGIN SELECT RAISE(ABORT, 'a conflict comes or goes, and is never changed'); END
        """
    )
    let events = try Row.fetchAll(
      db,
      sql: "SELECT id, slug FROM event WHERE id IN (SELECT event_id FROM conflict) ORDER BY id"
    )
    guard !events.isEmpty else { return }
    let session = SQLiteSession(db)
    // As of the last scan: it is the data's own time, whatever clock the server runs by.
    let now = try LedgerClock.last(of: events.map { $0[0] }, session) ?? Instant(microseconds: 0)
    let trail = Trail(session, .server(at: now))
    try trail.feed.take(.events(events.map { $0[1] }))
    let recorded = SQL("\(SignedConflict.selection) WHERE conflict.event_id = ? ORDER BY conflict.sequence")
    let ended = Set(try Int64.fetchAll(db, sql: "SELECT sequence FROM conflict WHERE \(hasEnded)"))
    for event in events {
      let (key, slug): (Int64, String) = (event[0], event[1])
      for conflict in try session.all(recorded, [key], { try SignedConflict($0, of: slug) }) {
        try trail.record(.takenOver(conflict))
        if ended.contains(FeedNumber(key, conflict.id).key) { try trail.record(.settled(conflict)) }
      }
    }
    try db.execute(sql: "DELETE FROM conflict WHERE \(hasEnded)")
    try trail.finish()
  }

  /// Whether the trail tells of conflicts.
  static func hasSignedConflicts(_ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND name = ?)",
      arguments: [trigger]
    ) ?? false
  }
}
