import GRDB
import LanyardDomain
import LanyardStore

extension Schema {
  /// Rules of checkpoints that look at more than the last admission, how often and on which days people were admitted, what
  /// explains a refusal; badges that are held, registrations for some days, and needs that an event lists.
  static func addDoorRules(_ db: Database) throws {
    try db.execute(sql: doorRules)
    try countEntries(db)
  }

  private static let doorRules = """
    ALTER TABLE checkpoint ADD COLUMN reentry TEXT NOT NULL DEFAULT 'AFTER_LEAVING'
      CHECK (reentry IN ('NEVER', 'AFTER_LEAVING', 'UNSCANNED'));
    UPDATE checkpoint SET reentry = 'NEVER' WHERE allows_reentry = 0;
    ALTER TABLE checkpoint DROP COLUMN allows_reentry;
    ALTER TABLE checkpoint ADD COLUMN grace_seconds INTEGER NOT NULL DEFAULT 0 CHECK (grace_seconds >= 0);
    ALTER TABLE checkpoint ADD COLUMN pause_seconds INTEGER NOT NULL DEFAULT 0 CHECK (pause_seconds >= 0);
    ALTER TABLE checkpoint ADD COLUMN most_entries INTEGER CHECK (most_entries > 0);
    ALTER TABLE checkpoint ADD COLUMN most_days INTEGER CHECK (most_days > 0);
    ALTER TABLE presence ADD COLUMN entries INTEGER NOT NULL DEFAULT 1 CHECK (entries > 0);
    ALTER TABLE presence ADD COLUMN earlier_days TEXT NOT NULL DEFAULT '';
    ALTER TABLE scan ADD COLUMN explanation TEXT;
    DROP INDEX badge_active;
    ALTER TABLE badge RENAME COLUMN state TO former_state;
    ALTER TABLE badge ADD COLUMN state TEXT NOT NULL DEFAULT 'ACTIVE'
      CHECK (state IN ('ACTIVE', 'REPLACED', 'REVOKED', 'NOT_ACTIVATED', 'HELD'));
    UPDATE badge SET state = former_state;
    ALTER TABLE badge DROP COLUMN former_state;
    CREATE UNIQUE INDEX badge_active ON badge (registration_id) WHERE state IN ('ACTIVE', 'NOT_ACTIVATED', 'HELD');
    ALTER TABLE registration ADD COLUMN days TEXT NOT NULL DEFAULT '';
    ALTER TABLE event ADD COLUMN listed_needs TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE person ADD COLUMN listed_needs TEXT NOT NULL DEFAULT '';
    """

  /// Counts the admissions that are on record.
  private static func countEntries(_ db: Database) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT badge.registration_id, scan.checkpoint_id, coalesce(scan_offline.happened_at, scan.received_at),
          checkpoint.time_zone, presence.day
        FROM scan JOIN badge ON badge.id = scan.badge_id JOIN checkpoint ON checkpoint.id = scan.checkpoint_id
        JOIN presence ON presence.registration_id = badge.registration_id
          AND presence.checkpoint_id = scan.checkpoint_id
        LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
        WHERE scan.answer = 'ADMITTED'
          AND NOT EXISTS (SELECT 1 FROM scan_double_reading WHERE scan_sequence = scan.sequence)
          AND NOT EXISTS (SELECT 1 FROM scan_undo WHERE scan_sequence = scan.sequence)
        """
    )
    var counted: [[Int64]: (entries: Int, days: Set<Int>)] = [:]
    while let row = try rows.next() {
      let zone: ZoneID = try known(row[3], "checkpoint", "time_zone")
      let day = zone.calendar.day(containing: Instant(microseconds: row[2])).number
      var count = counted[[row[0], row[1]]] ?? (0, [])
      count.entries += 1
      if day != row[4] as Int { count.days.insert(day) }
      counted[[row[0], row[1]]] = count
    }
    let change = try db.cachedStatement(
      sql: "UPDATE presence SET entries = ?, earlier_days = ? WHERE registration_id = ? AND checkpoint_id = ?"
    )
    for (place, count) in counted {
      let days = count.days.sorted().map(String.init).joined(separator: " ")
      try change.execute(arguments: [count.entries, days, place[0], place[1]])
    }
  }
}
