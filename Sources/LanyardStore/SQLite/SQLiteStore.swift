import Foundation
import GRDB
import LanyardDomain

/// The store in one SQLite file. Several processes may have it open: nothing that must hold is kept in memory only.
package final class SQLiteStore: Store {
  /// What the data of a folder is for.
  package enum Mode: String, Sendable {
    case real
    case rehearsal
  }

  private let pool: DatabasePool
  let plans = PlanCache()

  /// Opens the file, makes it where there is none, and brings its tables up to date.
  ///
  /// - Parameters:
  ///   - path: Path of the SQLite file; its folder must exist.
  ///   - mode: Where given, marks new data with it, and refuses data of the other mode.
  /// - Throws: `StoreError.otherMode`, or what keeps the file from being opened.
  package init(path: String, mode: Mode? = nil) throws(StoreError) {
    pool = try StoreError.translating {
      var configuration = Configuration()
      configuration.label = "lanyard.store"
      configuration.foreignKeysEnabled = true
      configuration.busyMode = .timeout(10)
      configuration.maximumReaderCount = 4
      configuration.prepareDatabase { db in
        try db.execute(sql: "PRAGMA cache_size = -32000")
      }
      Self.makePrivateFile(path)
      let pool = try DatabasePool(path: path, configuration: configuration)
      // DatabasePool chooses NORMAL when it turns WAL on; an answer given must survive a power cut.
      try pool.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = FULL")
      }
      try Schema.migrator.migrate(pool)
      return pool
    }
    if let mode { try mark(mode) }
  }

  /// Whether the data is of a rehearsal; nil where no server has run on it yet.
  package func mode() throws(StoreError) -> Mode? {
    try StoreError.translating {
      try pool.read { db in
        try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'mode'").flatMap(Mode.init)
      }
    }
  }

  /// Writes a whole copy of the data into a new file, while others go on.
  package func copy(to path: String) throws(StoreError) {
    try StoreError.translating {
      try pool.backup(to: DatabaseQueue(path: path))
    }
  }

  private func mark(_ mode: Mode) throws(StoreError) {
    try StoreError.translating {
      try pool.write { db in
        try db.execute(sql: "INSERT OR IGNORE INTO setting VALUES ('mode', ?)", arguments: [mode.rawValue])
        let marked = try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'mode'")
        guard marked == mode.rawValue else {
          throw StoreError.otherMode(dataIsRehearsal: marked == Mode.rehearsal.rawValue)
        }
      }
    }
  }

  /// Personal data must not be readable to other users of the machine, not even for the moment before a chmod.
  static func makePrivateFile(_ path: String) {
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
  }

  /// Runs one transaction that changes something.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    do {
      return try await pool.write(body)
    } catch {
      throw StoreError.translated(error)
    }
  }

  /// Reads one consistent state; never waits for a writer.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    do {
      return try await pool.read(body)
    } catch {
      throw StoreError.translated(error)
    }
  }

  /// Says that doors have changed, to plans that are remembered and to rosters.
  static func planChanged(_ db: Database) throws {
    try db.execute(sql: "UPDATE feed SET plan_revision = plan_revision + 1, last_sequence = last_sequence + 1")
  }

  static let sequencesUpdate = "UPDATE feed SET last_sequence = last_sequence + ? RETURNING last_sequence"

  /// Takes `count` numbers of the change feed; returns the first.
  static func takeSequences(_ count: Int, _ db: Database) throws -> Int64 {
    let statement = try db.cachedStatement(sql: sequencesUpdate)
    let last = try Int64.fetchOne(statement, arguments: [count]) ?? 0
    return last - Int64(count) + 1
  }
}
