import GRDB
import LanyardStore

extension Schema {
  /// Each event gets a feed of its own, which goes on from the number that the one feed of all had come to. Numbers stay what
  /// they were; where they are keys, the event's goes before them.
  static func numberByEvent(_ db: Database) throws {
    let ledgers = ["scan", "scan_override", "scan_offline", "scan_undo", "scan_double_reading", "change"]
    let triggers = try Row.fetchAll(db, sql: "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'")
      .filter { ledgers.contains($0[1]) }
    for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
    // What refers to a scan is changed before it. Only a version that was never released had notes before.
    if try db.tableExists("note") {
      let event = "(SELECT event_id FROM scan WHERE scan.sequence = subject)"
      try db.execute(sql: "UPDATE note SET subject = \(FeedNumber.key(event, "subject")) WHERE kind <> 'ATTENTION'")
    }
    try db.execute(sql: feedByEvent)
    // Tables of a version that had begun the trail already.
    if try db.tableExists("change") {
      try db.execute(sql: "UPDATE change SET sequence = \(FeedNumber.key("event_id", "sequence"))")
      try db.execute(sql: "UPDATE chain SET last_sequence = \(FeedNumber.key("event_id", "last_sequence"))")
    }
    for trigger in triggers { try db.execute(sql: trigger[2]) }
  }

  /// What refers to a scan is changed before the scan.
  private static var feedByEvent: String {
    let event = "(SELECT event_id FROM scan WHERE scan.sequence = scan_sequence)"
    let scan = "scan_sequence = \(FeedNumber.key(event, "scan_sequence"))"
    return """
      CREATE TABLE feed_by_event (
        event_id INTEGER PRIMARY KEY,
        last_sequence INTEGER NOT NULL,
        plan_revision INTEGER NOT NULL
      ) STRICT;
      INSERT INTO feed_by_event SELECT 0, last_sequence, plan_revision FROM feed;
      INSERT INTO feed_by_event SELECT event.id, last_sequence, plan_revision FROM event, feed;
      DROP TABLE feed;
      ALTER TABLE feed_by_event RENAME TO feed;
      UPDATE scan_override SET \(scan);
      UPDATE scan_offline SET \(scan);
      UPDATE scan_double_reading SET \(scan);
      UPDATE scan_undo SET sequence = \(FeedNumber.key(event, "sequence")), \(scan);
      UPDATE conflict SET sequence = \(FeedNumber.key("event_id", "sequence")),
        scan_sequence = \(FeedNumber.key("event_id", "scan_sequence")),
        earlier_sequence = \(FeedNumber.key("event_id", "earlier_sequence"));
      UPDATE scan SET sequence = \(FeedNumber.key("event_id", "sequence"));
      DROP INDEX IF EXISTS registration_sequence;
      DROP INDEX IF EXISTS badge_sequence;
      """
  }
}
