import Foundation
import LanyardDomain
import LanyardSQLite
import LanyardScanner
import LanyardServer
import LanyardStore
import LanyardTexts
import Logging

/// A store that a server runs on.
struct ServedStore: Sendable {
  let store: any Store
  /// Called when nothing uses it any more.
  let close: @Sendable () -> Void
}

/// Opens the store of a data folder.
enum OpenStore {
  /// The store that is there already.
  static func existing(_ folder: DataFolder) async throws -> any Store {
    guard FileManager.default.fileExists(atPath: folder.database) else {
      throw CommandFailure.usage(Sentence(.storeNoneStart, ["folder": .text(folder.path)]))
    }
    return try await opening(folder) {
      try folder.checkStore(SQLiteStore.standing(ofFileAt:))
      return try SQLiteStore(path: folder.database)
    }
  }

  /// The store for a server to run on.
  ///
  /// - Parameters:
  ///   - clock: The server's; data of a rehearsal is not taken for real data, nor the other way round.
  ///   - acceptsLoss: Whether to go on where something of the store was lost.
  ///   - logger: Is told of a loss that is gone on with.
  static func forServer(
    _ folder: DataFolder,
    clock: ServerClock,
    acceptsLoss: Bool,
    _ logger: Logger
  ) async throws -> ServedStore {
    if folder.logIsMissing {
      logger.warning(
        """
        the last server did not end by itself, and \(folder.databaseLog) is gone since. Unless another program had the \
        store open meanwhile, what was recorded in the last second may be lost
        """
      )
    }
    let reserve = DiskReserve(path: folder.reserve)
    let store = try await opening(folder) {
      do {
        return try await open(folder, clock, acceptsLoss, logger)
      } catch StoreError.outOfSpace where reserve.release() {
        logger.warning("the disk of \(folder.path) is full: nothing can be recorded until there is room")
        return try await open(folder, clock, acceptsLoss, logger)
      }
    }
    reserve.take()
    return ServedStore(store: store) {
      // Where it cannot be, the file and its log have it together, which the next start puts right.
      try? store.takeInLog()
    }
  }

  private static func open(
    _ folder: DataFolder,
    _ clock: ServerClock,
    _ acceptsLoss: Bool,
    _ logger: Logger
  ) async throws -> SQLiteStore {
    let mode: StoreMode = clock.isRehearsal ? .rehearsal : .real
    do {
      try folder.checkStore(SQLiteStore.standing(ofFileAt:))
    } catch let loss as StoreLoss where acceptsLoss && loss.canBeAccepted {
      logger.warning("going on although \(Phrasebook.of(.english).text(loss.difference(in: folder)))")
      let store = try SQLiteStore(path: folder.database, mode: mode, .server(at: clock.now))
      // Lanes know more than this store: what they have heard must not be taken for what it says.
      try await store.takeNewName(.server(at: clock.now))
      // The name lies in the file and in the note before anything is recorded under it, so that a log that is lost from
      // now on shows as changes that are missing, and not as another store.
      try store.takeInLog()
      let note = StoreNote(try await store.standing(), isOpen: true)
      try DiskReserve(path: folder.reserve).writing { try folder.write(note) }
      return store
    }
    return try SQLiteStore(path: folder.database, mode: mode, .server(at: clock.now))
  }

  /// Goes through the whole record of a folder and says whether it holds; nil where it is of a version without one.
  ///
  /// - Parameter progress: Is told now and then how far it is.
  static func verify(_ folder: DataFolder, _ progress: @escaping (AuditVerdict) -> Void) throws -> AuditVerdict? {
    guard FileManager.default.fileExists(atPath: folder.database) else {
      throw CommandFailure.usage(Sentence(.storeNone, ["folder": .text(folder.path)]))
    }
    return try SQLiteStore.verify(fileAt: folder.database, progress: progress)
  }

  /// Says what keeps a store from being opened.
  private static func opening(
    _ folder: DataFolder,
    _ body: () async throws -> SQLiteStore
  ) async throws -> SQLiteStore {
    do {
      return try await body()
    } catch let loss as StoreLoss {
      throw loss.failure(in: folder)
    } catch let error as StoreError {
      switch error {
      case .otherMode(let isRehearsal): throw CommandFailure.usage(StoreError.otherMode(isRehearsal))
      case .outOfSpace: throw CommandFailure.unreachable(Sentence(.storeDiskFull, ["folder": .text(folder.path)]))
      default:
        let facts: [String: Sentence.Fact] = ["file": .text(folder.database), "cause": .sentence(error.sentence)]
        throw CommandFailure.unreachable(Sentence(.storeUnopened, facts))
      }
    }
  }
}
