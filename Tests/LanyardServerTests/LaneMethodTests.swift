import BadgeCodes
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("What lanes may do beside scanning")
struct LaneMethodTests {
  private static let event = "events/\(SampleData.forum)"
  private static let lane = "\(event)/checkpoints/entrance-lane-1"

  @Test("a simulated scan is answered and leaves nothing behind")
  func simulate() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let code = try await People(client).badge(1).code
        for _ in 0..<2 {
          let tried = try await Self.scan(client) { request in
            request.scan.code = code
            request.simulate = true
          }
          #expect(tried.answer == .admitted && tried.simulated)
        }
        let attendance = Lanyard_V1_AttendanceService.Client(wrapping: client)
        #expect(try await attendance.listCheckIns(.with { $0.parent = Self.event }).checkIns.isEmpty)
        #expect(try await Self.scan(client) { $0.scan.code = code }.answer == .admitted)
      }
    }
  }

  @Test("a supervisor overrides a refusal with a note, and it is recorded who did")
  func override() async throws {
    try await ServerHarness.run { server in
      let code = try await withServerConnection(server.access) { client in
        let code = try await People(client).badge(1).code
        _ = try await Self.scan(client) { $0.scan.code = code }
        return code
      }
      let note = Lanyard_V1_Override.with { ($0.note, $0.operator) = ("Lost the group", "AB") }
      for isSupervisor in [false, true] {
        let device = try await server.enrol(.lane, at: [Self.lane], supervisor: isSupervisor)
        try await withServerConnection(device.access) { client in
          let failure = try await DeviceTests.failure {
            let answer = try await Self.scan(client) { ($0.scan.code, $0.scan.override) = (code, note) }
            #expect(answer.answer == .admitted && answer.overriddenReason == .alreadyInside)
            #expect(answer.override == note && device.device.name.hasSuffix(answer.reporter))
          }
          #expect(failure?.reason == (isSupervisor ? nil : "SUPERVISOR_NEEDED"))
          let empty = try await DeviceTests.failure {
            _ = try await Self.scan(client) { ($0.scan.code, $0.scan.override) = (code, .init()) }
          }
          #expect(empty?.fields.first?.name == "scan.override.note")
        }
      }
    }
  }

  @Test("a badge that is marked is admitted with what the operator sees to")
  func attention() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let badge = try await People(client).badge(1)
        _ = try await Lanyard_V1_BadgeService.Client(wrapping: client).updateBadge(
          .with {
            $0.badge.name = badge.name
            $0.badge.attention = .escort
            $0.badge.attentionNote = "Call protocol"
            $0.updateMask.paths = ["attention", "attention_note"]
          }
        )
        let answer = try await Self.scan(client) { $0.scan.code = badge.code }
        #expect(answer.answer == .admitted && answer.attendee.attention == .escort)
        #expect(answer.attendee.attentionNote == "Call protocol")
      }
    }
  }

  @Test("the device takes its own scan back for 15 minutes, a supervisor any scan at any time; occupancy follows")
  func undo() async throws {
    try await ServerHarness.run { server in
      let code = try await withServerConnection(server.access) { try await People($0).badge(1).code }
      let (own, other) = (try await server.enrol(.lane), try await server.enrol(.lane))
      let scanned = try await withServerConnection(own.access) { client in
        try await Self.scan(client) { $0.scan.code = code }
      }
      func undo(_ access: ServerAccess) async throws -> String? {
        try await withServerConnection(access) { client in
          try await DeviceTests.failure {
            let undone = try await Lanyard_V1_CheckInService.Client(wrapping: client).undoCheckIn(
              .with { ($0.name, $0.note) = (scanned.name, "wrong person") }
            )
            #expect(undone.hasUndo && undone.undo.note == "wrong person")
          }?.reason
        }
      }
      #expect(try await undo(other.access) == "UNDO_REFUSED")
      server.clock.advance(by: .seconds(15 * 60 + 1))
      #expect(try await undo(own.access) == "UNDO_REFUSED")
      #expect(try await undo(server.access) == nil)
      #expect(try await undo(other.access) == nil)
      let inside = try await server.store.attendance(of: SampleData.forum, checkpoint: nil, at: server.clock.now)
      #expect(inside.peopleInside == 0)
      let again = try await withServerConnection(own.access) { client in
        try await Self.scan(client) { $0.scan.code = code }
      }
      #expect(again.answer == .admitted)
    }
  }

  @Test("a scan out that nobody made is recorded with its note where the event has such, and only out")
  func missedExit() async throws {
    for isAllowed in [false, true] {
      var programme = try SampleData.programme()
      programme.events[1].event.allowsMissedExits = isAllowed
      try await ServerHarness.run(programme: programme) { server in
        let code = try await withServerConnection(server.access) { try await People($0).badge(1).code }
        let device = try await server.enrol(.lane, at: [Self.lane])
        try await withServerConnection(device.access) { client in
          #expect(try await Self.scan(client) { $0.scan.code = code }.answer == .admitted)
          let note = Lanyard_V1_MissedExit.with { ($0.note, $0.operator) = ("lunch", "AB") }
          let failure = try await DeviceTests.failure {
            let answer = try await Self.scan(client) {
              ($0.scan.code, $0.scan.direction, $0.scan.missedExit) = (code, .out, note)
            }
            #expect(answer.answer == .left && answer.missedExit == note && !answer.wasNotInside)
          }
          #expect(failure?.reason == (isAllowed ? nil : "MISSED_EXIT_NOT_ALLOWED"))
          let back = try await Self.scan(client) { $0.scan.code = code }
          #expect(back.answer == (isAllowed ? .admitted : .refused))
          let inward = try await DeviceTests.failure {
            _ = try await Self.scan(client) {
              ($0.scan.code, $0.scan.direction, $0.scan.missedExit) = (code, .in, note)
            }
          }
          #expect(inward?.fields.map(\.name) == ["scan.missed_exit"])
          let silent = try await DeviceTests.failure {
            _ = try await Self.scan(client) {
              ($0.scan.code, $0.scan.direction, $0.scan.missedExit) = (code, .out, .init())
            }
          }
          #expect(silent?.fields.map(\.name) == ["scan.missed_exit.note"])
        }
      }
    }
  }

  @Test("a scan that was taken back before it arrived is never recorded")
  func undoBeforehand() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let code = try await People(client).badge(1).code
        let id = UUID().uuidString.lowercased()
        _ = try await Lanyard_V1_CheckInService.Client(wrapping: client).undoCheckIn(
          .with { $0.name = "\(Self.event)/checkIns/\(id)" }
        )
        let failure = try await DeviceTests.failure {
          _ = try await Self.scan(client) { ($0.scan.code, $0.scan.scanID) = (code, id) }
        }
        #expect(failure?.reason == "SCAN_TAKEN_BACK")
      }
    }
  }

  @Test("people are found by name and organisation in any script, never by e-mail, and let in without their badge")
  func search() async throws {
    try await ServerHarness.run { server in
      _ = try await withServerConnection(server.access) { try await People($0).badges(1...3) }
      let device = try await server.enrol(.lane, at: [Self.lane])
      try await withServerConnection(device.access) { client in
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        func search(_ query: String) async throws -> Lanyard_V1_SearchAttendeesResponse {
          try await service.searchAttendees(.with { ($0.parent, $0.query) = (Self.event, query) })
        }
        #expect(try await search("مُحمد").matches.count == 3)
        let first = try await search("organisation 1").matches.first
        #expect(first?.badgeEnding.isEmpty == false && first?.badge.hasSuffix(first?.badgeEnding ?? "-") == true)
        #expect(first?.registrationState == .confirmed && first?.participation == .onsite && first?.inside == false)
        #expect(try await search("example.org").matches.isEmpty)
        #expect(try await search("person1@").matches.isEmpty)
        let found = try await search("ORGANISATION 2")
        #expect(found.matches.count == 1)
        let badge = found.matches.first?.badge ?? ""
        let answer = try await Self.scan(client) { $0.scan.badge = badge }
        #expect(answer.answer == .admitted && answer.attendee.displayName == "محمد Nº 2")
        #expect(try await search("organisation 2").matches.map(\.inside) == [true])
        let short = try await DeviceTests.failure { _ = try await search("a") }
        #expect(short?.fields.map(\.name) == ["query"])
      }
      let door = try await server.enrol(.door)
      try await withServerConnection(door.access) { client in
        let failure = try await DeviceTests.failure {
          _ = try await Self.scan(client) { $0.scan.badge = "\(Self.event)/badges/0000000000000001" }
        }
        #expect(failure?.reason == "SEARCH_NOT_ALLOWED")
      }
    }
  }

  @Test("What a device did at a checkpoint that it is not enrolled for now is taken; it may not scan there")
  func earlierEnrolment() async throws {
    try await ServerHarness.run { server in
      let code = try await withServerConnection(server.access) { try await People($0).badge(1).code }
      let device = try await server.enrol(.lane, at: ["\(Self.event)/checkpoints/entrance-lane-2"])
      try await withServerConnection(device.access) { client in
        let live = try await DeviceTests.failure { _ = try await Self.scan(client) { $0.scan.code = code } }
        #expect(live?.reason == "PLACE_NOT_ALLOWED")
        let answer = try await Lanyard_V1_CheckInService.Client(wrapping: client).uploadCheckIns(
          .with { request in
            request.parent = Self.event
            request.checkIns = [Self.lane, "events/elsewhere/checkpoints/door"].map { checkpoint in
              .with {
                $0.checkpoint = checkpoint
                $0.scan = .with { ($0.scanID, $0.code) = (UUID().uuidString, code) }
                $0.answer = .admitted
              }
            }
          }
        )
        #expect(answer.results.first?.checkIn.answer == .admitted)
        #expect(answer.results.first?.checkIn.checkpoint == Self.lane)
        #expect(answer.results.last?.error.message.isEmpty == false)
      }
    }
  }

  @Test("What it did by a right that it lost meanwhile is on record and a conflict; live it may not any more")
  func lostRight() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane, at: [Self.lane], supervisor: true)
      let code = try await withServerConnection(server.access) { client in
        let code = try await People(client).badge(1).code
        _ = try await Self.scan(client) { $0.scan.code = code }
        _ = try await Lanyard_V1_DeviceService.Client(wrapping: client).updateDevice(
          .with {
            $0.device.name = device.device.name
            $0.updateMask.paths = ["supervisor"]
          }
        )
        return code
      }
      let note = Lanyard_V1_Override.with { ($0.note, $0.operator) = ("Lost the group", "AB") }
      let named = try await withServerConnection(device.access) { client in
        let live = try await DeviceTests.failure {
          _ = try await Self.scan(client) { ($0.scan.code, $0.scan.override) = (code, note) }
        }
        #expect(live?.reason == "SUPERVISOR_NEEDED")
        let fact = Lanyard_V1_OfflineCheckIn.with {
          $0.checkpoint = Self.lane
          $0.scan = .with { ($0.scanID, $0.code, $0.direction, $0.override) = (UUID().uuidString, code, .in, note) }
          $0.answer = .admitted
        }
        return try await Self.upload(client, [fact, fact]) + Self.upload(client, [fact])
      }
      #expect(named.allSatisfy { $0.checkIn.overriddenReason == .alreadyInside && $0.checkIn.override == note })
      #expect(Set(named.map(\.conflicts)).count == 1 && named[0].conflicts.count == 1)
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
        let conflicts = try await service.listConflicts(.with { $0.parent = Self.event }).conflicts
        #expect(conflicts.map(\.name) == named[0].conflicts)
        #expect(conflicts.map(\.kind) == [.withoutRight] && conflicts.map(\.reason) == [.unspecified])
        #expect(try conflicts.map { try ToldConflict($0).causeName } == ["WITHOUT_RIGHT"])
      }
    }
  }

  @Test("What it took back by a right that it lost is taken back, and a conflict until a supervisor does so too")
  func undoneWithoutRight() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane, at: [Self.lane], supervisor: true)
      let scanned = try await withServerConnection(server.access) { client in
        let code = try await People(client).badge(1).code
        let scanned = try await Self.scan(client) { $0.scan.code = code }
        _ = try await Lanyard_V1_DeviceService.Client(wrapping: client).updateDevice(
          .with {
            $0.device.name = device.device.name
            $0.updateMask.paths = ["supervisor"]
          }
        )
        return scanned
      }
      let told = try await withServerConnection(device.access) { client in
        try await Self.upload(client, [.with { $0.undoneScanID = scanned.scanID }])[0]
      }
      #expect(told.checkIn.hasUndo && told.checkIn.scanID == scanned.scanID && told.conflicts.count == 1)
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
        func conflicts(
          _ narrow: (inout Lanyard_V1_ListConflictsRequest) -> Void = { _ in }
        ) async throws -> [Lanyard_V1_Conflict] {
          var request = Lanyard_V1_ListConflictsRequest.with { $0.parent = Self.event }
          narrow(&request)
          return try await service.listConflicts(request).conflicts
        }
        let standing = try await conflicts()
        #expect(
          try await conflicts { ($0.kind, $0.checkpoint) = (.withoutRight, Self.lane) }.map(\.name) == told.conflicts
        )
        #expect(try await conflicts { $0.kind = .againstRules }.isEmpty)
        #expect(try await conflicts { $0.reason = .revoked }.isEmpty)
        #expect(try await conflicts { $0.endTime = scanned.receiveTime }.isEmpty)
        #expect(try await conflicts { $0.startTime = scanned.receiveTime }.count == 1)
        #expect(standing.map(\.name) == told.conflicts)
        #expect(try standing.map { try ToldConflict($0).causeName } == ["WITHOUT_RIGHT"])
        #expect(standing.first?.checkIn.hasUndo == true && standing.first?.reason == .unspecified)
        _ = try await Lanyard_V1_CheckInService.Client(wrapping: client).undoCheckIn(.with { $0.name = scanned.name })
        #expect(try await conflicts().isEmpty)
      }
    }
  }

  @Test("Who may not find people is not told whose badge a serial is by uploading it")
  func foundWithoutRight() async throws {
    try await ServerHarness.run { server in
      let badge = try await withServerConnection(server.access) { try await People($0).badge(1).name }
      for profile in [Lanyard_V1_DeviceProfile.lane, .door] {
        let device = try await server.enrol(profile)
        let fact = Lanyard_V1_OfflineCheckIn.with {
          $0.checkpoint = Self.lane
          $0.scan = .with { ($0.scanID, $0.badge, $0.direction) = (UUID().uuidString, badge, .in) }
          $0.answer = .admitted
        }
        let results = try await withServerConnection(device.access) { try await Self.upload($0, [fact]) }
        #expect(results[0].checkIn.answer == .admitted && results[0].checkIn.hasAttendee == (profile == .lane))
      }
      let causes = try await server.store.conflicts(of: SampleData.forum, PageRequest(size: 5)).items.map(\.cause)
      #expect(causes.contains(.withoutRight) && causes.count(where: { $0 == .withoutRight }) == 1)
    }
  }

  @Test("An override that is uploaded is recorded whatever its note is, with what may be kept of that")
  func brokenNote() async throws {
    try await ServerHarness.run { server in
      let code = try await withServerConnection(server.access) { try await People($0).badge(1).code }
      let device = try await server.enrol(.lane, at: [Self.lane], supervisor: true)
      let long = String(repeating: "x", count: 500)
      func fact(_ direction: Lanyard_V1_Direction, _ change: (inout Lanyard_V1_Scan) -> Void)
        -> Lanyard_V1_OfflineCheckIn
      {
        .with {
          $0.checkpoint = Self.lane
          $0.scan = .with { ($0.scanID, $0.code, $0.direction) = (UUID().uuidString, code, direction) }
          change(&$0.scan)
          $0.answer = direction == .in ? .admitted : .left
        }
      }
      let overrides = [("seen \u{FFFD}", "AB"), (long, long), ("", "")].map { note, name in
        fact(.in) { $0.override = .with { ($0.note, $0.operator) = (note, name) } }
      }
      let facts = [fact(.in) { _ in }] + overrides + [fact(.out) { $0.missedExit = .with { $0.note = "\u{E000}" } }]
      let results = try await withServerConnection(device.access) { try await Self.upload($0, facts) }
      #expect(results.map(\.checkIn.answer) == [.admitted, .admitted, .admitted, .admitted, .left])
      let listed = try await server.store.scans(of: SampleData.forum, checkpoint: nil, PageRequest(size: 9)).items
      let notes = listed.compactMap { $0.overridden?.note ?? $0.missedExit }
      #expect(notes.map(\.note) == ["seen □", String(repeating: "x", count: 199) + "…", "□", "□"])
    }
  }

  private static func upload(
    _ client: ServerClient,
    _ facts: [Lanyard_V1_OfflineCheckIn]
  ) async throws -> [Lanyard_V1_UploadCheckInsResponse.Result] {
    try await Lanyard_V1_CheckInService.Client(wrapping: client).uploadCheckIns(
      .with { ($0.parent, $0.checkIns) = (event, facts) }
    ).results
  }

  @Test("a checkpoint is closed and opened on the day, and the mask names what changes")
  func closing() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let code = try await People(client).badge(1).code
        let events = Lanyard_V1_EventService.Client(wrapping: client)
        func set(closed: Bool) async throws {
          _ = try await events.updateCheckpoint(
            .with {
              $0.checkpoint.name = Self.lane
              $0.checkpoint.closed = closed
              $0.updateMask.paths = ["closed"]
            }
          )
        }
        try await set(closed: true)
        #expect(try await Self.scan(client) { $0.scan.code = code }.reason == .checkpointClosed)
        try await set(closed: false)
        #expect(try await Self.scan(client) { $0.scan.code = code }.answer == .admitted)
        let failure = try await DeviceTests.failure {
          _ = try await events.updateCheckpoint(
            .with { ($0.checkpoint.name, $0.updateMask.paths) = (Self.lane, ["area"]) }
          )
        }
        #expect(failure?.fields.map(\.name) == ["update_mask"])
      }
    }
  }

  static func scan(
    _ client: ServerClient,
    _ fill: (inout Lanyard_V1_CheckInRequest) -> Void
  ) async throws -> Lanyard_V1_CheckIn {
    var request = Lanyard_V1_CheckInRequest()
    request.checkpoint = lane
    request.scan.scanID = UUID().uuidString
    fill(&request)
    return try await Lanyard_V1_CheckInService.Client(wrapping: client).checkIn(request).checkIn
  }
}
