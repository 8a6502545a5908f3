import GRDB
import LanyardStore
import Synchronization

/// A table of the store as both engines have it.
struct SharedTable: Sendable {
  let name: String
  let columns: [(name: String, type: String, isNotNull: Bool)]
  /// The columns of each key that statements rely on.
  let keys: Set<[String]>
  /// The column that numbers rows by itself; nil where none does.
  let number: String?

  /// The tables of a store, by name.
  static func all(_ db: Database) throws -> [String: SharedTable] {
    let names = try String.fetchAll(
      db,
      sql: """
        SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
          AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%' AND name NOT LIKE 'attendee_%'
        """
    )
    return try Dictionary(uniqueKeysWithValues: names.map { ($0, try SharedTable($0, db)) })
  }

  private init(_ name: String, _ db: Database) throws {
    self.name = name
    let found = try db.columns(in: name)
    columns = found.map { ($0.name, $0.type, $0.isNotNull) }
    let primary = try db.primaryKey(name)
    number =
      primary.columns.count == 1 && found.contains { $0.name == primary.columns[0] && $0.type == "INTEGER" }
      ? primary.columns[0] : nil
    let indexed = try db.indexes(on: name).filter(\.isUnique).map(\.columns)
    keys = Set([primary.columns].filter { $0 != ["rowid"] } + indexed)
  }

  /// All that a session sees in it.
  func content(_ session: any SQLSession) throws -> [[SQLScalar]] {
    let list = columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
    return try session.all(LanyardStore.SQL("SELECT \(list) FROM \"\(name)\"")) { StatementRun.scalars($0, columns.count) }
  }
}

/// One run of a statement on SQLite: what it got and found, and what came of it.
struct StatementRun: Sendable {
  /// The most columns that a statement gives.
  private static let columnLimit = 64

  let place: String
  /// As PostgreSQL takes it.
  let text: String
  let values: [SQLScalar]
  /// What the tables that it names held before.
  let before: [String: [[SQLScalar]]]
  /// What it returned, in that order; empty where it changes something.
  let rows: [[SQLScalar]]
  /// The table that it changes, and what that held afterwards.
  let after: (table: String, rows: [[SQLScalar]])?

  /// The values of a row; of one whose columns are not counted, nulls follow the last.
  static func scalars(_ row: any SQLRow, _ count: Int = columnLimit) -> [SQLScalar] {
    (0..<count).map { column in
      if row.isNull(column) { return .null }
      // A value is of one of three kinds, and the others throw.
      if let integer = try? row.integer(column) { return .integer(integer) }
      if let text = try? row.text(column) { return .text(text) }
      return (try? row.data(column)).map { .data($0) } ?? .null
    }
  }
}

/// Keeps some runs of each statement, with the rows that it found: runs that return several rows, and others.
final class StatementRecorder: Sendable {
  /// Of each statement, the most runs that return several rows, and of others; and how many are looked at for them.
  private static let (manyLimit, otherLimit, lookLimit) = (3, 3, 60)

  private struct Kept {
    var looked = 0
    var many = 0
    var others = 0
  }

  private struct State {
    var kept: [String: Kept] = [:]
    var runs: [StatementRun] = []
  }

  private let tables: [String: SharedTable]
  private let state = Mutex(State())

  init(_ tables: [String: SharedTable]) { self.tables = tables }

  var runs: [StatementRun] { state.withLock { $0.runs } }

  /// Runs a statement, and keeps that where it is wanted.
  func hear(
    _ statement: LanyardStore.SQL,
    _ values: [any SQLValue],
    _ session: any SQLSession,
    _ run: () throws -> Void
  ) throws {
    let place = "\(statement.file):\(statement.line)"
    guard isWanted(place) else { return try run() }
    let words = Self.words(of: statement.text)
    var before: [String: [[SQLScalar]]] = [:]
    for word in Set(words) {
      if let table = tables[word] { before[word] = try table.content(session) }
    }
    let isReading = words.first == "SELECT" || words.first == "WITH"
    let rows: [[SQLScalar]] = isReading ? try session.all(statement, values) { StatementRun.scalars($0) } : []
    try run()
    var after: (table: String, rows: [[SQLScalar]])?
    if !isReading, let table = words.lazy.compactMap({ self.tables[$0] }).first {
      after = (table.name, try table.content(session))
    }
    keep(
      StatementRun(
        place: place,
        text: statement.numbered,
        values: values.map(\.scalar),
        before: before,
        rows: rows,
        after: after
      )
    )
  }

  private func isWanted(_ place: String) -> Bool {
    state.withLock { state in
      var kept = state.kept[place] ?? Kept()
      kept.looked += 1
      state.kept[place] = kept
      if kept.looked > Self.lookLimit { return false }
      return kept.many < Self.manyLimit || kept.others < Self.otherLimit
    }
  }

  private func keep(_ run: StatementRun) {
    state.withLock { state in
      var kept = state.kept[run.place] ?? Kept()
      if run.rows.count > 1 {
        guard kept.many < Self.manyLimit else { return }
        kept.many += 1
      } else {
        guard kept.others < Self.otherLimit else { return }
        kept.others += 1
      }
      state.kept[run.place] = kept
      state.runs.append(run)
    }
  }

  private static func words(of text: String) -> [String] {
    text.split { character in
      let isPart = character.isLetter || character.isNumber || character == "_"
      return !isPart
    }.map(String.init)
  }
}
