import GRDB
package import LanyardDomain
package import LanyardStore

extension SQLiteStore {
  package func book(_ act: Act, _ registrations: [String], for place: BookingPlace) async throws(StoreError) -> Int {
    try await recording(act, of: .event(place.event)) { db, trail in
      let (event, door, session) = try Self.keys(of: place, db)
      let keys = try Self.keys(of: registrations, event: event, db)
      var bookings = try Self.bookings(of: keys, door, session, db)
      let new = bookings.add(registrations)
      for id in new {
        try db.execute(sql: "INSERT INTO booking VALUES (?, ?, ?)", arguments: [keys[id], door, session])
        try trail.record(.booked(id, for: place))
      }
      return new.count
    }
  }

  package func unbook(_ act: Act, _ registrations: [String], for place: BookingPlace) async throws(StoreError) -> Int {
    try await recording(act, of: .event(place.event)) { db, trail in
      let (event, door, session) = try Self.keys(of: place, db)
      let keys = try Self.keys(of: registrations, event: event, db)
      var bookings = try Self.bookings(of: keys, door, session, db)
      let gone = bookings.remove(registrations)
      for id in gone {
        try db.execute(
          sql: "DELETE FROM booking WHERE registration_id = ? AND checkpoint_id = ? AND session_id = ?",
          arguments: [keys[id], door, session]
        )
        try trail.record(.unbooked(id, for: place))
      }
      return gone.count
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

  /// The keys of registrations by their ids.
  private static func keys(of ids: [String], event: EventRow, _ db: Database) throws -> [String: Int64] {
    try ids.reduce(into: [:]) { keys, id in
      if keys[id] == nil {
        keys[id] = try RegistrationRow.key(of: id, of: (event.slug, event.id ?? 0), SQLiteSession(db))
      }
    }
  }

  /// Who of some registrations is booked for a place.
  private static func bookings(
    of keys: [String: Int64],
    _ door: Int64?,
    _ session: Int64?,
    _ db: Database
  ) throws -> Bookings {
    let statement = try db.cachedStatement(
      sql: "SELECT 1 FROM booking WHERE registration_id = ? AND checkpoint_id = ? AND session_id = ?"
    )
    let booked = try keys.filter { try Row.fetchOne(statement, arguments: [$0.value, door, session]) != nil }
    return Bookings(Set(booked.keys))
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
