import Foundation
import GRDB
package import LanyardDomain
package import LanyardStore

extension SQLiteStore {
  package func issue(
    _ act: Act,
    _ drafts: [BadgeDraft],
    of event: String,
    renewingRevoked: Bool
  ) async throws(StoreError) -> [IssuedBadge] {
    try await recording(act, of: .event(event)) { db, trail in
      return try drafts.map { draft in
        let registration = try RegistrationRow.find(
          draft.registration,
          of: (event, trail.feed.take(event)),
          SQLiteSession(db)
        )
        let history = try Self.history(of: registration, event, db)
        if case .kept(let badge) = try history.issue(renewingRevoked: renewingRevoked) {
          return IssuedBadge(badge: badge, isNew: false)
        }
        let revision = try Self.insert(draft, of: registration, trail, db)
        let badge = draft.badge(of: event, issuedAt: act.now, revision: revision)
        try trail.record(.issued(badge))
        return IssuedBadge(badge: badge, isNew: true)
      }
    }
  }

  package func badge(_ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge {
    try await reading { db in
      try BadgeRow.find(serial, of: event, db).badge(of: event)
    }
  }

  package func badges(
    of event: String,
    registration: String?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<Badge> {
    try await surveying { db in
      let eventRow = try EventRow.find(event, db).row
      let registrationID = try registration.map { id in
        try RegistrationRow.key(of: id, of: (event, EventRow.find(event, db).id), SQLiteSession(db))
      }
      let rows = try BadgeRow.fetchAll(
        db,
        sql: """
          \(BadgeRow.selection)
          WHERE badge.event_id = ?1 AND (?2 IS NULL OR badge.registration_id = ?2) AND badge.id > ?3
          ORDER BY badge.id LIMIT ?4
          """,
        arguments: [eventRow.id, registrationID, page.number(), page.size + 1]
      )
      return try page.cut(rows) { PageCursor(.number($0.id)) }.map { try $0.badge(of: event) }
    }
  }

  package func mark(
    _ act: Act,
    _ serial: BadgeSerial,
    of event: String,
    _ change: AttentionChange,
    etag: String?
  ) async throws(StoreError) -> Badge {
    try await recording(act, of: .event(event)) { db, trail in
      let row = try BadgeRow.find(serial, of: event, db)
      let before = try row.badge(of: event)
      let mark = try before.mark(after: change, isErased: row.isErased, etag: etag)
      if mark != before.mark {
        try db.execute(
          sql: "UPDATE badge SET attention = ?, sequence = ? WHERE id = ?",
          arguments: [mark.attention.rawValue, trail.feed.next(of: trail.feed.take(event)).value, row.id]
        )
        try NoteTable(SQLiteSession(db)).keep(mark.note, as: .attention, of: row.id, badge: row.id)
        try trail.record(.marked(before, mark))
      }
      return try BadgeRow.find(serial, of: event, db).badge(of: event)
    }
  }

  package func replace(
    _ act: Act,
    _ serial: BadgeSerial,
    of event: String,
    with draft: BadgeDraft
  ) async throws(StoreError) -> Badge {
    try await recording(act, of: .event(event)) { db, trail in
      let old = try BadgeRow.find(serial, of: event, db)
      let registration = try RegistrationRow.find(
        draft.registration,
        of: (event, trail.feed.take(event)),
        SQLiteSession(db)
      )
      let replaced = try Self.history(of: registration, event, db).replace(old.badge(of: event))
      try Self.set(.replaced, badge: old.id, trail.feed.next(of: trail.feed.take(event)), db)
      try trail.record(.replaced(replaced, by: draft.serial))
      try Self.insert(draft, of: registration, trail, db)
      try db.execute(
        sql: "UPDATE badge SET attention = ? WHERE serial = ?",
        arguments: [old.attention, Int64(bitPattern: draft.serial.rawValue)]
      )
      let new = try BadgeRow.find(draft.serial, of: event, db).id
      try NoteTable(SQLiteSession(db)).keep(old.attentionNote, as: .attention, of: new, about: registration.key)
      let badge = try BadgeRow.find(draft.serial, of: event, db).badge(of: event)
      try trail.record(.issued(badge))
      return badge
    }
  }

  package func revoke(_ act: Act, _ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge {
    try await recording(act, of: .event(event)) { db, trail in
      let row = try BadgeRow.find(serial, of: event, db)
      let badge = try row.badge(of: event)
      let state = badge.state.afterRevoking
      if state != badge.state {
        try Self.set(state, badge: row.id, trail.feed.next(of: trail.feed.take(event)), db)
        try trail.record(.revoked(badge))
      }
      return try BadgeRow.find(serial, of: event, db).badge(of: event)
    }
  }

  private static func set(_ state: BadgeState, badge: Int64, _ number: FeedNumber, _ db: Database) throws {
    try db.execute(
      sql: "UPDATE badge SET state = ?, sequence = ? WHERE id = ?",
      arguments: [state.rawValue, number.value, badge]
    )
  }

  package func signingKeys() async throws(StoreError) -> [StoredSigningKey] {
    try await reading(Self.signingKeys)
  }

  package func addSigningKey(_ act: Act, _ key: StoredSigningKey) async throws(StoreError) -> [StoredSigningKey] {
    try await recording(act, of: .installation) { db, trail in
      try db.execute(
        sql: "INSERT INTO signing_key VALUES (?, ?, ?)",
        arguments: [Int64(key.id), Data(key.privateKey), key.createdAt.microseconds]
      )
      try trail.record(.signingKeyAdded(key.id))
      return try Self.signingKeys(db)
    }
  }

  private static func signingKeys(_ db: Database) throws -> [StoredSigningKey] {
    try Row.fetchAll(db, sql: "SELECT id, private_key, created_at FROM signing_key ORDER BY created_at, id").map {
      StoredSigningKey(
        id: UInt32(truncatingIfNeeded: $0[0] as Int64),
        privateKey: [UInt8]($0[1] as Data),
        createdAt: Instant(microseconds: $0[2])
      )
    }
  }

  /// The badges that a registration has had.
  private static func history(
    of registration: RegistrationRow,
    _ event: String,
    _ db: Database
  ) throws -> BadgeHistory {
    let statement = try db.cachedStatement(
      sql: "\(BadgeRow.selection) WHERE badge.registration_id = ? ORDER BY badge.id"
    )
    let badges = try BadgeRow.fetchAll(statement, arguments: [registration.key]).map { try $0.badge(of: event) }
    return BadgeHistory(
      of: .registration(registration.registration.id, of: event),
      registration.registration.state,
      badges
    )
  }

  /// Records an active badge; returns its revision.
  @discardableResult
  private static func insert(
    _ draft: BadgeDraft,
    of registration: RegistrationRow,
    _ trail: Trail,
    _ db: Database
  ) throws -> Int64 {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO badge (serial, event_id, registration_id, code, state, key_id, issued_at, valid_from, valid_until,
          sequence)
        VALUES (?, ?, ?, ?, 'ACTIVE', ?, ?, ?, ?, ?)
        """
    )
    let event = try trail.feed.take(registration.registration.event)
    let revision = try trail.feed.next(of: event).value
    try statement.execute(arguments: [
      Int64(bitPattern: draft.serial.rawValue), event, registration.key, draft.code,
      Int64(draft.keyID), trail.act.now.microseconds, draft.validity.lowerBound.microseconds,
      draft.validity.upperBound.microseconds, revision,
    ])
    return revision
  }
}

extension BadgeDraft {
  /// The badge that is recorded of it.
  fileprivate func badge(of event: String, issuedAt: Instant, revision: Int64) -> Badge {
    Badge(
      serial: serial,
      event: event,
      registration: registration,
      code: code,
      state: .active,
      keyID: keyID,
      issuedAt: issuedAt,
      validity: validity,
      revision: revision
    )
  }
}
