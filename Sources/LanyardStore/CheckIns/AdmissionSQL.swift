/// What admission asks and writes, scan by scan, in the SQL that all engines share. How a batch is carried out is an engine's
/// own (`AdmissionTables`).
package enum AdmissionSQL {
  /// A scan by the halves of its id: `sequence`, `fingerprint`.
  package static let entry = SQL("SELECT sequence, fingerprint FROM scan WHERE id_high = ? AND id_low = ?")
  /// Rows of `RecordedHolder.selection`.
  package static let holderByCode = SQL("\(RecordedHolder.selection) WHERE badge.code = ?")
  package static let holderBySerial = SQL("\(RecordedHolder.selection) WHERE badge.serial = ?")
  /// The sessions of a person's bookings at a checkpoint.
  package static let bookings = SQL("SELECT session_id FROM booking WHERE registration_id = ? AND checkpoint_id = ?")
  /// The readings of a badge that let somebody pass, the last first: rows of `LastPassage.Reading`.
  package static let passages = SQL(
    """
    SELECT scan.answer, scan.checkpoint_id, coalesce(scan.was_inside, 0), scan.received_at, \(PassageSQL.moment),
      CASE WHEN scan_double_reading.scan_sequence IS NULL THEN 0 ELSE 1 END
    FROM scan \(PassageSQL.withTimes)
    LEFT JOIN scan_double_reading ON scan_double_reading.scan_sequence = scan.sequence
    WHERE scan.badge_id = ? AND \(PassageSQL.letPass) AND \(PassageSQL.stands)
    ORDER BY scan.sequence DESC
    """
  )
  /// Adds a row with the values of `LedgerColumn.ofScan`.
  package static let insertion = SQL(LedgerColumn.insertion)

  /// Where a person stands: rows of `PresenceRow.selection`.
  package static let presences = SQL("SELECT \(PresenceRow.selection) FROM presence WHERE registration_id = ?")
  /// Takes the values of a `PresenceRow`.
  package static let presence = SQL(
    """
    \(PresenceRow.insertion) ON CONFLICT (registration_id, checkpoint_id) DO UPDATE SET is_inside = excluded.is_inside,
      admitted_at = excluded.admitted_at, period = excluded.period, day = excluded.day, entries = excluded.entries,
      earlier_days = excluded.earlier_days
    """
  )
  package static let presenceRemoval = SQL("DELETE FROM presence WHERE registration_id = ? AND checkpoint_id = ?")
  package static let occupancy = SQL("SELECT inside FROM occupancy WHERE checkpoint_id = ? AND period = ?")
  /// Adds a number to who is inside through a checkpoint in a period. An engine checks `inside >= 0` on the row as it would be
  /// inserted, before it looks at the conflict; what would come to less than nothing is refused, whether a row is there or not.
  package static let occupancyChange = SQL(
    """
    INSERT INTO occupancy VALUES (?1, ?2, CASE WHEN CAST(?3 AS BIGINT) < 0 AND EXISTS (SELECT 1 FROM occupancy
      WHERE checkpoint_id = ?1 AND period = ?2) THEN 0 ELSE ?3 END)
    ON CONFLICT (checkpoint_id, period) DO UPDATE SET inside = occupancy.inside + ?3
    """
  )
  /// Adds a number to what is counted of a checkpoint on a day, as `occupancyChange` does.
  package static let tallyChange = SQL(
    """
    INSERT INTO tally VALUES (?1, ?2, ?3, CASE WHEN CAST(?4 AS BIGINT) < 0 AND EXISTS (SELECT 1 FROM tally
      WHERE checkpoint_id = ?1 AND day = ?2 AND counted = ?3) THEN 0 ELSE ?4 END)
    ON CONFLICT (checkpoint_id, day, counted) DO UPDATE SET count = tally.count + ?4
    """
  )
}
