import Foundation
import GRPCCore
import LanyardAPI
package import LanyardClient
import LanyardDomain
import SwiftProtobuf

/// Makes the event of a load test on a server of its own: doors, people and their badges.
package struct VenueMaker: Sendable {
  /// Slug of the event.
  package static let event = "load-test"
  private static let timeZone = "Europe/Zurich"
  /// The moment that the server rehearses: the first morning.
  private static let opening = "2024-05-27T08:30:00+02:00"
  /// When the doors of the rooms open, the moment that is rehearsed at them, hours later since a clock may be set back,
  /// and when the sessions in them end.
  private static let sessions = (
    opening: "2024-05-27T10:00:00+02:00", rehearsed: "2024-05-27T13:00:00+02:00", end: "2024-05-27T23:00:00+02:00"
  )
  /// The group that alone is admitted at the door that is wrong for everybody else.
  package static let narrowGroup = "Government"

  private let client: ServerClient
  private let scenario: Scenario
  /// Told what is done, and how much of how much.
  private let progress: @Sendable (String, Int, Int) -> Void

  package init(
    _ client: ServerClient,
    _ scenario: Scenario,
    progress: @escaping @Sendable (String, Int, Int) -> Void = { _, _, _ in }
  ) {
    self.client = client
    self.scenario = scenario
    self.progress = progress
  }

  /// When a run on the event begins, and the time in which who is inside stays there: a day, or the rooms' sessions.
  static func day(_ place: Scenario.Place) throws(LoadFailure) -> RunDay {
    func moment(_ text: String) throws(LoadFailure) -> Instant {
      guard let time = OffsetTime(text) else { throw LoadFailure("\(text) is no moment") }
      return time.instant
    }
    guard place == .rooms else { return try RunDay(begins: moment(opening), timeZone: timeZone) }
    return try RunDay(
      begins: moment(sessions.rehearsed),
      span: moment(sessions.opening)..<moment(sessions.end)
    )
  }

  /// Makes all of it.
  package func make() async throws {
    _ = try await Lanyard_V1_EventService.Client(wrapping: client).importProgramme(
      .with { ($0.document, $0.force) = (Data(Self.programme(scenario).utf8), true) }
    )
    try await register()
    try await issue()
    let begins = try Self.day(scenario.place).begins
    let reader = VenueReader(client, event: ResourceName.event(Self.event).description)
    try Self.check(try await reader.doors(for: scenario, from: begins), for: scenario)
  }

  /// How many entrances there are beside the narrow one, or how many rooms beside two entrances; where a programme may not have a door
  /// for each lane, some share one.
  private static func doorCount(_ scenario: Scenario) -> Int {
    min(scenario.lanes, ProgrammeEvent.checkpointLimit - (scenario.place == .rooms ? 2 : 1))
  }

  /// Makes sure that the server has the doors that it was told: the audit takes them from it, and would judge by its mistake.
  static func check(_ doors: [Venue.Door], for scenario: Scenario) throws(LoadFailure) {
    let count = doorCount(scenario)
    let rooms = doors.filter(\.isRoom)
    let entrances = doors.filter { !$0.isRoom }
    let narrow = entrances.filter { $0.admits != nil }
    let isRooms = scenario.place == .rooms
    let right: [(String, Bool)] = [
      ("as many entrances", entrances.count == (isRooms ? 2 : count + 1) && entrances.allSatisfy(\.isEntrance)),
      ("as many rooms", rooms.count == (isRooms ? count : 0)),
      ("one area behind its entrances", Set(entrances.map(\.area)).count == 1),
      ("an area for each room", Set(doors.map(\.area)).count == 1 + rooms.count),
      ("the limit of its rooms", rooms.allSatisfy { $0.capacity == scenario.roomCapacity }),
      ("entrances without a limit", entrances.allSatisfy { $0.capacity == nil }),
      ("one door for one group", narrow.map(\.admits) == [[narrowGroup]] && rooms.allSatisfy { $0.admits == nil }),
      ("doors that are open", doors.count(where: \.isPlayed) == (isRooms ? count : count + 1)),
    ]
    if let wrong = right.first(where: { !$0.1 }) {
      throw LoadFailure("the server has not the event that it was told: it lacks \(wrong.0)")
    }
  }

  /// The event's programme, as a programme file has it.
  static func programme(_ scenario: Scenario) -> String {
    let (count, isRooms) = (doorCount(scenario), scenario.place == .rooms)
    let lanes = (1...count).map { #"{"id": "lane-\#($0)", "name": "Lane \#($0)"}"# }
    let entrances =
      (isRooms ? [lanes[0]] : lanes) + [
        #"{"id": "narrow", "name": "Delegates' entrance", "admits_stakeholder_groups": ["\#(narrowGroup)"]}"#
      ]
    let capacity = scenario.roomCapacity.map { #", "capacity": \#($0)"# } ?? ""
    let rooms = (1...count).map { #"{"name": "Room \#($0)", "early_entry_minutes": 15\#(capacity)}"# }
    let sessions = (1...count).map {
      #"{"code": "S\#($0)", "title": "Session \#($0)", "room": "Room \#($0)", "#
        + #""start": "2024-05-27T10:15:00+02:00", "end": "\#(Self.sessions.end)"}"#
    }
    let groups = InventedPeople.groupNames.map { "\"\($0)\"" }.joined(separator: ", ")
    return """
      {"events": [{"slug": "\(event)", "title": "Load test", "start_date": "2024-05-27", "end_date": "2024-05-31",
        "time_zone": "\(timeZone)", "remote_participation": true, "stakeholder_groups": [\(groups)],
        "entrances": [\(entrances.joined(separator: ", "))],
        "rooms": [\(isRooms ? rooms.joined(separator: ", ") : "")],
        "sessions": [\(isRooms ? sessions.joined(separator: ", ") : "")]}]}
      """
  }

  private func register() async throws {
    let (people, seed) = (scenario.people, scenario.seed)
    let response = try await Lanyard_V1_RegistrationService.Client(wrapping: client).importRegistrations { writer in
      try await writer.write(.with { $0.parent = ResourceName.event(Self.event).description })
      var invented = InventedPeople(seed: seed)
      for first in stride(from: 0, to: people, by: RequestLimit.rows) {
        let rows = (first..<min(first + RequestLimit.rows, people)).map { number in
          Lanyard_V1_ImportRegistrationsRequest.Row.with {
            $0.row = Int32(number + 1)
            // Somebody has to be there, however few are registered.
            $0.registration = invented.next(isOnsite: number == 0 ? true : nil)
          }
        }
        try await writer.write(.with { $0.rows = rows })
        progress("registering people", first + rows.count, people)
      }
    }
    guard response.refusedCount == 0 else {
      let first = response.refused.first.map { "\($0.field): \($0.reason)" } ?? ""
      throw LoadFailure("the event's own people were refused; the first for \(first)")
    }
  }

  private func issue() async throws {
    var names: [String] = []
    for try await page in Pages.registrations(client, of: ResourceName.event(Self.event).description) {
      names += page.map(\.name)
    }
    let service = Lanyard_V1_BadgeService.Client(wrapping: client)
    for first in stride(from: 0, to: names.count, by: RequestLimit.badges) {
      let part = names[first..<min(first + RequestLimit.badges, names.count)]
      _ = try await service.batchIssueBadges(
        .with {
          $0.parent = ResourceName.event(Self.event).description
          $0.registrations = Array(part)
        }
      )
      progress("issuing badges", first + part.count, names.count)
    }
  }
}
