import LanyardDomain
import Testing

@Suite("Bookings") struct BookingsTests {
  @Test("Count who was not booked before, each once") func adds() {
    var bookings = Bookings(["a"])
    #expect(bookings.add(["b", "a", "b", "c"]) == ["b", "c"])
    #expect(bookings.add(["a", "b", "c"]).isEmpty)
  }

  @Test("Count whom they are taken back from, each once") func removes() {
    var bookings = Bookings(["a", "b"])
    #expect(bookings.remove(["b", "x", "b"]) == ["b"])
    #expect(bookings.add(["a", "b"]) == ["b"])
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
