extension Schema {
  /// Whether operators may let in who did not scan out, and the scans out that nobody made: a row says it all, beside the
  /// operator's note.
  static let missedExits = """
    ALTER TABLE event ADD COLUMN allows_missed_exits INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE scan_missed_exit (
      scan_sequence INTEGER PRIMARY KEY REFERENCES scan (sequence)
    ) STRICT;
    CREATE TRIGGER scan_missed_exit_is_never_changed BEFORE UPDATE ON scan_missed_exit
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    CREATE TRIGGER scan_missed_exit_is_never_deleted BEFORE DELETE ON scan_missed_exit
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    """
}
