import GRDB
import GRDBSQLite
import Synchronization

/// Takes what the log holds into the file, beside the connection that writes.
///
/// SQLite does that by itself, within the commit that finds a thousand pages in the log: whoever waits for that commit waits for
/// the file's writes and its sync too (https://www.sqlite.org/wal.html, 3.2). Here another connection does most of it meanwhile.
/// Since a log that is written to all the time is never wholly in the file, the writing connection takes the rest, the little
/// that came during the last turn, once the log is long; then it begins anew. Where much is written at once the rest is never
/// little: then the writing connection takes all of it before the log is four times as long.
final class LogKeeper: Sendable {
  private struct State {
    /// Pages of the log that are in the file too.
    var taken = 0
    /// How many the log had when they were last tried to be taken.
    var tried = 0
    var isAtWork = false
    /// Whether a turn has ended since the writing connection took the rest.
    var mayFinish = false

    /// What is to be done now that the log has so many pages.
    mutating func work(pages: Int, turn: Int, limit: Int) -> Work {
      if pages < tried { (taken, tried) = (0, 0) }
      guard !isAtWork else { return .none }
      let isLong = pages >= limit && pages - taken <= turn
      // Where each commit is longer than a turn, as while many people are imported, the rest is never little.
      if mayFinish, isLong || pages >= LogKeeper.excess * limit {
        (mayFinish, tried) = (false, pages)
        return .finish
      }
      guard pages - tried >= turn else { return .none }
      (isAtWork, tried) = (true, pages)
      return .turn
    }
  }

  private enum Work {
    case none, turn, finish
  }

  /// From so many times its limit on, the log is taken in whole, whoever waits for it.
  static let excess = 4

  let connection: DatabaseQueue
  private let turn: Int
  private let limit: Int
  private let state = Mutex(State())

  /// - Parameters:
  ///   - path: Path of the SQLite file, which is there and has a log.
  ///   - turn: So many pages more in the log are a turn of work.
  ///   - limit: From so many pages on the log is to begin anew; 8,000 are 32 MB.
  init(path: String, turn: Int = 1_000, limit: Int = 8_000) throws {
    (self.turn, self.limit) = (turn, limit)
    var configuration = Configuration()
    configuration.label = "lanyard.log"
    connection = try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Does the work for a connection that writes until that is closed.
  func attach(to db: OpaquePointer) {
    let context = Unmanaged.passRetained(self).toOpaque()
    // A connection lets go of a function's context when it is closed, of a hook's never.
    sqlite3_create_function_v2(db, "lanyard_log_keeper", 0, SQLITE_UTF8, context, { _, _, _ in }, nil, nil) { context in
      if let context { Unmanaged<LogKeeper>.fromOpaque(context).release() }
    }
    sqlite3_wal_hook(
      db,
      { context, db, name, pages in
        guard let context, let db else { return SQLITE_OK }
        Unmanaged<LogKeeper>.fromOpaque(context).takeUnretainedValue().committed(db, name, pages: Int(pages))
        return SQLITE_OK
      },
      context
    )
  }

  /// Is called after each commit, with no lock of the database held.
  private func committed(_ db: OpaquePointer, _ name: UnsafePointer<CChar>?, pages: Int) {
    switch state.withLock({ $0.work(pages: pages, turn: turn, limit: limit) }) {
    case .none: break
    case .turn:
      connection.asyncWriteWithoutTransaction { [self] db in
        // What cannot be taken now, as where the disk is full, is taken in another turn.
        let result = try? db.checkpoint(.passive)
        state.withLock { state in
          state.isAtWork = false
          state.mayFinish = true
          if let result { state.taken = result.checkpointedFrameCount }
        }
      }
    case .finish:
      var taken: Int32 = 0
      guard sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE, nil, &taken) == SQLITE_OK else { return }
      state.withLock { $0.taken = Int(taken) }
    }
  }
}
