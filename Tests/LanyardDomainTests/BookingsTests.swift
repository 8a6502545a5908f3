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
