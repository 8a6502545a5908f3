package import LanyardDomain

/// Reads scans that are on record, with all that became known of them since.
package struct ScanReader {
  /// What every query of scans selects, to which conditions are added.
  private static let selection = """
    SELECT \(LedgerColumn.selection()), session.public_id, override_note.text, override_note.author, scan_undo.undone_at,
      scan_undo.reporter, scan_undo.reporter_kind, undo_note.text, sent_out_note.text, scan_beginning.text
    FROM \(LedgerColumn.tables())
    LEFT JOIN session ON session.id = scan.session_id
    LEFT JOIN scan_beginning ON scan.code_length > 0 AND scan_beginning.scan_sequence = scan.sequence
    LEFT JOIN scan_undo ON scan_undo.scan_sequence = scan.sequence
    LEFT JOIN note AS override_note ON override_note.kind = \(NoteTable.Kind.override.word) AND override_note.subject = scan.sequence
    LEFT JOIN note AS undo_note ON undo_note.kind = \(NoteTable.Kind.undo.word) AND undo_note.subject = scan_undo.scan_sequence
    LEFT JOIN note AS sent_out_note ON scan.is_sent_out = 1 AND sent_out_note.kind = \(NoteTable.Kind.sentOut.word)
      AND sent_out_note.subject = scan.sequence
    """
  /// What stands after the columns of the ledger.
  private enum Beside: Int {
    case session, overrideNote, overrideAuthor, undoneAt, undoReporter, undoReporterKind, undoNote, sentOutNote,
      beginning

    var column: Int { LedgerColumn.allCases.count + rawValue }
  }

  private static let one = SQL("\(selection) WHERE scan.sequence = ?")
  /// Scans between two numbers of the ledger, narrowed by conditions.
  private static func listed(_ conditions: String, newestFirst: Bool) -> SQL {
    SQL(
      """
      \(selection) WHERE scan.sequence > ? AND scan.sequence <= ?\(conditions)
      ORDER BY scan.sequence\(newestFirst ? " DESC" : "") LIMIT ?
      """
    )
  }
  private static let holder = SQL("\(RecordedHolder.selection) WHERE badge.id = ?")

  private let session: any SQLSession
  private let plans: VenuePlans

  package init(_ session: any SQLSession, _ plans: VenuePlans) {
    (self.session, self.plans) = (session, plans)
  }

  /// A scan by its key in the ledger.
  package func scan(_ sequence: Int64) throws -> RecordedScan {
    guard let scan = try session.first(Self.one, [sequence], { try scan($0, holder(of: $0)) }) else {
      throw StoreError.failed(.row, about: "a scan is not in the ledger")
    }
    return scan
  }

  /// Scans of an event, each with its number.
  ///
  /// - Parameters:
  ///   - event: The store's key.
  ///   - keys: The store's keys of the filter's checkpoint and registration.
  func scans(
    of event: Int64,
    matching filter: ScanFilter,
    _ keys: (checkpoint: Int64?, registration: Int64?),
    _ page: PageRequest
  ) throws -> [(number: FeedNumber, scan: RecordedScan)] {
    let start = FeedNumber(event, try page.number(from: filter.isNewestFirst ? .max : 0)).key
    let range: [any SQLValue] =
      filter.isNewestFirst ? [FeedNumber(event, 0).key, start - 1] : [start, FeedNumber.last(of: event).key]
    let (conditions, values) = filter.narrowing(keys)
    let statement = Self.listed(conditions, newestFirst: filter.isNewestFirst)
    return try session.all(statement, range + values + [page.size + 1]) { row in
      (FeedNumber(key: try row[.sequence]), try scan(row, holder(of: row)))
    }
  }

  /// The bearer of the badge that a row is of.
  private func holder(of row: any SQLRow) throws -> RecordedHolder? {
    try (row[.badge] as Int64?).flatMap { try session.first(Self.holder, [$0]) { try RecordedHolder($0) } }
  }

  private func scan(_ row: any SQLRow, _ holder: RecordedHolder?) throws -> RecordedScan {
    guard let plan = try plans.plan(of: Key<Event>(try row[.event])),
      let checkpoint = plan.checkpoints[Key(try row[.checkpoint])]
    else {
      throw StoreError.failed(.row, about: "a scan is of a checkpoint that is not there")
    }
    let whom = try Self.whom(row, plan.event)
    var scan = try RecordedScan(
      id: UUIDBytes(row, from: LedgerColumn.idHigh.rawValue),
      checkpoint: CheckpointAddress(event: plan.event.slug, checkpoint: checkpoint.id),
      timeZone: checkpoint.timeZone,
      answer: RecordedScan.Answer(answer: row[.answer], reason: row[.reason], wasInside: row[.wasInside]),
      direction: known(row[.direction], "scan", "direction"),
      attendee: holder?.attendee(at: plan.eventKey),
      session: row[Beside.session.column],
      scannedAt: row[.scannedAt],
      receivedAt: row[.receivedAt],
      earlier: Self.earlier(row, plan),
      opensAt: row[.opensAt],
      admittedHere: whom.ids,
      admittedParticipations: whom.participations,
      terms: plan.event.terms,
      reporter: Self.reporter(row, LedgerColumn.reporter.rawValue, LedgerColumn.reporterKind.rawValue, "scan")
    )
    scan.sequence = FeedNumber(key: try row[.sequence]).value
    scan.explanation = try RecordedScan.Explanation(lines: Self.items(row[.explanation]), plan)
    let note = OverrideNote(
      note: try row[Beside.overrideNote.column] ?? "",
      operatorName: try row[Beside.overrideAuthor.column] ?? ""
    )
    if !row.isNull(.isMissedExit) { scan.missedExit = note }
    if let overridden: String = try row[.overriddenReason] {
      let reason: RefusalReason = try known(overridden, "scan_override", "reason")
      scan.overridden = RecordedScan.Overridden(reason: reason, note: note)
    }
    scan.isDoubleReading = try row[.isDoubleReading]
    scan.decidedAt = try row[.decidedAt]
    if try row[.isSentOut] as Int64? != nil { scan.sentOutNote = try row[Beside.sentOutNote.column] ?? "" }
    scan.trace = try Self.trace(row) ?? holder?.trace(at: plan.eventKey)
    if let happenedAt: Instant = try row[.happenedAt] {
      scan.offline = RecordedScan.Offline(happenedAt: happenedAt, notInRoster: try row[.notInRoster])
    }
    if let undoneAt: Instant = try row[Beside.undoneAt.column] {
      scan.undo = RecordedScan.Undo(
        at: undoneAt,
        reporter: try Self.reporter(row, Beside.undoReporter.column, Beside.undoReporterKind.column, "scan_undo"),
        note: try row[Beside.undoNote.column] ?? ""
      )
    }
    return scan
  }

  private static func reporter(_ row: any SQLRow, _ id: Int, _ kind: Int, _ table: StaticString) throws -> Reporter {
    Reporter(try (row[kind] as String?).map { try known($0, table, "reporter_kind") }, id: try row[id])
  }

  /// The text of a column that has one where others are as they are.
  private static func said(_ row: any SQLRow, _ column: LedgerColumn) throws -> String {
    guard let text: String = try row[column] else {
      throw StoreError.unknownValue(table: column.table.rawValue, column: column.name)
    }
    return text
  }

  private static func trace(_ row: any SQLRow) throws -> CodeTrace? {
    if let serial: Int64 = try row[.codeSerial] {
      return .code(serial: BadgeSerial(UInt64(bitPattern: serial)), event: try said(row, .codeEvent))
    }
    guard let length: Int = try row[.codeLength] else { return nil }
    // Before schema 29 beginnings stood in the ledger, beside these words; none is as long as one of them.
    let kept = length > 0 ? try row[.codeBeginning] as String? : try said(row, .codeBeginning)
    if let word = kept.flatMap(WithheldCode.init(rawValue:)) { return .withheld(word) }
    // None is left of a text of one letter, or that may be of somebody who was erased.
    return .text(beginning: try kept ?? row[Beside.beginning.column] as String? ?? "", length: length)
  }

  private static func earlier(_ row: any SQLRow, _ plan: VenuePlan) throws -> RecordedScan.Earlier? {
    guard let key: Int64 = try row[.earlierCheckpoint] else { return nil }
    guard let at: Instant = try row[.earlierAdmittedAt] else {
      throw StoreError.unknownValue(table: "scan", column: "earlier_admitted_at")
    }
    guard let earlier = RecordedScan.Earlier(Key(key), at: at, plan) else {
      throw StoreError.unknownValue(table: "scan", column: "earlier_checkpoint_id")
    }
    return earlier
  }

  /// Whom the checkpoint was for: ids of groups and roles, and ways of taking part.
  private static func whom(
    _ row: any SQLRow,
    _ event: Event
  ) throws -> (ids: [String], participations: [Participation]) {
    let ids = items(try row[.admittedHere])
    // Before schema 13 this word stood among the groups, and rows of the ledger are never changed.
    if ids == ["remote participants"], !(event.stakeholderGroups + event.guestRoles).ids.contains(ids[0]) {
      return ([], [.remote])
    }
    let participations = items(try row[.admittedParticipations])
    return (ids, try participations.map { try known($0, "scan", "admitted_participations") })
  }

  /// A list as one column has it, one item a line; nil where it is empty.
  package static func list(_ items: [String]) -> String? {
    items.isEmpty ? nil : items.joined(separator: "\n")
  }

  /// The items of a list as one column has it.
  static func items(_ list: String?) -> [String] {
    list?.split(separator: "\n").map(String.init) ?? []
  }
}
