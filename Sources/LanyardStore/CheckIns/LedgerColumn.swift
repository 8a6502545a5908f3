/// The columns of the ledger of scans, in the order in which the trail hashes them: the statement that adds a scan, the one
/// that reads it and the hash of it all follow from this list. An order that is on record is never changed: a new column
/// goes to the end, and is hashed where it has a value, so that older rows hash as they did.
package enum LedgerColumn: Int, CaseIterable, Sendable {
  case sequence, idHigh, idLow, fingerprint, event, checkpoint, session, badge, direction, answer, reason, wasInside
  case earlierCheckpoint, earlierAdmittedAt, opensAt, admittedHere, scannedAt, receivedAt, reporter
  case overriddenReason, happenedAt, notInRoster, isDoubleReading
  case admittedParticipations
  case isSentOut, codeSerial, codeEvent, codeBeginning, codeLength
  case explanation, isMissedExit
  case decidedAt
  case reporterKind

  /// The tables of the ledger: what only some scans have lies in tables of its own, by the scan's number.
  package enum Table: String, CaseIterable, Sendable {
    case scan
    case overridden = "scan_override"
    case offline = "scan_offline"
    /// A row says it all.
    case doubleReading = "scan_double_reading"
    /// A row says it all, beside its note.
    case missedExit = "scan_missed_exit"
  }

  /// What a column holds where it is not NULL.
  enum Kind {
    case integer, text
  }

  package var table: Table { definition.table }
  /// Its name in the table.
  package var name: String { definition.name }
  var kind: Kind { definition.kind }

  /// Whether rows of before there was such a value hash as they did.
  var isHashedWhereGiven: Bool { rawValue >= Self.admittedParticipations.rawValue }

  private var definition: (table: Table, name: String, kind: Kind) {
    switch self {
    case .sequence: (.scan, "sequence", .integer)
    case .idHigh: (.scan, "id_high", .integer)
    case .idLow: (.scan, "id_low", .integer)
    case .fingerprint: (.scan, "fingerprint", .integer)
    case .event: (.scan, "event_id", .integer)
    case .checkpoint: (.scan, "checkpoint_id", .integer)
    case .session: (.scan, "session_id", .integer)
    case .badge: (.scan, "badge_id", .integer)
    case .direction: (.scan, "direction", .text)
    case .answer: (.scan, "answer", .text)
    case .reason: (.scan, "reason", .text)
    case .wasInside: (.scan, "was_inside", .integer)
    case .earlierCheckpoint: (.scan, "earlier_checkpoint_id", .integer)
    case .earlierAdmittedAt: (.scan, "earlier_admitted_at", .integer)
    case .opensAt: (.scan, "opens_at", .integer)
    case .admittedHere: (.scan, "admitted_here", .text)
    case .scannedAt: (.scan, "scanned_at", .integer)
    case .receivedAt: (.scan, "received_at", .integer)
    case .reporter: (.scan, "reporter", .text)
    case .overriddenReason: (.overridden, "reason", .text)
    case .happenedAt: (.offline, "happened_at", .integer)
    case .notInRoster: (.offline, "not_in_roster", .integer)
    case .isDoubleReading: (.doubleReading, "scan_sequence", .integer)
    case .admittedParticipations: (.scan, "admitted_participations", .text)
    case .isSentOut: (.scan, "is_sent_out", .integer)
    case .codeSerial: (.scan, "code_serial", .integer)
    case .codeEvent: (.scan, "code_event", .text)
    case .codeBeginning: (.scan, "code_beginning", .text)
    case .codeLength: (.scan, "code_length", .integer)
    case .explanation: (.scan, "explanation", .text)
    case .isMissedExit: (.missedExit, "scan_sequence", .integer)
    case .decidedAt: (.scan, "decided_at", .integer)
    case .reporterKind: (.scan, "reporter_kind", .text)
    }
  }
}

extension LedgerColumn {
  /// Those of a table that are written when a scan is added; where there are none, the scan's number is all.
  package static func written(_ table: Table) -> [LedgerColumn] {
    table == .doubleReading || table == .missedExit ? [] : allCases.filter { $0.table == table }
  }

  /// Those of `scan`, in the order of the values of `insertion`.
  package static let ofScan = written(.scan)

  /// Adds a row of `scan`, with the values of `ofScan`.
  static let insertion = """
    INSERT INTO scan (\(ofScan.map(\.name).joined(separator: ", "))) VALUES (\(parameters(ofScan.count)))
    """

  /// Adds a row of another table, with the scan's number and the values of `written`.
  static func insertion(into table: Table) -> String {
    let names = ["scan_sequence"] + written(table).map(\.name)
    return """
      INSERT INTO \(table.rawValue) (\(names.joined(separator: ", "))) VALUES (\(parameters(names.count)))
      """
  }

  private static func parameters(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }

  /// All of them, to be selected from `tables`.
  ///
  /// - Parameter missing: Those that a file of an earlier version does not have.
  static func selection(without missing: Set<LedgerColumn> = []) -> String {
    allCases.map { missing.contains($0) ? "NULL" : $0.expression }.joined(separator: ", ")
  }

  private var expression: String {
    switch self {
    // Not IS NOT NULL, which is a number in SQLite and none in PostgreSQL.
    case .isDoubleReading: "CASE WHEN \(place) IS NULL THEN 0 ELSE 1 END"
    case .isMissedExit: "CASE WHEN \(place) IS NULL THEN NULL ELSE 1 END"
    default: place
    }
  }

  private var place: String { "\(table.rawValue).\(name)" }

  /// What they are selected from.
  ///
  /// - Parameter missing: Those that a file of an earlier version does not have.
  static func tables(without missing: Set<LedgerColumn> = []) -> String {
    Table.allCases.filter { table in allCases.contains { $0.table == table && !missing.contains($0) } }.map { table in
      table == .scan
        ? table.rawValue
        : "LEFT JOIN \(table.rawValue) ON \(table.rawValue).scan_sequence = scan.sequence"
    }.joined(separator: "\n")
  }
}

extension SQLRow {
  /// The value of a column of the ledger, in a row that begins with all of them.
  package subscript<Value: SQLValue>(column: LedgerColumn) -> Value {
    get throws { try Value(self, column.rawValue) }
  }

  func isNull(_ column: LedgerColumn) -> Bool { isNull(column.rawValue) }
}
