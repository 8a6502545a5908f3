import LanyardDomain
import Testing

@testable import LanyardLoad

@Suite("The event of a load test")
struct VenueMakerTests {
  @Test(
    "Is played on where the server has the doors that it was told, and not else",
    arguments: [Scenario.Place.entrances, .rooms]
  )
  func doors(place: Scenario.Place) throws {
    var scenario = Scenario(name: "test")
    (scenario.place, scenario.lanes, scenario.roomCapacity) = (place, 2, place == .rooms ? 20 : nil)
    let doors = Self.doors(place)
    try VenueMaker.check(doors, for: scenario)
    for index in doors.indices {
      // One that is gone, two of one area, and one without its limit, its group or its hours.
      var lacking = doors
      lacking.remove(at: index)
      var changed = [lacking]
      for change in [
        Self.door(doors[index], area: doors[index].isRoom ? "venue" : "elsewhere"),
        Self.door(doors[index], capacity: 99),
        Self.door(doors[index], admits: .some(doors[index].admits == nil ? ["Academia"] : nil)),
        Self.door(doors[index], isPlayed: !doors[index].isPlayed),
      ] {
        var others = doors
        others[index] = change
        changed.append(others)
      }
      for doors in changed {
        #expect(throws: LoadFailure.self) { try VenueMaker.check(doors, for: scenario) }
      }
    }
  }

  @Test(
    "Is one that may be imported with as many lanes as a scenario may have",
    arguments: [Scenario.Place.entrances, .rooms]
  )
  func programme(place: Scenario.Place) throws {
    var scenario = Scenario(name: "test")
    (scenario.place, scenario.lanes) = (place, 512)
    let events = try Programme.reading(Array(VenueMaker.programme(scenario).utf8)).events
    #expect(events.map(\.checkpoints.count) == [ProgrammeEvent.checkpointLimit])
  }

  private static func doors(_ place: Scenario.Place) -> [Venue.Door] {
    let isRooms = place == .rooms
    let entrances = (1...(isRooms ? 1 : 2)).map {
      Venue.Door(name: "lane-\($0)", displayName: "Lane \($0)", area: "venue", isPlayed: !isRooms)
    }
    let narrow = Venue.Door(
      name: "narrow",
      displayName: "Narrow",
      area: "venue",
      admits: [VenueMaker.narrowGroup],
      isPlayed: !isRooms
    )
    let rooms = (1...2).map {
      Venue.Door(name: "room-\($0)", displayName: "Room \($0)", area: "room-\($0)", isRoom: true, capacity: 20)
    }
    return entrances + [narrow] + (isRooms ? rooms : [])
  }

  /// A door that differs in what is named.
  private static func door(
    _ door: Venue.Door,
    area: String? = nil,
    capacity: Int? = nil,
    admits: Set<String>?? = .none,
    isPlayed: Bool? = nil
  ) -> Venue.Door {
    Venue.Door(
      name: door.name,
      displayName: door.displayName,
      area: area ?? door.area,
      isRoom: door.isRoom,
      isEntrance: door.isEntrance,
      admits: admits ?? door.admits,
      capacity: capacity ?? door.capacity,
      isPlayed: isPlayed ?? door.isPlayed
    )
  }
}
