package import LanyardDomain

extension SQLEngine {
  package func book(
    _ act: Act,
    _ registrations: [String],
    for place: BookingPlace,
    insisting: Bool
  ) async throws(StoreError) -> PlaceBookings.Made {
    try await write(act, of: .event(place.event)) { session, trail in
      let list = try BookingList(of: place, session)
      let found = try list.find(registrations)
      var bookings = try list.bookings(of: found)
      let candidates = registrations.compactMap { id in found[id].map { Bookings.Candidate(id, $0.state) } }
      let answer = try bookings.add(candidates, insisting: insisting)
      for id in answer.added {
        try list.add(found[id]?.key)
        try trail.record(.booked(id, for: place))
      }
      return PlaceBookings.Made(answer: answer, count: bookings.count, capacity: bookings.capacity)
    }
  }

  package func unbook(_ act: Act, _ registrations: [String], for place: BookingPlace) async throws(StoreError) -> Int {
    try await write(act, of: .event(place.event)) { session, trail in
      let list = try BookingList(of: place, session)
      let found = try list.find(registrations)
      var bookings = try list.bookings(of: found)
      let gone = bookings.remove(registrations)
      for id in gone {
        try list.remove(found[id]?.key)
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

  private static let registration = SQL("SELECT id, state FROM registration WHERE public_id = ? AND event_id = ?")
  /// Those that have not ended; what ended before bookings were given back is passed over.
  private static let count = SQL(
    """
    SELECT count(*) FROM booking JOIN registration ON registration.id = booking.registration_id
    WHERE booking.checkpoint_id = ? AND booking.session_id = ? AND registration.state IN (\(RegistrationState.words(where: \.isLive)))
    """
  )

  private let place: BookingPlace
  /// How many it takes; nil where there is no limit.
  private let capacity: Int?
  /// The store's key of its door.
  private let door: Int64
  /// The store's key of the session; `Booking.noSession` where the place is a checkpoint.
  private let held: Int64
  private let session: any SQLSession

  init(of place: BookingPlace, _ session: any SQLSession) throws {
    (self.place, self.session) = (place, session)
    let (address, ofSession): (CheckpointAddress, Int?)
    switch place {
    case .checkpoint(let checkpoint):
      (address, ofSession, held) = (checkpoint, nil, Booking.noSession)
    case .session(let id, let event):
      let row = try SessionRow.find(id, of: event, session)
      held = row.key
      address = CheckpointAddress(event: event, checkpoint: row.session.checkpoint)
      ofSession = row.session.capacity
    }
    let row = try CheckpointRow.find(address, session)
    door = row.key
    let checkpoints = try CheckpointRow.all(of: row.eventKey, session).map(\.checkpoint)
    capacity = Capacity.least([Capacity.ofArea(row.checkpoint.area, with: checkpoints), ofSession])
  }

  /// The store's keys of registrations, and where they stand.
  ///
  /// - Throws: `StoreError.notFound` where one is not of the event.
  func find(_ registrations: [String]) throws -> [String: (key: Int64, state: RegistrationState)] {
    let event = try EventKey.find(place.event, session)
    var found: [String: (key: Int64, state: RegistrationState)] = [:]
    for id in Set(registrations) {
      let row = try session.first(Self.registration, [id, event]) { row in
        try (key: row.integer(0), state: known(row.text(1), "registration", "state") as RegistrationState)
      }
      guard let row else { throw StoreError.notFound(.registration(id, of: place.event)) }
      found[id] = row
    }
    return found
  }

  /// Who is booked of some registrations, how many in all, and how many the place takes.
  func bookings(of registrations: [String: (key: Int64, state: RegistrationState)]) throws -> Bookings {
    let booked = try registrations.filter { try session.has(Self.ofRegistration, [$0.value.key, door, held]) }
    let count: Int = try session.first(Self.count, [door, held]) { try $0[0] } ?? 0
    return Bookings(Set(booked.keys), count: count, capacity: capacity)
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
