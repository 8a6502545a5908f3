package import LanyardDomain

extension SQLEngine {
  package func book(_ act: Act, _ registrations: [String], for place: BookingPlace) async throws(StoreError) -> Int {
    try await write(act, of: .event(place.event)) { session, trail in
      let list = try BookingList(of: place, session)
      var (bookings, keys) = try list.bookings(of: registrations)
      let new = bookings.add(registrations)
      for id in new {
        try list.add(keys[id])
        try trail.record(.booked(id, for: place))
      }
      return new.count
    }
  }

  package func unbook(_ act: Act, _ registrations: [String], for place: BookingPlace) async throws(StoreError) -> Int {
    try await write(act, of: .event(place.event)) { session, trail in
      let list = try BookingList(of: place, session)
      var (bookings, keys) = try list.bookings(of: registrations)
      let gone = bookings.remove(registrations)
      for id in gone {
        try list.remove(keys[id])
        try trail.record(.unbooked(id, for: place))
      }
      return gone.count
    }
  }

  package func bookings(for place: BookingPlace, _ page: PageRequest) async throws(StoreError) -> Page<String> {
    try await survey { session in try BookingList(of: place, session).page(page) }
  }
}

/// Who is booked for one place, within the caller's transaction.
private struct BookingList {
  private static let page = SQL(
    """
    SELECT booking.registration_id, registration.public_id
    FROM booking JOIN registration ON registration.id = booking.registration_id
    WHERE booking.checkpoint_id = ? AND booking.session_id = ? AND booking.registration_id > ?
    ORDER BY booking.registration_id LIMIT ?
    """
  )
  private static let ofRegistration = SQL(
    "SELECT registration_id FROM booking WHERE registration_id = ? AND checkpoint_id = ? AND session_id = ?"
  )
  private static let addition = SQL(
    "INSERT INTO booking (registration_id, checkpoint_id, session_id) VALUES (?, ?, ?)"
  )
  private static let removal = SQL(
    "DELETE FROM booking WHERE registration_id = ? AND checkpoint_id = ? AND session_id = ?"
  )

  private let place: BookingPlace
  /// The store's key of its door.
  private let door: Int64
  /// The store's key of the session; `Booking.noSession` where the place is a checkpoint.
  private let held: Int64
  private let session: any SQLSession

  init(of place: BookingPlace, _ session: any SQLSession) throws {
    (self.place, self.session) = (place, session)
    switch place {
    case .checkpoint(let address): (door, held) = (try CheckpointRow.find(address, session).key, Booking.noSession)
    case .session(let id, let event):
      let row = try SessionRow.find(id, of: event, session)
      (door, held) = (row.door, row.key)
    }
  }

  /// Who of some registrations is booked, and the store's keys of all of them.
  ///
  /// - Throws: `StoreError.notFound` where one is not of the event.
  func bookings(of registrations: [String]) throws -> (bookings: Bookings, keys: [String: Int64]) {
    let event = (place.event, try EventKey.find(place.event, session))
    var (booked, keys) = (Set<String>(), [String: Int64]())
    for id in Set(registrations) {
      let key = try RegistrationRow.key(of: id, of: event, session)
      keys[id] = key
      if try session.has(Self.ofRegistration, [key, door, held]) { booked.insert(id) }
    }
    return (Bookings(booked), keys)
  }

  /// - Parameter registration: The store's key.
  func add(_ registration: Int64?) throws { try session.run(Self.addition, [registration, door, held]) }

  /// - Parameter registration: The store's key.
  func remove(_ registration: Int64?) throws { try session.run(Self.removal, [registration, door, held]) }

  func page(_ page: PageRequest) throws -> Page<String> {
    let booked = try session.all(Self.page, [door, held, page.number(), page.size + 1]) { row in
      try (key: row.integer(0), id: row.text(1))
    }
    return page.cut(booked) { PageCursor(.number($0.key)) }.map(\.id)
  }
}
