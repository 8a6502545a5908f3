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
      guard list.takesBookings else { throw StoreError.takesNoBookings(place.name) }
      let found = try list.find(registrations)
      var bookings = try list.bookings(of: found, at: act.asked.moments(notBefore: nil).decided)
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
      var bookings = try list.bookings(of: found, at: act.asked.moments(notBefore: nil).decided)
      let gone = bookings.remove(registrations)
      for id in gone {
        try list.remove(found[id]?.key)
        try trail.record(.unbooked(id, for: place))
      }
      return gone.count
    }
  }

  package func openings(
    of event: String,
    for registration: String?,
    at now: Instant
  ) async throws(StoreError) -> [String: SessionOpening] {
    try await survey { session in
      let key = try EventKey.find(event, session)
      let doors = Dictionary(
        try CheckpointRow.all(of: key, session).map { ($0.checkpoint.id, $0.checkpoint) }
      ) { first, _ in first }
      let booked = try registration.map { id in
        try PlaceBookings.all(of: RegistrationRow.key(of: id, of: (event, key), session), event: event, session)
      }
      var openings: [String: SessionOpening] = [:]
      for row in try SessionRow.all(of: key, session) where !row.entry.isWithdrawn {
        guard let door = doors[row.session.checkpoint], Bookings.areTaken(for: row.session, behind: door) else {
          continue
        }
        let place = BookingPlace.session(row.session.id, event: event)
        let bookings = try BookingList(of: place, session).bookings(of: [:], at: now)
        openings[row.session.id] = SessionOpening(
          placesLeft: bookings.left,
          isBooked: booked?.contains(place) ?? false
        )
      }
      return openings
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
  private static let booked = SQL(
    "SELECT 1 FROM booking WHERE registration_id = ? AND checkpoint_id = ? AND session_id = ?"
  )
  private static let addition = SQL(
    "INSERT INTO booking (registration_id, checkpoint_id, session_id) VALUES (?, ?, ?)"
  )
  private static let removal = SQL(
    "DELETE FROM booking WHERE registration_id = ? AND checkpoint_id = ? AND session_id = ?"
  )

  private static let registration = SQL("SELECT id, state FROM registration WHERE public_id = ? AND event_id = ?")
  /// Those that have not ended, through whichever door of an area; what ended before bookings were given back is passed over.
  private static let seated = SQL(
    """
    SELECT registration.public_id FROM booking
    JOIN checkpoint ON checkpoint.id = booking.checkpoint_id
    JOIN registration ON registration.id = booking.registration_id
    WHERE checkpoint.event_id = ? AND checkpoint.area = ? AND booking.session_id = ?
      AND registration.state IN (\(RegistrationState.words(where: \.isLive)))
    """
  )

  private let place: BookingPlace
  private let door: CheckpointRow
  /// Whether anybody can be booked for it.
  let takesBookings: Bool
  /// The store's key of the session; `Booking.noSession` where the place is a checkpoint.
  private let held: Int64
  /// The session; nil where the place is a checkpoint.
  private let ofSession: Session?
  private let session: any SQLSession

  init(of place: BookingPlace, _ session: any SQLSession) throws {
    (self.place, self.session) = (place, session)
    switch place {
    case .checkpoint(let address):
      door = try CheckpointRow.find(address, session)
      (held, ofSession, takesBookings) = (Booking.noSession, nil, true)
    case .session(let id, let event):
      let row = try SessionRow.find(id, of: event, session)
      door = try CheckpointRow.find(CheckpointAddress(event: event, checkpoint: row.session.checkpoint), session)
      (held, ofSession) = (row.key, row.session)
      takesBookings = Bookings.areTaken(for: row.session, behind: door.checkpoint)
    }
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

  /// Who is booked of some registrations, how many in all, and how many the place takes, at each time at which it does.
  func bookings(
    of registrations: [String: (key: Int64, state: RegistrationState)],
    at now: Instant
  ) throws -> Bookings {
    let booked = try registrations.filter { _, found in
      try session.first(Self.booked, [found.key, door.key, held]) { try $0.integer(0) } != nil
    }
    let area = door.checkpoint.area
    let doors = try CheckpointRow.all(of: door.eventKey, session).filter { $0.checkpoint.area == area }
    let behind = Dictionary(doors.map { ($0.checkpoint.id, $0.checkpoint) }) { first, _ in first }
    let sessions = try SessionRow.all(of: door.eventKey, session).filter { row in
      guard !row.entry.isWithdrawn, let door = behind[row.session.checkpoint] else { return false }
      return row.key == held || Bookings.areTaken(for: row.session, behind: door)
    }
    let times = BookedTime.of(
      ofSession,
      among: sessions.map(\.session),
      area: Capacity.ofArea(area, with: doors.map(\.checkpoint)),
      at: now
    )
    let keys = Dictionary(sessions.map { ($0.session.id, $0.key) }) { first, _ in first }
    let ofDoors = try seated(Booking.noSession)
    var ofSessions: [String: Set<String>] = [:]
    for id in times.reduce(into: Set(), { $0.formUnion($1.sessions) }) { ofSessions[id] = try keys[id].map(seated) }
    let seats = times.map { time in
      let all = time.sessions.reduce(into: ofDoors) { $0.formUnion(ofSessions[$1] ?? []) }
      return Bookings.Seats(all.intersection(registrations.keys), count: all.count, capacity: time.capacity)
    }
    return Bookings(Set(booked.keys), seats)
  }

  /// Ids of the registrations that are booked for a session, or for the doors of the area themselves.
  private func seated(_ held: Int64) throws -> Set<String> {
    Set(try session.all(Self.seated, [door.eventKey, door.checkpoint.area, held]) { try $0.text(0) })
  }

  /// - Parameter registration: The store's key.
  func add(_ registration: Int64?) throws { try session.run(Self.addition, [registration, door.key, held]) }

  /// - Parameter registration: The store's key.
  func remove(_ registration: Int64?) throws { try session.run(Self.removal, [registration, door.key, held]) }

  func page(_ page: PageRequest) throws -> Page<String> {
    let booked = try session.all(Self.page, [door.key, held, page.number(), page.size + 1]) { row in
      try (key: row.integer(0), id: row.text(1))
    }
    return page.cut(booked) { PageCursor(.number($0.key)) }.map(\.id)
  }
}
