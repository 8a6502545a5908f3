import GRDB
import LanyardDomain
import LanyardStore

extension Schema {
  /// The trail of changes: `change` is only ever added to, and `chain` has the last link of each event's chain, and of
  /// the installation's, which is number 0. What the ledger had before is taken over by one link for each event.
  static func beginTrail(_ db: Database) throws {
    try db.execute(sql: trail)
    // As of the last scan: it is the data's own time, whatever clock the server runs by.
    let events = try Row.fetchAll(db, sql: "SELECT slug, id FROM event")
    let now = try LedgerClock.last(of: events.map { $0[1] }, SQLiteSession(db)) ?? Instant(microseconds: 0)
    let trail = Trail(SQLiteSession(db), .server(at: now))
    try trail.feed.take(.events(events.map { $0[0] }))
    var ledger = LedgerRow.all(SQLiteSession(db), without: try SQLiteStore.missingColumns(db))
    while let row = try ledger.next() { trail.took(row) }
    try trail.finish(isTakenOver: true)
  }

  private static let trail = """
    CREATE TABLE change (
      sequence INTEGER PRIMARY KEY,
      event_id INTEGER NOT NULL,
      made_at INTEGER NOT NULL,
      actor_kind TEXT NOT NULL CHECK (actor_kind IN ('TOKEN', 'DEVICE', 'PARTICIPANT', 'NOBODY', 'SYSTEM')),
      actor TEXT NOT NULL,
      address TEXT NOT NULL,
      request_id TEXT NOT NULL,
      name TEXT NOT NULL,
      version INTEGER NOT NULL,
      resource TEXT NOT NULL,
      state_before TEXT,
      state_after TEXT,
      previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE INDEX change_event ON change (event_id, sequence) WHERE name <> 'scans.recorded';
    CREATE INDEX change_resource ON change (resource, sequence) WHERE name <> 'scans.recorded';
    CREATE TRIGGER change_is_never_changed BEFORE UPDATE ON change
      BEGIN SELECT RAISE(ABORT, 'the trail of changes is only ever added to'); END;
    CREATE TRIGGER change_is_never_deleted BEFORE DELETE ON change
      BEGIN SELECT RAISE(ABORT, 'the trail of changes is only ever added to'); END;
    CREATE TABLE chain (
      event_id INTEGER PRIMARY KEY,
      entries INTEGER NOT NULL CHECK (entries > 0),
      last_sequence INTEGER NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    """
}
