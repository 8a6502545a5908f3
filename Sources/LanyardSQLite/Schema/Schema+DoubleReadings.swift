extension Schema {
  /// Which scans were only second readings of a badge by a turnstile, and which scans were taken back before they were on
  /// record. The second are no part of the ledger: they are forgotten when the scan cannot be under way any more.
  static let doubleReadings = """
    CREATE TABLE scan_double_reading (
      scan_sequence INTEGER PRIMARY KEY REFERENCES scan (sequence)
    ) STRICT;
    CREATE TRIGGER scan_double_reading_is_never_changed BEFORE UPDATE ON scan_double_reading
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    CREATE TRIGGER scan_double_reading_is_never_deleted BEFORE DELETE ON scan_double_reading
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    CREATE TABLE withdrawn_scan (
      number INTEGER PRIMARY KEY,
      reporter TEXT NOT NULL,
      id_high INTEGER NOT NULL,
      id_low INTEGER NOT NULL,
      withdrawn_at INTEGER NOT NULL,
      UNIQUE (reporter, id_high, id_low)
    ) STRICT;
    CREATE INDEX withdrawn_scan_reporter ON withdrawn_scan (reporter, number);
    CREATE INDEX withdrawn_scan_time ON withdrawn_scan (withdrawn_at);
    INSERT INTO withdrawn_scan (reporter, id_high, id_low, withdrawn_at)
      SELECT reporter, id_high, id_low, undone_at FROM scan_undo WHERE scan_sequence IS NULL ORDER BY sequence;
    DROP TRIGGER scan_undo_is_never_deleted;
    DELETE FROM scan_undo WHERE scan_sequence IS NULL;
    CREATE TRIGGER scan_undo_is_never_deleted BEFORE DELETE ON scan_undo
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    """
}
