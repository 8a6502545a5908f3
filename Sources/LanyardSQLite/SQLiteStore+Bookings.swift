import GRDB
package import LanyardDomain
package import LanyardStore

extension SQLiteStore {
  package func book(_ act: Act, _ registrations: [String], for place: BookingPlace) async throws(StoreError) -> Int {
    try await recording(act, of: .event(place.event)) { db, trail in
      let (event, door, session) = try Self.keys(of: place, db)
      return try registrations.reduce(0) { count, id in
        let row = try RegistrationRow.find(id, event: event, db)
        try db.execute(
          sql: "INSERT OR IGNORE INTO booking VALUES (?, ?, ?)",
          arguments: [row.id, door, session]
        )
        let isNew = db.changesCount > 0
        if isNew { try trail.record(.booked(id, for: place)) }
        return count + (isNew ? 1 : 0)
      }
    }
  }

  package func unbook(_ act: Act, _ registrations: [String], for place: BookingPlace) async throws(StoreError) -> Int {
    try await recording(act, of: .event(place.event)) { db, trail in
      let (event, door, session) = try Self.keys(of: place, db)
      return try registrations.reduce(0) { count, id in
        let row = try RegistrationRow.find(id, event: event, db)
        try db.execute(
          sql: "DELETE FROM booking WHERE registration_id = ? AND checkpoint_id = ? AND session_id = ?",
          arguments: [row.id, door, session]
        )
        let wasThere = db.changesCount > 0
        if wasThere { try trail.record(.unbooked(id, for: place)) }
        return count + (wasThere ? 1 : 0)
      }
    }
  }

  package func bookings(for place: BookingPlace, _ page: PageRequest) async throws(StoreError) -> Page<String> {
    try await surveying { db in
      let (_, door, session) = try Self.keys(of: place, db)
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT registration_id, registration.public_id
          FROM booking JOIN registration ON registration.id = booking.registration_id
          WHERE checkpoint_id = ? AND session_id = ? AND registration_id > ? ORDER BY registration_id LIMIT ?
          """,
        arguments: [door, session, page.number(), page.size + 1]
      )
      let booked = rows.map { row -> (key: Int64, id: String) in (row[0], row[1]) }
      return page.cut(booked) { PageCursor(.number($0.key)) }.map(\.id)
    }
  }

  /// The keys of a place: its door, and its session or 0 where it is a checkpoint.
  private static func keys(
    of place: BookingPlace,
    _ db: Database
  ) throws -> (event: EventRow, door: Int64?, session: Int64?) {
    let event = try EventRow.find(place.event, db).row
    switch place {
    case .checkpoint(let address):
      return (event, try CheckpointRow.find(address.checkpoint, event: event, db).id, 0)
    case .session(let id, _):
      let row = try SessionRow.fetchOne(
        db,
        sql: "SELECT * FROM session WHERE event_id = ? AND public_id = ? AND NOT is_withdrawn",
        arguments: [event.id, id]
      )
      guard let row else { throw StoreError.notFound(.session(id, of: event.slug)) }
      return (event, row.checkpointId, row.id)
    }
  }
}
