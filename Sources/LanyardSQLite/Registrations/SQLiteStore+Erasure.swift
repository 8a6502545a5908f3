import GRDB
package import LanyardStore

extension SQLiteStore {
  /// How often the log is tried to be emptied, and how long apart: somebody may be reading what is in it.
  private static let tries = 100
  private static let pause = Duration.milliseconds(50)
  /// How long a try may keep others from writing.
  private static let patience = Duration.milliseconds(5)
  /// Pages of the index of names that are merged at once, so that scans wait for no more.
  private static let mergePages = 64
  private static let merging = LanyardStore.SQL(
    "INSERT INTO attendee_search (attendee_search, rank) VALUES ('merge', ?)"
  )
  private static let traceRemoval = LanyardStore.SQL("DELETE FROM upkeep WHERE name = ? AND value = ?")
  private static let noteRemoval = LanyardStore.SQL("DELETE FROM upkeep WHERE name = ?")

  /// Clears the store's files of what is left of those who were erased: the index of names keeps what was taken out of it
  /// until its parts are merged, and the log keeps earlier pages until it is emptied.
  ///
  /// - Throws: `erasureUnfinished` where somebody reads the log for too long.
  package func clearTraces() async throws(StoreError) {
    guard let traces = try await reading({ db in try Self.noted(Traces.name, db) }) else { return }
    var pages = -Self.mergePages
    while try await upkeep({ [pages] session in try Self.merge(pages, session) }) {
      pages = Self.mergePages
    }
    try await rewriteIfDue()
    guard try await emptyLog() else { throw .erasureUnfinished }
    // Somebody may have been erased meanwhile.
    _ = try await upkeep { session in try session.run(Self.traceRemoval, [Traces.name, traces]) }
  }

  /// What cannot be done now is done at the next start or erasure: a full disk keeps no server from starting.
  func clearAtStart() {
    do {
      guard try pool.read({ try Self.noted(Schema.rewriting, $0) ?? Self.noted(Traces.name, $0) }) != nil else {
        return
      }
      try pool.writeWithoutTransaction { db in
        try db.execute(sql: "INSERT INTO attendee_search (attendee_search) VALUES ('optimize')")
      }
      if try pool.read({ try Self.noted(Schema.rewriting, $0) }) != nil { try pool.vacuum() }
      try pool.writeWithoutTransaction { db in
        _ = try db.checkpoint(.truncate)
        try db.execute(sql: "DELETE FROM upkeep WHERE name IN (?, ?)", arguments: [Schema.rewriting, Traces.name])
      }
    } catch {
      return
    }
  }

  /// Writes the file anew where an earlier version may have left texts in its free pages.
  private func rewriteIfDue() async throws(StoreError) {
    guard try await reading({ db in try Self.noted(Schema.rewriting, db) }) != nil else { return }
    do {
      try await pool.vacuum()
    } catch {
      throw StoreError.translated(error)
    }
    _ = try await upkeep { session in try session.run(Self.noteRemoval, [Schema.rewriting]) }
  }

  /// Merges so many pages of the index of names; the first call, with a negative number, begins.
  ///
  /// - Returns: Whether there was anything to merge.
  private static func merge(_ pages: Int, _ session: any SQLSession) throws -> Bool {
    let before = session.changedRows
    try session.run(Self.merging, [pages])
    // The statement itself counts as one.
    return session.changedRows - before > 1
  }

  /// Takes the log into the file and cuts it to nothing; false where somebody read it all the while.
  private func emptyLog() async throws(StoreError) -> Bool {
    for _ in 0..<Self.tries {
      do {
        let isEmpty = try await pool.writeWithoutTransaction { db in
          try Self.wait(Self.patience, db)
          let emptied = Result {
            // Most of it first, which keeps nobody waiting.
            _ = try db.checkpoint(.passive)
            _ = try db.checkpoint(.truncate)
          }
          try Self.wait(Self.busyPatience, db)
          guard case .failure(let error as DatabaseError) = emptied, error.resultCode == .SQLITE_BUSY else {
            try emptied.get()
            return true
          }
          return false
        }
        if isEmpty { return true }
        try await Task.sleep(for: Self.pause)
      } catch {
        throw StoreError.translated(error)
      }
    }
    return false
  }

  /// How long a connection waits for others.
  private static func wait(_ patience: Duration, _ db: Database) throws {
    try db.execute(sql: "PRAGMA busy_timeout = \(Int(patience / .milliseconds(1)))")
  }

  private static func noted(_ name: String, _ db: Database) throws -> String? {
    try String.fetchOne(db, sql: "SELECT value FROM upkeep WHERE name = ?", arguments: [name])
  }
}
