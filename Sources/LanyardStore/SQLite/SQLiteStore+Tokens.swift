import Foundation
import GRDB
package import LanyardDomain

extension SQLiteStore {
  package func addToken(_ act: Act, _ token: StoredToken) async throws(StoreError) {
    try await recording(act, of: .installation) { db, trail in
      let event = try token.event.map { try EventRow.find($0, db).id }
      try db.execute(
        sql: "INSERT INTO token (id, hash, role, label, created_at, event_id) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [token.id, Data(token.hash), token.role, token.label, token.createdAt.microseconds, event]
      )
      try trail.record(.tokenCreated(token.id, role: token.role, event: token.event))
    }
  }

  package func token(_ id: String) async throws(StoreError) -> StoredToken? {
    try await read { db in
      let statement = try db.cachedStatement(sql: "\(Self.tokenSelection) WHERE token.id = ?")
      return try Row.fetchOne(statement, arguments: [id]).map(Self.token)
    }
  }

  package func tokens() async throws(StoreError) -> [StoredToken] {
    try await read { db in
      try Row.fetchAll(db, sql: "\(Self.tokenSelection) ORDER BY token.created_at, token.id").map(Self.token)
    }
  }

  package func revokeToken(_ act: Act, _ id: String) async throws(StoreError) -> Bool {
    try await recording(act, of: .installation) { db, trail in
      try db.execute(
        sql: "UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
        arguments: [act.now.microseconds, id]
      )
      if db.changesCount > 0 { try trail.record(.tokenRevoked(id)) }
      return try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM token WHERE id = ?)", arguments: [id]) ?? false
    }
  }

  private static let tokenSelection = """
    SELECT token.id, hash, role, label, created_at, revoked_at, event.slug AS event
    FROM token LEFT JOIN event ON event.id = token.event_id
    """

  private static func token(_ row: Row) -> StoredToken {
    StoredToken(
      id: row["id"],
      hash: [UInt8](row["hash"] as Data),
      role: row["role"],
      event: row["event"],
      label: row["label"],
      createdAt: Instant(microseconds: row["created_at"]),
      revokedAt: (row["revoked_at"] as Int64?).map(Instant.init(microseconds:))
    )
  }
}
