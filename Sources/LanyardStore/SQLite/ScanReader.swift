import GRDB
import LanyardDomain

/// Reads scans that are on record, with all that became known of them since.
struct ScanReader {
  let db: Database
  let plans: PlanCache.Plans

  /// What every query of scans selects, to which conditions are added.
  private static let selection = """
    SELECT scan.*, session.public_id AS session_public_id,
      scan_override.reason AS overridden_reason, override_note.text AS override_text, override_note.author,
      scan_offline.happened_at, scan_offline.not_in_roster,
      scan_double_reading.scan_sequence IS NOT NULL AS is_double_reading,
      scan_undo.undone_at, scan_undo.reporter AS undo_reporter, undo_note.text AS undo_text
    FROM scan
    LEFT JOIN session ON session.id = scan.session_id
    LEFT JOIN scan_override ON scan_override.scan_sequence = scan.sequence
    LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
    LEFT JOIN scan_double_reading ON scan_double_reading.scan_sequence = scan.sequence
    LEFT JOIN scan_undo ON scan_undo.scan_sequence = scan.sequence
    LEFT JOIN note AS override_note ON override_note.kind = 'OVERRIDE' AND override_note.subject = scan_override.scan_sequence
    LEFT JOIN note AS undo_note ON undo_note.kind = 'UNDO' AND undo_note.subject = scan_undo.scan_sequence
    """

  /// A scan by its key in the ledger.
  func scan(_ sequence: Int64) throws -> RecordedScan {
    let statement = try db.cachedStatement(sql: "\(Self.selection) WHERE scan.sequence = ?")
    guard let row = try Row.fetchOne(statement, arguments: [sequence]) else { throw StoreError.failed(code: -1) }
    return try scan(row)
  }

  /// Scans after a number of the ledger, of one checkpoint where given, each with its number.
  func scans(
    of event: Int64,
    checkpoint: Int64?,
    after sequence: Int64,
    limit: Int
  ) throws -> [(number: FeedNumber, scan: RecordedScan)] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        \(Self.selection)
        WHERE scan.sequence > ?1 AND scan.sequence <= ?2 AND (?3 IS NULL OR scan.checkpoint_id = ?3)
        ORDER BY scan.sequence LIMIT ?4
        """,
      arguments: [FeedNumber(event, sequence).key, FeedNumber.last(of: event).key, checkpoint, limit]
    )
    return try rows.map { (FeedNumber(key: $0["sequence"]), try scan($0)) }
  }

  private func scan(_ row: Row) throws -> RecordedScan {
    guard let plan = plans.byEvent[Key(row["event_id"])], let checkpoint = plan.checkpoints[Key(row["checkpoint_id"])]
    else { throw StoreError.failed(code: -1) }
    let badge = try (row["badge_id"] as Int64?).flatMap { try BadgeLookup.find(badge: $0, db) }
    let earlierAt = Self.instant(row["earlier_admitted_at"])
    let whom = try Self.whom(row, plan.event)
    var scan = try RecordedScan(
      id: UUIDBytes(high: UInt64(bitPattern: row["id_high"]), low: UInt64(bitPattern: row["id_low"])),
      checkpoint: CheckpointAddress(event: plan.event.slug, checkpoint: checkpoint.id),
      timeZone: checkpoint.timeZone,
      answer: Self.answer(row),
      direction: known(row["direction"], "scan", "direction"),
      attendee: badge?.attendee(at: plan.eventKey),
      session: row["session_public_id"],
      scannedAt: Instant(microseconds: row["scanned_at"]),
      receivedAt: Instant(microseconds: row["received_at"]),
      earlier: earlierAt.flatMap { at in
        (row["earlier_checkpoint_id"] as Int64?).flatMap { RecordedScan.Earlier(Key($0), at: at, plan) }
      },
      opensAt: Self.instant(row["opens_at"]),
      admittedHere: whom.ids,
      admittedParticipations: whom.participations,
      terms: plan.event.terms,
      reporter: row["reporter"]
    )
    if let overridden = row["overridden_reason"] as String? {
      let reason: RefusalReason = try known(overridden, "scan_override", "reason")
      let note = OverrideNote(note: row["override_text"] ?? "", operatorName: row["author"] ?? "")
      scan.overridden = RecordedScan.Overridden(reason: reason, note: note)
    }
    scan.isDoubleReading = row["is_double_reading"]
    scan.offline = Self.instant(row["happened_at"]).map {
      RecordedScan.Offline(happenedAt: $0, notInRoster: row["not_in_roster"])
    }
    scan.undo = Self.instant(row["undone_at"]).map {
      RecordedScan.Undo(at: $0, reporter: row["undo_reporter"], note: row["undo_text"] ?? "")
    }
    return scan
  }

  private static func answer(_ row: Row) throws -> RecordedScan.Answer {
    switch try known(row["answer"], "scan", "answer") as AnswerKind {
    case .admitted: .admitted
    case .left: .left(wasInside: row["was_inside"] ?? false)
    case .refused: .refused(try known(row["reason"] ?? "", "scan", "reason"))
    }
  }

  /// Whom the checkpoint was for: ids of groups and roles, and ways of taking part.
  private static func whom(_ row: Row, _ event: Event) throws -> (ids: [String], participations: [Participation]) {
    let ids = items(row["admitted_here"])
    // Before schema 13 this word stood among the groups, and rows of the ledger are never changed.
    if ids == ["remote participants"], !(event.stakeholderGroups + event.guestRoles).ids.contains(ids[0]) {
      return ([], [.remote])
    }
    let participations = items(row["admitted_participations"])
    return (ids, try participations.map { try known($0, "scan", "admitted_participations") })
  }

  private static func instant(_ microseconds: Int64?) -> Instant? { microseconds.map(Instant.init(microseconds:)) }

  /// A list as one column has it, one item a line; nil where it is empty.
  static func list(_ items: [String]) -> String? {
    items.isEmpty ? nil : items.joined(separator: "\n")
  }

  private static func items(_ list: String?) -> [String] {
    list?.split(separator: "\n").map(String.init) ?? []
  }
}
