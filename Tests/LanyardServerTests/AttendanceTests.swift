import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf
import Testing

@testable import LanyardServer

@Suite("Headcounts that are watched", .blocking, .hangGuard)
struct AttendanceTests {
  private static let name = "events/\(SampleData.forum)/attendance"
  private static let lane = "events/\(SampleData.forum)/checkpoints/entrance-lane-1"

  @Test("Come whole, then those that have changed, and come to the same as those that are asked for")
  func changes() async throws {
    try await ServerHarness.run { server in
      let viewer = server.access(try await server.token(.viewer).text)
      try await Self.watching(viewer) { messages in
        let first = try #require(await messages.next())
        #expect(first.snapshot && first.attendance.checkpoints.count == 16 && first.attendance.name == Self.name)
        var known = Lanyard_V1_Attendance()
        known.take(first)
        let asked = try await withServerConnection(server.access) { client in
          for badge in try await People(client).badges(1...3) {
            _ = try await LaneMethodTests.scan(client) { $0.scan.code = badge.code }
          }
          return try await Lanyard_V1_AttendanceService.Client(wrapping: client).getAttendance(
            .with { $0.name = Self.name }
          )
        }
        while known.peopleInside < 3, let message = await messages.next() {
          #expect(!message.snapshot && message.attendance.checkpoints.count < 16)
          known.take(message)
        }
        #expect(known == asked)
      }
    }
  }

  @Test("Of one checkpoint come when it has changed, and with nothing of others")
  func oneCheckpoint() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane, at: [Self.lane])
      try await Self.watching(device.access, Self.lane) { messages in
        let first = try #require(await messages.next())
        #expect(first.snapshot && first.attendance.checkpoints.map(\.checkpoint) == [Self.lane])
        try await withServerConnection(server.access) { client in
          for number in [2, 1] {
            let badge = try await People(client).badge(number)
            _ = try await LaneMethodTests.scan(client) {
              $0.checkpoint = "events/\(SampleData.forum)/checkpoints/entrance-lane-\(number)"
              $0.scan.code = badge.code
            }
          }
        }
        // Its area is of all lanes, so that it may be told of the other lane by itself.
        var last = first
        while last.attendance.checkpoints.first?.inside != 1, let message = await messages.next() {
          if !message.attendance.checkpoints.isEmpty { last = message }
          #expect(message.attendance.checkpoints.allSatisfy { $0.checkpoint == Self.lane })
        }
        #expect(last.attendance.checkpoints.first?.areaInside == 2 && last.attendance.peopleInside == 2)
      }
    }
  }

  @Test("Come with who is inside, where and since when, and of one checkpoint with who is in its area")
  func people() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
        let badges = try await People(client).badges(1...3)
        var admitted: [Lanyard_V1_CheckIn] = []
        for badge in badges.prefix(2) {
          admitted.append(try await LaneMethodTests.scan(client) { $0.scan.code = badge.code })
        }
        let parent = "events/\(SampleData.forum)"
        let first = try await service.listPeopleInside(.with { ($0.parent, $0.pageSize) = (parent, 1) })
        #expect(first.totalSize == 2 && first.timeZone == "Europe/Zurich" && !first.nextPageToken.isEmpty)
        let rest = try await service.listPeopleInside(
          .with { ($0.parent, $0.pageSize, $0.pageToken) = (parent, 1, first.nextPageToken) }
        )
        let people = first.people + rest.people
        #expect(
          rest.nextPageToken.isEmpty && people.map(\.attendee.registration) == badges.prefix(2).map(\.registration)
        )
        #expect(people.map(\.attendee.displayName) == admitted.map(\.attendee.displayName))
        #expect(people.allSatisfy { $0.places.map(\.checkpoint) == [Self.lane] && $0.places[0].hasAdmitTime })
        let room = try await service.listPeopleInside(
          .with { ($0.parent, $0.checkpoint) = (parent, "\(parent)/checkpoints/plenary-hall") }
        )
        #expect(room.people.isEmpty && room.totalSize == 0)
        let other = await CheckInTests.failure {
          _ = try await service.listPeopleInside(
            .with { ($0.parent, $0.checkpoint, $0.pageToken) = (parent, Self.lane, first.nextPageToken) }
          )
        }
        #expect(other?.fields.map(\.name) == ["page_token"])
      }
    }
  }

  @Test("Come with the scans that a request asks for, the newest first where it says so")
  func scans() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
        let badges = try await People(client).badges(1...2)
        var made: [Lanyard_V1_CheckIn] = []
        for (badge, way) in [
          (badges[0], Lanyard_V1_Direction.in), (badges[1], .in), (badges[0], .in), (badges[0], .out),
        ] {
          made.append(
            try await LaneMethodTests.scan(client) { ($0.scan.code, $0.scan.direction) = (badge.code, way) }
          )
        }
        func listed(_ set: (inout Lanyard_V1_ListCheckInsRequest) -> Void) async throws -> [String] {
          var request = Lanyard_V1_ListCheckInsRequest.with { $0.parent = "events/\(SampleData.forum)" }
          set(&request)
          let page = try await service.listCheckIns(request)
          return page.checkIns.map(\.name)
        }
        let names = made.map(\.name)
        #expect(try await listed { _ in } == names)
        #expect(try await listed { $0.newestFirst = true } == names.reversed())
        #expect(try await listed { $0.registration = badges[1].registration } == [names[1]])
        #expect(try await listed { $0.answer = .refused } == [names[2]])
        #expect(try await listed { $0.reason = .alreadyInside } == [names[2]])
        #expect(try await listed { $0.direction = .out } == [names[3]])
        #expect(try await listed { $0.reporter = made[0].reporter } == names)
        // Nobody's scans would be taken for none.
        let nobody = await CheckInTests.failure { _ = try await listed { $0.reporter = "nobody" } }
        #expect(nobody?.reason == "NOT_FOUND" && nobody?.code == .notFound)
        let conflicts = await CheckInTests.failure {
          _ = try await service.listConflicts(
            .with { ($0.parent, $0.reporter) = ("events/\(SampleData.forum)", "nobody") }
          )
        }
        #expect(conflicts?.reason == "NOT_FOUND")
        let last = made[3].receiveTime
        let after = Google_Protobuf_Timestamp.with { ($0.seconds, $0.nanos) = (last.seconds + 1, last.nanos) }
        let before = made[0].receiveTime
        #expect(try await listed { $0.startTime = before } == names)
        #expect(try await listed { $0.startTime = after } == [])
        #expect(try await listed { $0.endTime = before } == [])
        #expect(try await listed { $0.endTime = after } == names)
        for (field, set) in [
          ("answer", { $0.answer = .UNRECOGNIZED(99) }), ("reason", { $0.reason = .UNRECOGNIZED(99) }),
          ("direction", { $0.direction = .UNRECOGNIZED(99) }), ("start_time", { $0.startTime.nanos = -1 }),
          ("registration", { $0.registration = "events/wsis20-ocp/registrations/none" }),
        ] as [(String, (inout Lanyard_V1_ListCheckInsRequest) -> Void)] {
          let fault = await CheckInTests.failure { _ = try await listed(set) }
          #expect(fault?.fields.map(\.name) == [field])
        }
      }
    }
  }

  @Test("Come with how many came on a day, by what they are and by when, beside who is expected")
  func summary() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
        var remote = People.message(9)
        (remote.participation, remote.country) = (.remote, "CH")
        _ = try await People(client).registration(remote)
        let badges = try await People(client).badges(1...3)
        for badge in badges.prefix(2) {
          for way in [Lanyard_V1_Direction.in, .out, .in] {
            _ = try await LaneMethodTests.scan(client) { ($0.scan.code, $0.scan.direction) = (badge.code, way) }
          }
        }
        let all = try await service.summarizeAttendance(.with { $0.name = Self.name })
        #expect(all.came == 2 && all.expected == 3 && all.confirmed == 4 && all.rows.isEmpty)
        #expect(all.day == "2024-05-27" && all.timeZone == "Europe/Zurich" && all.grouping == .unspecified)
        let kinds = try await service.summarizeAttendance(
          .with { ($0.name, $0.day, $0.grouping) = (Self.name, "2024-05-27", .participation) }
        )
        #expect(kinds.rows.map(\.key) == ["ONSITE", "REMOTE"] && kinds.rows.map(\.came) == [2, 0])
        #expect(kinds.rows.map(\.expected) == [3, 0] && kinds.rows.map(\.confirmed) == [3, 1])
        let hours = try await service.summarizeAttendance(.with { ($0.name, $0.grouping) = (Self.name, .hour) })
        #expect(hours.rows.map(\.key) == ["08:00"] && !hours.rows[0].hasExpected && !hours.rows[0].hasConfirmed)
        for (field, day, grouping) in [
          ("day", "27 May", Lanyard_V1_AttendanceGrouping.hour), ("day", "2024-06-01", .hour),
          ("grouping", "", .UNRECOGNIZED(99)),
        ] {
          let fault = await CheckInTests.failure {
            _ = try await service.summarizeAttendance(
              .with { ($0.name, $0.day, $0.grouping) = (Self.name, day, grouping) }
            )
          }
          #expect(fault?.fields.map(\.name) == [field])
        }
      }
    }
  }

  @Test("Of an event or a checkpoint that is not there are refused, as those of another event are to a device")
  func refusals() async throws {
    try await ServerHarness.run { server in
      #expect(await Self.refusal(server.access, "events/none/attendance")?.code == .notFound)
      let none = "events/\(SampleData.forum)/checkpoints/none"
      #expect(await Self.refusal(server.access, Self.name, none)?.code == .notFound)
      #expect(await Self.refusal(server.access, Self.name, "nowhere")?.fields.map(\.name) == ["checkpoint"])
      let device = try await server.enrol(.lane, at: [Self.lane])
      #expect(await Self.refusal(device.access, "events/wsis20-ocp/attendance")?.reason == "PLACE_NOT_ALLOWED")
    }
  }

  private static func watching(
    _ access: ServerAccess,
    _ checkpoint: String = "",
    _ body: (inout AsyncStream<Lanyard_V1_WatchAttendanceResponse>.Iterator) async throws -> Void
  ) async throws {
    try await Watched.run(access, body) { client, hear in
      try await Lanyard_V1_AttendanceService.Client(wrapping: client).watchAttendance(
        .with { ($0.name, $0.checkpoint) = (name, checkpoint) }
      ) {
        for try await message in $0.messages { hear(message) }
      }
    }
  }

  private static func refusal(_ access: ServerAccess, _ name: String, _ checkpoint: String = "") async -> CallFailure? {
    await CheckInTests.failure {
      try await withServerConnection(access) { client in
        try await Lanyard_V1_AttendanceService.Client(wrapping: client).watchAttendance(
          .with { ($0.name, $0.checkpoint) = (name, checkpoint) }
        ) {
          for try await _ in $0.messages {}
        }
      }
    }
  }
}

@Suite("The states of headcounts")
struct AttendanceStateTests {
  private static let event = SampleData.forum

  private static func counts(_ inside: [Int]) -> AttendanceCounts {
    AttendanceCounts(
      timeZone: "UTC",
      checkpoints: inside.enumerated().map {
        .init(id: "door-\($0)", displayName: "Door \($0)", capacity: nil, inside: $1)
      },
      peopleInside: inside.reduce(0, +)
    )
  }

  private static func states(_ all: [[Int]]) -> [AttendanceFeed.State] {
    all.enumerated().reduce(into: []) { states, next in
      states.append(
        .init(counts(next.element), at: SampleData.firstMorning, sequence: Int64(next.offset), after: states.last)
      )
    }
  }

  private static func told(
    _ state: AttendanceFeed.State,
    after told: Int64,
    _ checkpoint: String? = nil,
    always: Bool = false
  ) throws -> (isSnapshot: Bool, inside: [String: Int32])? {
    let sent = try state.message(of: event, after: told, checkpoint: checkpoint, isRehearsal: false, always: always)
    return try sent.map { sent in
      let message = try Lanyard_V1_WatchAttendanceResponse(serializedBytes: try sent.serializedBytes() as [UInt8])
      return (
        message.snapshot,
        Dictionary(uniqueKeysWithValues: message.attendance.checkpoints.map { ($0.displayName, $0.inside) })
      )
    }
  }

  @Test("Who reads slowly is told the newest of all that it missed, and nothing that has passed")
  func skips() throws {
    let states = Self.states([[0, 0, 0], [1, 0, 0], [2, 0, 0], [2, 1, 0]])
    let whole = try #require(try Self.told(states[3], after: 0))
    #expect(whole.isSnapshot && whole.inside == ["Door 0": 2, "Door 1": 1, "Door 2": 0])
    let skipped = try #require(try Self.told(states[3], after: 1))
    #expect(!skipped.isSnapshot && skipped.inside == ["Door 0": 2, "Door 1": 1])
    let next = try #require(try Self.told(states[3], after: 3))
    #expect(next.inside == ["Door 1": 1])
    #expect(try Self.told(states[3], after: 4) == nil)
    #expect(try Self.told(states[3], after: 4, always: true)?.inside.isEmpty == true)
  }

  @Test("Who watches one door is told nothing while only others change")
  func oneDoor() throws {
    let states = Self.states([[0, 0], [1, 0], [1, 1]])
    #expect(try Self.told(states[1], after: 1, "door-1") == nil)
    #expect(try Self.told(states[2], after: 1, "door-1")?.inside == ["Door 1": 1])
  }

  @Test("Where there are other doors all are told anew")
  func replanned() throws {
    let states = Self.states([[1, 2], [1, 2, 3], [1, 2, 4]])
    let anew = try #require(try Self.told(states[1], after: 1))
    #expect(anew.isSnapshot && anew.inside.count == 3)
    #expect(try Self.told(states[2], after: 1)?.isSnapshot == true)
    #expect(try Self.told(states[2], after: 2)?.inside == ["Door 2": 4])
  }
}
