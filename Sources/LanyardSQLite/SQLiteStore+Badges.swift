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
      let eventRow = try EventRow.find(event, db).row
      return try drafts.map { draft in
        let registration = try RegistrationRow.find(draft.registration, event: eventRow, db)
        let state = try registration.knownState()
        guard state == .confirmed else {
          throw StoreError.notConfirmed(.registration(draft.registration, of: event), state: state)
        }
        if let badge = try Self.activeBadge(of: registration, db) {
          return IssuedBadge(badge: try badge.badge(of: event), isNew: false)
        }
        if !renewingRevoked, let badge = try Self.revokedBadge(of: registration, db) {
          return IssuedBadge(badge: try badge.badge(of: event), isNew: false)
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
      let registrationID = try registration.map { try RegistrationRow.find($0, event: eventRow, db).id }
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
      guard !row.isErased else {
        throw StoreError.erased(.registration(before.registration, of: event))
      }
      if let etag, etag != before.etag { throw StoreError.etagMismatch }
      let mark = change.applied(to: before.mark)
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
      let registration = try RegistrationRow.find(draft.registration, event: EventRow.find(event, db).row, db)
      guard try Self.activeBadge(of: registration, db)?.id == old.id else {
        throw StoreError.badgeNotActive(.badge(serial, of: event))
      }
      guard registration.state == RegistrationState.confirmed.rawValue else {
        throw StoreError.notConfirmed(
          .registration(draft.registration, of: event),
          state: try registration.knownState()
        )
      }
      try Self.set(.replaced, badge: old.id, trail.feed.next(of: registration.eventId), db)
      try trail.record(.replaced(old.badge(of: event), by: draft.serial))
      try Self.insert(draft, of: registration, trail, db)
      try db.execute(
        sql: "UPDATE badge SET attention = ? WHERE serial = ?",
        arguments: [old.attention, Int64(bitPattern: draft.serial.rawValue)]
      )
      let new = try BadgeRow.find(draft.serial, of: event, db).id
      try NoteTable(SQLiteSession(db)).keep(old.attentionNote, as: .attention, of: new, about: registration.id)
      let badge = try BadgeRow.find(draft.serial, of: event, db).badge(of: event)
      try trail.record(.issued(badge))
      return badge
    }
  }

  package func revoke(_ act: Act, _ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge {
    try await recording(act, of: .event(event)) { db, trail in
      let row = try BadgeRow.find(serial, of: event, db)
      if ![BadgeState.replaced, .revoked].map(\.rawValue).contains(row.state) {
        try Self.set(.revoked, badge: row.id, trail.feed.next(of: trail.feed.take(event)), db)
        try trail.record(.revoked(row.badge(of: event)))
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

  private static func activeBadge(of registration: RegistrationRow, _ db: Database) throws -> BadgeRow? {
    let statement = try db.cachedStatement(
      sql: "\(BadgeRow.selection) WHERE badge.registration_id = ? AND badge.state IN ('ACTIVE', 'NOT_ACTIVATED')"
    )
    return try BadgeRow.fetchOne(statement, arguments: [registration.id])
  }

  /// The last badge of a registration that was revoked.
  private static func revokedBadge(of registration: RegistrationRow, _ db: Database) throws -> BadgeRow? {
    let statement = try db.cachedStatement(
      sql: "\(BadgeRow.selection) WHERE badge.registration_id = ? AND badge.state = 'REVOKED' ORDER BY badge.id DESC"
    )
    return try BadgeRow.fetchOne(statement, arguments: [registration.id])
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
    let revision = try trail.feed.next(of: registration.eventId).value
    try statement.execute(arguments: [
      Int64(bitPattern: draft.serial.rawValue), registration.eventId, registration.id, draft.code,
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
