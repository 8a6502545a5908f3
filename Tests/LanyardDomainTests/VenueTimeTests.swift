import LanyardDomain
import LanyardTesting
import Testing

@Suite("The clock of a place")
struct VenueTimeTests {
  @Test("Shows the time on the wall, through its changes")
  func wallClock() {
    let geneva = VenueTime(zone: "Europe/Zurich")
    #expect(geneva.dateAndTime(at("2024-05-27T06:30:00Z")) == "2024-05-27 08:30")
    #expect(geneva.timeOfDay(at("2024-01-15T06:30:00Z")) == "07:30")
    #expect(VenueTime(zone: "Asia/Tokyo").dateAndTime(at("2024-05-27T16:05:00Z")) == "2024-05-28 01:05")
  }
}
