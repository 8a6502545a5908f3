import Foundation
import GRDB
package import LanyardDomain
package import LanyardStore

extension SQLiteStore {
  package func addPersonalLink(_ act: Act, _ link: StoredPersonalLink) async throws(StoreError) {
    try await recording(act, of: .event(link.event)) { db, trail in
      let registration = try Self.key(ofRegistration: link.registration, event: link.event, db)
      try db.execute(
        sql: "DELETE FROM personal_link WHERE registration_id = ? AND expires_at <= ?",
        arguments: [registration, act.now.microseconds]
      )
      try Self.endPersonalLinks(of: link.registration, event: link.event, but: StoredPersonalLink.limit - 1, trail, db)
      try db.execute(
        sql: "INSERT INTO personal_link (id, hash, registration_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          link.id, Data(link.hash), registration, link.createdAt.microseconds, link.expiresAt.microseconds,
        ]
      )
      try trail.record(.linked(link.id, to: link.registration, of: link.event, until: link.expiresAt))
    }
  }

  package func personalLink(_ id: String) async throws(StoreError) -> StoredPersonalLink? {
    try await reading { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT personal_link.id, hash, registration.public_id, event.slug, personal_link.created_at, expires_at
          FROM personal_link JOIN registration ON registration.id = registration_id
            JOIN event ON event.id = registration.event_id
          WHERE personal_link.id = ?
          """
      )
      return try Row.fetchOne(statement, arguments: [id]).map { row in
        StoredPersonalLink(
          id: row[0],
          hash: [UInt8](row[1] as Data),
          registration: row[2],
          event: row[3],
          createdAt: Instant(microseconds: row[4]),
          expiresAt: Instant(microseconds: row[5])
        )
      }
    }
  }

  package func endPersonalLinks(
    _ act: Act,
    of registration: String,
    event: String
  ) async throws(StoreError) -> Int {
    try await recording(act, of: .event(event)) { db, trail in
      try Self.endPersonalLinks(of: registration, event: event, trail, db)
    }
  }

  /// Ends the links of a registration but the newest, as a part of what else is done with it; returns how many it ended.
  @discardableResult
  static func endPersonalLinks(
    of registration: String,
    event: String,
    but kept: Int = 0,
    _ trail: Trail,
    _ db: Database
  ) throws -> Int {
    let ended = try String.fetchAll(
      db,
      sql: """
        DELETE FROM personal_link WHERE id IN (
          SELECT id FROM personal_link WHERE registration_id = ? ORDER BY created_at DESC, id LIMIT -1 OFFSET ?
        ) RETURNING id
        """,
      arguments: [key(ofRegistration: registration, event: event, db), kept]
    )
    if !ended.isEmpty { try trail.record(.unlinked(ended.sorted(), from: registration, of: event)) }
    return ended.count
  }

  /// The store's key of a registration.
  private static func key(ofRegistration id: String, event: String, _ db: Database) throws -> Int64 {
    let statement = try db.cachedStatement(
      sql: """
        SELECT registration.id FROM registration JOIN event ON event.id = event_id WHERE public_id = ? AND slug = ?
        """
    )
    guard let key = try Int64.fetchOne(statement, arguments: [id, event]) else {
      throw StoreError.notFound(.registration(id, of: event))
    }
    return key
  }
}
