import Foundation
import GRDB
package import LanyardDomain
package import LanyardStore
import Synchronization

extension SQLiteStore {
  /// With less room than this on the disk it is tried out whether changes can be recorded; a full batch needs some of it.
  private static let leastRoom = 1 << 20

  package func standing() async throws(StoreError) -> StoreStanding {
    try await reading(Self.standing)
  }

  package func checkRecording(at now: Instant) async throws(StoreError) {
    let hasRoom = files.room >= Self.leastRoom
    switch recordingState.withLock({ $0 }) {
    case .works where hasRoom: try files.requireInPlace()
    case .fails(.outOfSpace, _) where !hasRoom: throw .outOfSpace
    default: try await tryOut(at: now)
    }
  }

  /// Names the data anew, so that nothing that was heard of it before is taken for what it says now.
  package func takeNewName(_ act: Act) async throws(StoreError) {
    try await recording(act, of: .installation, Self.rename)
  }

  static func rename(_ db: Database, _ trail: Trail) throws {
    try db.execute(sql: "UPDATE setting SET value = lower(hex(randomblob(16))) WHERE name = 'store'")
    try trail.record(.storeRenamed())
  }

  /// The standing of a file that no server has open, read without changing it; nil where it is no store of Lanyard's.
  package static func standing(ofFileAt path: String) throws(StoreError) -> StoreStanding? {
    do {
      return try DatabaseQueue(path: path, configuration: .readOnly("lanyard.standing")).read(standing)
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      // No database, or none with these tables.
      return nil
    } catch {
      throw StoreError.translated(error)
    }
  }

  private static func standing(_ db: Database) throws -> StoreStanding {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT value, (SELECT sum(last_sequence) FROM feed) FROM setting WHERE name = 'store'
        """
    )
    guard let row else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the store has no name") }
    return StoreStanding(store: row[0], sequence: row[1])
  }
}
