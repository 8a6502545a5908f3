import Foundation
import GRDB
package import LanyardDomain
package import LanyardStore

extension SQLiteStore {
  package func addPersonalLink(_ act: Act, _ link: StoredPersonalLink) async throws(StoreError) {
    try await recording(act, of: .event(link.event)) { db, trail in
      let registration = try Self.key(ofRegistration: link.registration, event: link.event, db)
      let going = try Self.personalLinks(of: registration, db).makingRoom(at: act.now)
      try Self.delete(going.forgotten, db)
      try Self.end(going.ended, of: link.registration, event: link.event, trail, db)
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
      let key = try Self.key(ofRegistration: registration, event: event, db)
      return try Self.endPersonalLinks(of: key, named: registration, event: event, trail, db)
    }
  }

  /// Ends all links of a registration, as a part of what else is done with it; returns how many there were.
  @discardableResult
  static func endPersonalLinks(
    of key: Int64,
    named registration: String,
    event: String,
    _ trail: Trail,
    _ db: Database
  ) throws -> Int {
    let links = try personalLinks(of: key, db).ids
    try end(links, of: registration, event: event, trail, db)
    return links.count
  }

  private static func personalLinks(of registration: Int64, _ db: Database) throws -> PersonalLinks {
    let statement = try db.cachedStatement(
      sql: "SELECT id, created_at, expires_at FROM personal_link WHERE registration_id = ?"
    )
    return PersonalLinks(
      try Row.fetchAll(statement, arguments: [registration]).map { row in
        PersonalLinks.Link(
          id: row[0],
          createdAt: Instant(microseconds: row[1]),
          expiresAt: Instant(microseconds: row[2])
        )
      }
    )
  }

  private static func end(
    _ links: [String],
    of registration: String,
    event: String,
    _ trail: Trail,
    _ db: Database
  ) throws {
    guard !links.isEmpty else { return }
    try delete(links, db)
    try trail.record(.unlinked(links, from: registration, of: event))
  }

  private static func delete(_ links: [String], _ db: Database) throws {
    let statement = try db.cachedStatement(sql: "DELETE FROM personal_link WHERE id = ?")
    for link in links { try statement.execute(arguments: [link]) }
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
