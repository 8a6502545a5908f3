import GRDB
package import LanyardStore

extension SQLiteStore {
  /// Checks the trail and the ledger of a store's file, whether a server runs on it or not; writes nothing.
  ///
  /// - Parameter progress: Told now and then how far it is; may throw to stop.
  /// - Returns: Nil where the file is no store of Lanyard's, or one of a version that had no trail.
  package static func verify(
    fileAt path: String,
    progress: @escaping (AuditVerdict) throws -> Void = { _ in }
  ) throws(StoreError) -> AuditVerdict? {
    do {
      return try DatabaseQueue(path: path, configuration: .readOnly("lanyard.verify")).read { db in
        guard try db.tableExists("change") else { return nil }
        return try TrailCheck.run(
          SQLiteSession(db),
          without: missingColumns(db),
          conflictsAreSigned: Schema.hasSignedConflicts(db),
          progress: progress
        )
      }
    } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) {
      return nil
    } catch {
      throw StoreError.translated(error)
    }
  }

  /// Columns of the ledger that a file of an earlier version does not have.
  static func missingColumns(_ db: Database) throws -> Set<LedgerColumn> {
    let names = Set(try db.columns(in: LedgerColumn.Table.scan.rawValue).map(\.name))
    let missing = try LedgerColumn.Table.allCases.filter { try !db.tableExists($0.rawValue) }
    return Set(
      LedgerColumn.allCases.filter { column in
        column.table == .scan ? !names.contains(column.name) : missing.contains(column.table)
      }
    )
  }
}
