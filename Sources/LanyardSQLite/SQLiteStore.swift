import Foundation
import GRDB
package import LanyardDomain
package import LanyardStore
import Synchronization

/// What a transaction of the engine came to, with the feeds that came on.
struct Committed<Value: Sendable>: Sendable {
  let value: Value
  let heads: [FeedSignal.Head]

  init(_ value: Value, heads: [FeedSignal.Head] = []) {
    (self.value, self.heads) = (value, heads)
  }
}

/// The store in one SQLite file. Several processes may have it open: nothing that must hold is kept in memory only.
package final class SQLiteStore: Store {
  let pool: DatabasePool
  /// Connections of their own for what reads much, so that the look-ups that scans wait for never wait for it.
  private let surveys: DatabasePool
  let plans = PlanCache()
  let files: StoreFiles
  let recordingState = Mutex(Recording.untried)
  package let feedSignal = FeedSignal()

  /// How long a connection waits for those of other processes.
  static let busyPatience = Duration.seconds(10)
  /// What each connection is set to beside what GRDB sets; nothing of what is erased stays in the file.
  static let connectionSetUp = "PRAGMA cache_size = -32000; PRAGMA secure_delete = ON"
  /// What the connection that writes is set to as well.
  static let writerSetUp = "PRAGMA synchronous = FULL"

  /// Opens the file, marks it where it is new as data of a mode, and refuses data of the other.
  ///
  /// - Parameter act: Who marks it.
  /// - Throws: `StoreError.otherMode`, or what keeps the file from being opened.
  package convenience init(path: String, mode: StoreMode, _ act: Act) throws(StoreError) {
    try self.init(path: path)
    try mark(mode, act)
  }

  /// Opens the file, makes it where there is none, and brings its tables up to date.
  ///
  /// - Parameter path: Path of the SQLite file; its folder must exist.
  /// - Throws: What keeps the file from being opened.
  package init(path: String) throws(StoreError) {
    pool = try StoreError.translating {
      var configuration = Configuration()
      configuration.label = "lanyard.store"
      configuration.foreignKeysEnabled = true
      configuration.busyMode = .timeout(Self.busyPatience / .seconds(1))
      configuration.maximumReaderCount = 4
      configuration.prepareDatabase { db in
        try db.execute(sql: Self.connectionSetUp)
      }
      Self.makePrivateFile(path)
      let pool = try DatabasePool(path: path, configuration: configuration)
      // DatabasePool chooses NORMAL when it turns WAL on; an answer given must survive a power cut.
      try pool.writeWithoutTransaction { db in
        try db.execute(sql: Self.writerSetUp)
      }
      try Schema.migrator.migrate(pool)
      return pool
    }
    surveys = try StoreError.translating { try DatabasePool(path: path, configuration: Self.surveyConfiguration) }
    files = try StoreFiles(database: path)
    clearAtStart()
    try StoreError.translating {
      let keeper = try LogKeeper(path: path)
      pool.writeWithoutTransaction { db in
        if let connection = db.sqliteConnection { keeper.attach(to: connection) }
      }
    }
  }

  /// Takes what the log holds into the file, so that the file alone has all that was recorded.
  ///
  /// - Throws: `StoreError.failed` where somebody reads the log, or takes it in, for longer than connections wait for others.
  package func takeInLog() throws(StoreError) {
    let end = ContinuousClock.now + Self.busyPatience
    while try !isLogTaken(waiting: ContinuousClock.now < end) { Thread.sleep(forTimeInterval: 0.01) }
  }

  /// - Parameter waiting: Whether another that takes it in is waited for: SQLite itself does not.
  private func isLogTaken(waiting: Bool) throws(StoreError) -> Bool {
    try StoreError.translating {
      try pool.writeWithoutTransaction { db in
        do {
          _ = try db.checkpoint(.truncate)
          return true
        } catch let error as DatabaseError where waiting && error.resultCode == .SQLITE_BUSY {
          return false
        }
      }
    }
  }

  /// Writes a whole copy of the data into a new file, its owner's alone, while others go on.
  ///
  /// - Throws: `failed` where there is a file of that name.
  package func copy(to path: String) throws(StoreError) {
    guard Self.makePrivateFile(path) else { throw .failed(.store, about: "cannot make the new file of the copy") }
    try StoreError.translating {
      try pool.backup(to: DatabaseQueue(path: path))
    }
  }

  /// What `dedicate` does, while the file is being opened.
  private func mark(_ mode: StoreMode, _ act: Act) throws(StoreError) {
    try StoreError.translating {
      try pool.write { db in
        let session = SQLiteSession(db)
        _ = try Trail.transaction(session, act, of: .installation, .change) { trail in
          try SettingTable(session).dedicate(to: mode, trail)
        }
      }
    }
  }

  /// Personal data must not be readable to other users of the machine, not even for the moment before a chmod.
  ///
  /// - Returns: Whether the file is new. One that is there is not opened: closing it would end SQLite's locks on it.
  @discardableResult
  static func makePrivateFile(_ path: String) -> Bool {
    let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
    return descriptor >= 0
  }

  /// Runs one transaction that keeps the file clean: it changes nothing that anybody reads, in the index of names and in the
  /// notes of what is still to be cleared.
  func upkeep<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws(StoreError) -> Value {
    try await committing(.other) { db in
      Committed(try body(BoundSession(SQLiteSession(db), tables: ["attendee_search", "upkeep"])))
    }
  }

  /// Runs one transaction, and takes it for what the next scan will come to where it is one of scans.
  ///
  /// - Parameter apart: As of `transaction`.
  /// - Returns: When what was written is in the file which lies at the store's path. All that writes goes through here.
  func committing<Value: Sendable>(
    _ kind: Recording.Kind,
    _ body: @escaping @Sendable (Database) throws -> Committed<Value>,
    apart: (@Sendable (Database) throws -> Committed<Value>)? = nil
  ) async throws(StoreError) -> Value {
    do {
      try files.requireInPlace()
      let written = try await pool.writeWithoutTransaction { db in
        do {
          return try Self.transaction(db, body)
        } catch let error where StoreError.translated(error).isOfOneRow {
          guard let apart else { throw error }
          return try Self.transaction(db, apart)
        }
      }
      try files.requireInPlace()
      recordingState.withLock { $0.succeeded(kind) }
      feedSignal.ring(written.heads)
      return written.value
    } catch {
      let error = StoreError.translated(error)
      if error.holdsForAll {
        let change: Recording.Trial = { _ = try body($0) }
        recordingState.withLock { $0.failed(error, trying: kind == .scans ? change : nil) }
      }
      throw error
    }
  }

  private static func transaction<Value>(_ db: Database, _ body: (Database) throws -> Value) throws -> Value {
    var value: Value?
    try db.inTransaction(.immediate) {
      value = try body(db)
      return .commit
    }
    guard let value else {
      throw StoreError.failed(.programmer, about: "a transaction was committed without its value")
    }
    return value
  }

  /// Reads one consistent state; never waits for a writer.
  func reading<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    try await reading(from: pool, body)
  }

  /// Reads much, such as a list, a count of many rows or a part of a roster: one consistent state, and only so many at
  /// once. Neither scans nor what they look up wait for it.
  func surveying<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    try await reading(from: surveys, body)
  }

  private func reading<Value: Sendable>(
    from pool: DatabasePool,
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    do {
      try files.requireInPlace()
      return try await pool.read(body)
    } catch {
      let error = StoreError.translated(error)
      // A file that cannot be read where it was looked up is in doubt where scans are written, too.
      if error.holdsForAll { recordingState.withLock { $0.failed(error) } }
      throw error
    }
  }

  private static var surveyConfiguration: Configuration {
    var configuration = Configuration.readOnly("lanyard.store.survey")
    configuration.maximumReaderCount = 3
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA cache_size = -8000")
    }
    return configuration
  }
}
