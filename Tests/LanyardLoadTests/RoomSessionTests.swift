import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf
import Testing

@testable import LanyardLoad

@Suite("The rooms of an event that a load test plays at")
struct RoomSessionTests {
  private static func moment(_ time: String) -> Instant {
    OffsetTime("2024-05-27T\(time):00+02:00")?.instant ?? Instant(seconds: 0)
  }

  private static func session(
    _ title: String,
    _ begins: String,
    _ ends: String,
    _ change: (inout Lanyard_V1_Session) -> Void = { _ in }
  ) -> Lanyard_V1_Session {
    .with {
      ($0.title, $0.checkpoint) = (title, "rooms/hall")
      $0.startTime = Google_Protobuf_Timestamp(moment(begins))
      $0.endTime = Google_Protobuf_Timestamp(moment(ends))
      change(&$0)
    }
  }

  private static let hall = Lanyard_V1_Checkpoint.with {
    ($0.kind, $0.name, $0.displayName, $0.area) = (.sessionDoor, "rooms/hall", "Hall", "hall")
    ($0.directions, $0.reEntryAllowed, $0.timeZone) = (.both, true, "Europe/Zurich")
    $0.earlyEntry.seconds = 900
  }

  /// A minute at the rooms, after which headcounts are read for ten.
  private static var scenario: Scenario {
    var scenario = Scenario(name: "test")
    scenario.place = .rooms
    scenario.phases = [Phase(name: "a", length: .seconds(60), arrivals: .constant(perSecond: 1))]
    return scenario
  }

  private static func door(_ sessions: [Lanyard_V1_Session], at time: String) throws -> Venue.Door? {
    VenueReader.doors([hall], try RoomSessions(sessions), scenario, from: moment(time)).first
  }

  @Test("A room is played where its door leads to one session from before the run until headcounts are read")
  func sessions() throws {
    let sessions = [Self.session("Late", "11:00", "12:30"), Self.session("Opening", "10:00", "11:00")]
    func isPlayed(_ time: String) throws -> Bool? { try Self.door(sessions, at: time)?.isPlayed }
    // Nobody is let in yet; a quarter of an hour early; in its midst; it ends before all is read; the next lets nobody in before.
    #expect(try isPlayed("09:44") == false && isPlayed("09:45") == true && isPlayed("10:30") == true)
    #expect(try isPlayed("10:49") == true && isPlayed("10:50") == false && isPlayed("10:59") == false)
    #expect(try isPlayed("11:00") == true && isPlayed("12:40") == false)
    #expect(try Self.door([], at: "10:30")?.isPlayed == false)
    let elsewhere = Self.session("Elsewhere", "10:00", "11:00") { $0.checkpoint = "rooms/other" }
    #expect(try Self.door([elsewhere], at: "10:30")?.isPlayed == false)
    let overlapping = Self.session("Overlapping", "10:31", "10:32")
    #expect(try Self.door(sessions + [overlapping], at: "10:30")?.isPlayed == false)
  }

  @Test("What began the day before is not played: whoever comes then comes on that day")
  func night() throws {
    let long = Self.session("Night", "10:00", "11:00") {
      $0.startTime = Google_Protobuf_Timestamp(Self.moment("00:00") - .seconds(3600))
    }
    #expect(try Self.door([long], at: "00:30")?.isPlayed == false)
  }

  @Test("A room admits whom its door and its session admit, and as many as either has seats for")
  func rules() throws {
    func door(groups: [String], of session: [String], seats: Int32?, _ capacity: Int32?) throws -> Venue.Door? {
      var hall = Self.hall
      hall.admittedStakeholderGroups = groups
      if let seats { hall.capacity = seats }
      let sessions = [
        Self.session("Opening", "10:00", "11:00") {
          $0.admittedStakeholderGroups = session
          if let capacity { $0.capacity = capacity }
        }
      ]
      return VenueReader.doors([hall], try RoomSessions(sessions), Self.scenario, from: Self.moment("10:30")).first
    }
    let open = try #require(try door(groups: [], of: [], seats: nil, nil))
    #expect(open.admits == nil && open.capacity == nil && open.isPlayed)
    let narrow = try #require(try door(groups: [], of: ["press"], seats: 50, 20))
    #expect(narrow.admits == ["press"] && narrow.capacity == 20)
    let both = try #require(try door(groups: ["press", "states"], of: ["press", "un"], seats: 10, nil))
    #expect(both.admits == ["press"] && both.capacity == 10)
    #expect(try door(groups: ["press"], of: [], seats: nil, 7)?.admits == ["press"])
    let booked = Self.session("Workshop", "10:00", "11:00") { $0.bookedOnly = true }
    #expect(try Self.door([booked], at: "10:30")?.isPlayed == false)
  }

  @Test("Where no room can be played, each says why, and which moment to rehearse")
  func reasons() throws {
    func reason(_ sessions: [Lanyard_V1_Session], _ time: String) throws -> String {
      let span = Self.scenario.span(from: Self.moment(time))
      return VenueReader.noDoor("events/e", .sessionDoor, during: span, among: [Self.hall], try RoomSessions(sessions))
        .description
    }
    let opening = Self.session("Opening", "10:00", "11:00")
    let short = Self.session("Welcome", "09:50", "09:55")
    #expect(
      try reason([short, opening], "08:37")
        == "events/e has no session door at which a load test could be played: Hall (no one session from "
        + "2024-05-27T06:37:00Z to 2024-05-27T06:48:00Z: let the server rehearse 2024-05-27T08:00:00Z, when “Opening” begins)"
    )
    #expect(try reason([opening], "10:55").contains("and later none that is as long"))
    let workshop = Self.session("Workshop", "10:00", "11:00") { $0.bookedOnly = true }
    #expect(try reason([workshop], "10:30").contains("bookings, which is not played"))
    let press = Self.session("Press", "10:00", "11:00") { $0.admittedStakeholderGroups = ["press"] }
    #expect(try reason([press], "10:30").contains("for some groups only"))
  }
}
