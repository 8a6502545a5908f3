import Foundation
import GRDB
package import LanyardDomain
package import LanyardStore
import Synchronization

extension SQLiteStore {
  /// With less room than this on the disk it is tried out whether changes can be recorded; a full batch needs some of it.
  private static let leastRoom = 1 << 20

  package func checkRecording(at now: Instant) async throws(StoreError) {
    let hasRoom = files.room >= Self.leastRoom
    switch recordingState.withLock({ $0 }) {
    case .works where hasRoom: try files.requireInPlace()
    case .fails(.outOfSpace, _) where !hasRoom: throw .outOfSpace
    default: try await tryOut(at: now)
    }
  }

  /// The standing of a file that no server has open, read without changing it; nil where it is no store of Lanyard's.
  package static func standing(ofFileAt path: String) throws(StoreError) -> StoreStanding? {
    do {
      return try DatabaseQueue(path: path, configuration: .readOnly("lanyard.standing")).read { db in
        try SettingTable(SQLiteSession(db)).standing()
      }
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      // No database, or none with these tables.
      return nil
    } catch {
      throw StoreError.translated(error)
    }
  }
}
