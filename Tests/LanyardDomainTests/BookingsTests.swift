import LanyardDomain
import LanyardTesting
import Testing

extension Bookings {
  /// With the seats of one time.
  fileprivate init(_ booked: Set<String>, elsewhere: Set<String> = [], count: Int, capacity: Int?) {
    self.init(booked, [Seats(booked.union(elsewhere), count: count, capacity: capacity)])
  }
}

@Suite("Bookings") struct BookingsTests {
  private func confirmed(_ ids: String...) -> [Bookings.Candidate] { ids.map { .init($0, .confirmed) } }

  @Test("Count who was not booked before, each once") func adds() throws {
    var bookings = Bookings(["a"], count: 1, capacity: nil)
    #expect(try bookings.add(confirmed("b", "a", "b", "c"), insisting: false).added == ["b", "c"])
    #expect(try bookings.add(confirmed("a", "b", "c"), insisting: false) == Bookings.Answer())
    #expect(bookings.count == 3)
  }

  @Test("Count whom they are taken back from, each once") func removes() throws {
    var bookings = Bookings(["a", "b"], count: 2, capacity: nil)
    #expect(bookings.remove(["b", "x", "b"]) == ["b"])
    #expect(try bookings.add(confirmed("a", "b"), insisting: false).added == ["b"])
  }

  @Test("Keep the capacity, all of a request or none of it, unless somebody insists") func capacity() throws {
    var bookings = Bookings(["a"], count: 8, capacity: 10)
    #expect(throws: BookedOut(capacity: 10, booked: 8, asked: 3)) {
      try bookings.add(confirmed("a", "b", "c", "d"), insisting: false)
    }
    #expect(try bookings.add(confirmed("a", "b", "c"), insisting: false).added == ["b", "c"] && bookings.count == 10)
    // Who is booked already asks for no more, also where the place was made smaller since.
    #expect(try bookings.add(confirmed("a", "b"), insisting: false) == Bookings.Answer())
    #expect(try bookings.add(confirmed("d"), insisting: true).added == ["d"] && bookings.count == 11)
  }

  @Test("Take one place of an area for a person, whatever doors of it they are booked for") func area() throws {
    var bookings = Bookings(["a"], elsewhere: ["a", "b"], count: 2, capacity: 3)
    #expect(try bookings.add(confirmed("a", "b", "c"), insisting: false).added == ["b", "c"])
    #expect(bookings.count == 3)
    #expect(throws: BookedOut(capacity: 3, booked: 3, asked: 1)) { try bookings.add(confirmed("d"), insisting: false) }
  }

  @Test("Keep the capacity of each time at which they take a place, and none is booked where one has no room")
  func times() throws {
    let seats = [Bookings.Seats([], count: 0, capacity: 2), .init(["a"], count: 2, capacity: 2)]
    var bookings = Bookings([], seats)
    #expect(throws: BookedOut(capacity: 2, booked: 2, asked: 1)) {
      try bookings.add(confirmed("a", "b"), insisting: false)
    }
    #expect(bookings.count == 0)
    #expect(try bookings.add(confirmed("a"), insisting: false).added == ["a"] && bookings.count == 1)
  }

  @Test("Of a door take a place of each session behind it that has not ended, of a session one of what is held then")
  func whenTaken() {
    func session(_ code: String, _ hours: Range<Int64>, capacity: Int? = nil) -> Session {
      let day = at("2024-05-27T00:00:00Z")
      let span = day + .seconds(hours.lowerBound * 3600)..<day + .seconds(hours.upperBound * 3600)
      var session = Session(code: code, title: "", span: span, timeZone: "Etc/UTC", room: "R", checkpoint: "r")
      session.capacity = capacity
      return session
    }
    let (first, second) = (session("a", 9..<10, capacity: 2), session("b", 10..<11))
    let (beside, long) = (session("c", 9..<10), session("d", 8..<12))
    let early = at("2024-05-26T00:00:00Z")
    #expect(BookedTime.of(nil, among: [], area: 5, at: early) == [BookedTime([], capacity: 5)])
    #expect(
      BookedTime.of(nil, among: [first, second], area: 5, at: early) == [
        BookedTime([], capacity: 5), BookedTime(["a"], capacity: 2), BookedTime(["b"], capacity: 5),
      ]
    )
    #expect(
      BookedTime.of(nil, among: [first, second], area: 5, at: at("2024-05-27T10:00:00Z")) == [
        BookedTime([], capacity: 5), BookedTime(["b"], capacity: 5),
      ]
    )
    #expect(BookedTime.of(first, among: [first, second], area: 5, at: early) == [BookedTime(["a"], capacity: 2)])
    // Behind two doors of one area.
    #expect(
      BookedTime.of(first, among: [first, second, beside], area: 5, at: early) == [
        BookedTime(["a"], capacity: 2), BookedTime(["a", "c"], capacity: 5),
      ]
    )
    #expect(
      BookedTime.of(long, among: [first, second, beside], area: 5, at: early) == [
        BookedTime(["d"], capacity: 5), BookedTime(["a", "c", "d"], capacity: 5), BookedTime(["b", "d"], capacity: 5),
      ]
    )
  }

  @Test("Name who is not confirmed yet, and pass over who has ended") func states() throws {
    var bookings = Bookings([], count: 0, capacity: 3)
    let candidates = RegistrationState.allCases.map { Bookings.Candidate($0.rawValue, $0) }
    let answer = try bookings.add(candidates, insisting: false)
    let live = RegistrationState.allCases.filter(\.isLive).map(\.rawValue)
    #expect(answer.added == live && answer.notConfirmed == live.filter { $0 != "CONFIRMED" })
    #expect(answer.ended == RegistrationState.allCases.filter { !$0.isLive }.map(\.rawValue))
  }
}

@Suite("A booking at a door")
struct BookingAtDoorTests {
  @Test("Counts where it is of the checkpoint, or of the session that it leads to now")
  func counts() {
    let venue = Venue()
    for (key, session) in [(Venue.lane1, nil), (Venue.roomA, Key<Session>(1)), (Venue.roomB, Key<Session>(4))] {
      let door = venue.door(key, at("2024-05-27T09:30:00+02:00"))
      #expect(door.session?.key == session)
      for checkpoint in venue.checkpoints.keys {
        #expect(door.isBooked(by: .checkpoint(checkpoint)) == (checkpoint == key))
      }
      for record in venue.sessions { #expect(door.isBooked(by: .session(record.key)) == (record.key == session)) }
    }
  }

  @Test("Counts for the next session of the room once that one is led to")
  func next() {
    let venue = Venue()
    let (first, second) = (Booking.session(Key(1)), Booking.session(Key(2)))
    let now = venue.door(Venue.roomA, at("2024-05-27T09:30:00+02:00"))
    let later = venue.door(Venue.roomA, at("2024-05-27T11:30:00+02:00"))
    #expect(now.isBooked(by: first) && !now.isBooked(by: second))
    #expect(!later.isBooked(by: first) && later.isBooked(by: second))
  }
}
