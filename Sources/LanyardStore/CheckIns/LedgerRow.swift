package import LanyardDomain

/// One scan as the ledger has it: a value for each `LedgerColumn`, in their order.
package struct LedgerRow: Sendable {
  private static let columns = LedgerColumn.allCases

  package let number: FeedNumber
  private let values: [SQLScalar]
  /// What an operator wrote who let somebody in, or out without a scan, and whom it is about; it is no part of the ledger.
  private let note: (note: OverrideNote, about: Int64?)?
  /// How a text begins that nobody could read; nil where there is none. It is no part of the ledger either.
  private let beginning: String?

  /// A new scan.
  ///
  /// - Parameter holder: Whose badge it was; nil where it was none on record.
  package init(
    _ recorded: RecordedScan,
    decision: Decision,
    scan: SubmittedScan,
    door: Door,
    holder: RecordedHolder?,
    number: FeedNumber
  ) {
    self.number = number
    values = Self.columns.map { Self.value($0, recorded, decision, scan, door, holder?.badge, number) }
    beginning = recorded.trace?.beginning
    note = (recorded.overridden?.note ?? recorded.missedExit).map { ($0, holder?.facts.registration.rawValue) }
  }

  /// From a row that begins with `LedgerColumn.selection`.
  ///
  /// - Throws: `StoreError.failed` where a column holds a value of another kind than it is of.
  init(_ row: any SQLRow) throws {
    values = try Self.columns.map { column in
      if row.isNull(column) { return .null }
      switch column.kind {
      case .integer: return .integer(try row.integer(column.rawValue))
      case .text: return .text(try row.text(column.rawValue))
      }
    }
    number = FeedNumber(key: try row[.sequence])
    note = nil
    beginning = nil
  }

  /// The value of a column.
  package subscript(column: LedgerColumn) -> SQLScalar { values[column.rawValue] }

  /// The row as the trail hashes it.
  package var canonical: CanonicalRow {
    var row = CanonicalRow()
    row.begin("lanyard.scan/1")
    // As the event numbers it; the event itself is another column.
    row.add(number.value)
    for column in Self.columns.dropFirst() where !column.isHashedWhereGiven || self[column] != .null {
      row.add(self[column])
    }
    return row
  }

  /// The value that a column has of a new scan.
  private static func value(
    _ column: LedgerColumn,
    _ recorded: RecordedScan,
    _ decision: Decision,
    _ scan: SubmittedScan,
    _ door: Door,
    _ badge: Int64?,
    _ number: FeedNumber
  ) -> SQLScalar {
    switch column {
    case .sequence: number.key.scalar
    case .idHigh: scan.id.halves.high.scalar
    case .idLow: scan.id.halves.low.scalar
    case .fingerprint: scan.fingerprint.scalar
    case .event: door.event.rawValue.scalar
    case .checkpoint: door.key.rawValue.scalar
    case .session: (door.session?.key.rawValue).scalar
    case .badge: badge.scalar
    case .direction: recorded.direction.rawValue.scalar
    case .answer: recorded.answer.kind.rawValue.scalar
    case .reason: (decision.refusal?.reason.rawValue).scalar
    case .wasInside: decision.wasInside.scalar
    case .earlierCheckpoint: (decision.refusal?.earlier?.checkpoint.rawValue).scalar
    case .earlierAdmittedAt: (decision.refusal?.earlier?.admittedAt).scalar
    case .opensAt: recorded.opensAt.scalar
    case .admittedHere: ScanReader.list(recorded.admittedHere).scalar
    case .scannedAt: scan.scannedAt.scalar
    case .receivedAt: recorded.receivedAt.scalar
    case .reporter: scan.reporter.id.scalar
    case .overriddenReason: (recorded.overridden?.reason.rawValue).scalar
    case .happenedAt: (recorded.offline?.happenedAt).scalar
    case .notInRoster: (recorded.offline?.notInRoster).scalar
    case .isDoubleReading: recorded.isDoubleReading.scalar
    case .admittedParticipations: ScanReader.list(recorded.admittedParticipations.map(\.rawValue)).scalar
    case .isSentOut: (recorded.sentOutNote == nil ? nil : 1 as Int64?).scalar
    // Of a badge on record, the badge says it.
    case .codeSerial: badge == nil ? (recorded.trace?.serial).scalar : .null
    case .codeEvent: badge == nil ? (recorded.trace?.event).scalar : .null
    case .codeBeginning: (recorded.trace?.withheld?.rawValue).scalar
    case .codeLength: (recorded.trace?.length).scalar
    case .explanation: ScanReader.list(recorded.explanation.lines).scalar
    case .isMissedExit: recorded.missedExit == nil ? .null : true.scalar
    case .decidedAt: recorded.decidedAt.scalar
    case .reporterKind: (scan.reporter.kind?.rawValue).scalar
    }
  }
}

extension CodeTrace {
  fileprivate var serial: Int64? {
    if case .code(let serial, _) = self { Int64(bitPattern: serial.rawValue) } else { nil }
  }

  fileprivate var event: String? {
    if case .code(_, let event) = self { event } else { nil }
  }

  fileprivate var beginning: String? {
    if case .text(let beginning, _) = self, !beginning.isEmpty { beginning } else { nil }
  }

  fileprivate var withheld: WithheldCode? {
    if case .withheld(let word) = self { word } else { nil }
  }

  fileprivate var length: Int64? {
    switch self {
    case .code: nil
    case .text(_, let length): Int64(length)
    case .withheld: 0
    }
  }
}

extension LedgerRow {
  private static let overriding = SQL(LedgerColumn.insertion(into: .overridden))
  private static let offline = SQL(LedgerColumn.insertion(into: .offline))
  private static let doubleReading = SQL(LedgerColumn.insertion(into: .doubleReading))
  private static let missedExit = SQL(LedgerColumn.insertion(into: .missedExit))

  /// Adds new scans to the ledger and to what the trail tells of them.
  package static func add(
    _ rows: [LedgerRow],
    _ tables: any AdmissionTables,
    _ trail: Trail,
    _ session: any SQLSession
  ) throws {
    try tables.add(rows)
    for row in rows {
      try row.addRest(session)
      trail.took(row)
    }
  }

  /// Adds what a scan has beside its row of `scan`, which is there.
  private func addRest(_ session: any SQLSession) throws {
    if self[.overriddenReason] != .null { try add(to: .overridden, Self.overriding, session) }
    if self[.isMissedExit] != .null { try add(to: .missedExit, Self.missedExit, session) }
    if let note {
      try NoteTable(session).keep(
        note.note.note,
        by: note.note.operatorName,
        as: .override,
        of: number.key,
        about: note.about
      )
    }
    if let beginning { try CodeBeginnings(session).add(beginning, of: number.key) }
    if self[.happenedAt] != .null { try add(to: .offline, Self.offline, session) }
    if self[.isDoubleReading] == true.scalar { try add(to: .doubleReading, Self.doubleReading, session) }
  }

  private func add(to table: LedgerColumn.Table, _ statement: SQL, _ session: any SQLSession) throws {
    try session.run(statement, [number.key] + LedgerColumn.written(table).map { self[$0].value })
  }
}

extension LedgerRow {
  /// The whole ledger in its order.
  ///
  /// - Parameter missing: Columns that a file of an earlier version does not have.
  package static func all(
    _ session: any SQLSession,
    without missing: Set<LedgerColumn> = []
  ) -> OrderedRows<LedgerRow> {
    let statement = SQL(
      """
      SELECT \(LedgerColumn.selection(without: missing)) FROM \(LedgerColumn.tables(without: missing))
      WHERE scan.sequence > ? ORDER BY scan.sequence LIMIT ?
      """
    )
    return OrderedRows(statement, session, key: \.number.key) { try LedgerRow($0) }
  }
}

extension CanonicalRow {
  fileprivate mutating func add(_ scalar: SQLScalar) {
    switch scalar {
    case .null: add(nil as Int64?)
    case .integer(let value): add(value)
    case .text(let text): add(text)
    case .data(let data): add(data)
    }
  }
}
