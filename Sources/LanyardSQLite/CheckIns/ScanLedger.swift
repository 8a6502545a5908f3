import GRDB
import LanyardDomain
import LanyardStore

/// The ledger of scans: finds what is recorded and adds to it.
struct ScanLedger {
  private let db: Database
  private let trail: Trail?
  private let byID: HotStatement
  private let insert: HotStatement

  /// - Parameter trail: Takes each scan that is added; nil where none is.
  init(_ db: Database, _ trail: Trail?) throws {
    self.db = db
    self.trail = trail
    byID = try HotStatement(Self.selectionByID, db)
    insert = try HotStatement(Self.insertion, db)
  }

  static let selectionByID = "SELECT sequence, fingerprint FROM scan WHERE id_high = ? AND id_low = ?"
  /// Adds a scan; the order of its values is that of `add`.
  static let insertion = """
    INSERT INTO scan (sequence, id_high, id_low, fingerprint, event_id, checkpoint_id, session_id, badge_id, direction,
      answer, reason, was_inside, earlier_checkpoint_id, earlier_admitted_at, opens_at, admitted_here, scanned_at,
      received_at, reporter, admitted_participations)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  func find(_ id: UUIDBytes) throws -> LedgerEntry? {
    try byID.bind(id)
    defer { byID.reset() }
    return try byID.step() ? LedgerEntry(sequence: byID.int64(0), fingerprint: byID.int64(1)) : nil
  }

  private static let passagesSelection = """
    SELECT scan.answer = 'ADMITTED', scan.checkpoint_id, coalesce(scan.was_inside, 0), scan.received_at,
      coalesce(scan_offline.happened_at, scan.received_at), scan_double_reading.scan_sequence IS NOT NULL
    FROM scan LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
    LEFT JOIN scan_double_reading ON scan_double_reading.scan_sequence = scan.sequence
    WHERE scan.badge_id = ? AND scan.answer <> 'REFUSED'
      AND NOT EXISTS (SELECT 1 FROM scan_undo WHERE scan_undo.scan_sequence = scan.sequence)
    ORDER BY scan.sequence DESC
    """

  /// The last passage with a badge, where it is so recent that a turnstile may be reading the badge again for it.
  func lastPassage(of badge: Int64, at now: Instant) throws -> LastPassage? {
    let passages = try HotStatement(Self.passagesSelection, db)
    try passages.bind { $0.add(badge) }
    defer { passages.reset() }
    var search = LastPassage.Search(at: now)
    while try passages.step(), search.goesOn(after: LastPassage.Reading(passages)) {}
    return search.found
  }

  func add(
    _ recorded: RecordedScan,
    decision: Decision,
    scan: SubmittedScan,
    door: Door,
    holder: RecordedHolder?,
    number: FeedNumber
  ) throws {
    let row = Row(recorded, decision, scan, door, holder?.badge)
    let sequence = number.key
    let participations = ScanReader.list(recorded.admittedParticipations.map(\.rawValue))
    try insert.bind {
      $0.add(sequence)
      row.give(to: &$0)
      $0.add(participations)
    }
    try insert.run()
    var hashed = CanonicalRow()
    hashed.begin(ScanDigest.domain)
    hashed.add(number.value)
    row.give(to: &hashed)
    hashed.add(recorded.overridden?.reason.rawValue)
    hashed.add(recorded.offline?.happenedAt.microseconds)
    hashed.add(recorded.offline.map { $0.notInRoster ? 1 : 0 })
    hashed.add(recorded.isDoubleReading ? 1 : 0)
    // Rows of before there was such a value hash as they did.
    if let participations { hashed.add(participations) }
    trail?.took(hashed, at: number)
    if let overridden = recorded.overridden { try add(overridden, to: sequence, about: holder?.facts.registration) }
    if let offline = recorded.offline { try add(offline, to: sequence) }
    if recorded.isDoubleReading {
      try db.execute(sql: "INSERT INTO scan_double_reading VALUES (?)", arguments: [sequence])
    }
  }

  private func add(_ overridden: RecordedScan.Overridden, to sequence: Int64, about person: Key<Registration>?) throws {
    try db.execute(
      sql: "INSERT INTO scan_override VALUES (?, ?)",
      arguments: [sequence, overridden.reason.rawValue]
    )
    let note = overridden.note
    try NoteTable(SQLiteSession(db)).keep(
      note.note,
      by: note.operatorName,
      as: .override,
      of: sequence,
      about: person?.rawValue
    )
  }

  private func add(_ offline: RecordedScan.Offline, to sequence: Int64) throws {
    try db.cachedStatement(sql: "INSERT INTO scan_offline VALUES (?, ?, ?)").execute(
      arguments: [sequence, offline.happenedAt.microseconds, offline.notInRoster]
    )
  }
}

extension ScanLedger {
  /// The values of a row of `scan` in the order of `insertion`, after its number.
  fileprivate struct Row {
    let recorded: RecordedScan
    let decision: Decision
    let scan: SubmittedScan
    let door: Door
    let badge: Int64?

    init(
      _ recorded: RecordedScan,
      _ decision: Decision,
      _ scan: SubmittedScan,
      _ door: Door,
      _ badge: Int64?
    ) {
      self.recorded = recorded
      self.decision = decision
      self.scan = scan
      self.door = door
      self.badge = badge
    }

    /// Gives the values one after the other: to the statement that writes them, and to the row that is hashed.
    func give(to taker: inout some ValueTaker) {
      let refusal = decision.refusal
      taker.add(Int64(bitPattern: scan.id.high))
      taker.add(Int64(bitPattern: scan.id.low))
      taker.add(scan.fingerprint)
      taker.add(door.event.rawValue)
      taker.add(door.key.rawValue)
      taker.add(door.session?.key.rawValue)
      taker.add(badge)
      taker.add(recorded.direction.rawValue)
      taker.add(decision.answerName)
      taker.add(refusal?.reason.rawValue)
      taker.add(decision.wasInside.map { $0 ? 1 : 0 })
      taker.add(refusal?.earlier?.checkpoint.rawValue)
      taker.add(refusal?.earlier?.admittedAt.microseconds)
      taker.add(recorded.opensAt?.microseconds)
      taker.add(ScanReader.list(recorded.admittedHere))
      taker.add(scan.scannedAt.microseconds)
      taker.add(recorded.receivedAt.microseconds)
      taker.add(scan.reporter)
    }
  }
}

/// Takes the values of a row, one after the other.
private protocol ValueTaker {
  mutating func add(_ value: Int64?)
  mutating func add(_ text: String?)
}

extension HotStatement.Binder: ValueTaker {}
extension CanonicalRow: ValueTaker {}

extension LastPassage.Reading {
  /// From a row of `passagesSelection`.
  fileprivate init(_ row: HotStatement) {
    self.init(
      LastPassage(
        way: row.int64(0) != 0 ? .into : .out,
        wasInside: row.int64(2) != 0,
        checkpoint: Key(row.int64(1)),
        moment: Instant(microseconds: row.int64(4))
      ),
      recordedAt: Instant(microseconds: row.int64(3)),
      isDouble: row.int64(5) != 0
    )
  }
}

extension HotStatement {
  /// Gives a statement the two halves of an id.
  fileprivate func bind(_ id: UUIDBytes) throws {
    try bind {
      $0.add(Int64(bitPattern: id.high))
      $0.add(Int64(bitPattern: id.low))
    }
  }
}

extension Decision {
  fileprivate var refusal: Refusal? {
    if case .refused(let refusal) = self { refusal } else { nil }
  }

  fileprivate var wasInside: Bool? {
    if case .left(let wasInside) = self { wasInside } else { nil }
  }

  /// The answer as the `scan` table has it.
  fileprivate var answerName: String {
    RecordedScan.Answer(self).kind.rawValue
  }
}
