import LanyardDomain
import LanyardTesting
import Testing

@testable import lanyard

@Suite("Areas and rooms, as organisers read of them")
struct AreaTests {
  private static func door(_ id: String, _ name: String, area: String, capacity: Int? = nil) -> Checkpoint {
    var door = Checkpoint(id: id, displayName: name, kind: .zone, area: area, timeZone: "Europe/Zurich")
    door.capacity = capacity
    return door
  }

  @Test("An area is called as the room or zone is that has its id, or as its only door, else by its id")
  func names() {
    let names = AreaNames([
      Self.door("room-79ffb278", "Зал 1", area: "room-79ffb278"), Self.door("side", "Side door", area: "room-79ffb278"),
      Self.door("lane-1", "Lane 1", area: "venue"), Self.door("lane-2", "Lane 2", area: "venue"),
      Self.door("lounge-door", "Lounge", area: "lounge"),
    ])
    #expect(["room-79ffb278", "venue", "lounge", "gone"].map { names[$0] } == ["Зал 1", "venue", "Lounge", "gone"])
  }

  @Test("A session takes as many as it says, or its room where that is fewer")
  func limits() {
    let rooms = RoomCapacities([
      Self.door("a", "A", area: "a", capacity: 80), Self.door("b", "B", area: "b"),
      Self.door("c", "C", area: "b", capacity: 9),
      Self.door("d", "D", area: "d"),
    ])
    func limit(_ door: String, _ own: Int?) -> Int? {
      var session = BareValues.session
      (session.checkpoint, session.capacity) = (door, own)
      return rooms.limit(of: session)
    }
    #expect([limit("a", nil), limit("a", 50), limit("a", 100), limit("b", nil)] == [80, 50, 80, 9])
    #expect([limit("d", nil), limit("d", 7), limit("none", nil)] == [nil, 7, nil])
  }
}
