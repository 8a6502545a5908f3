import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardServer
import LanyardTesting
import SwiftProtobuf
import Testing

/// Every method by every kind of caller. All requests are about one event, and one registration of it with its badge.
///
/// - A role has three letters: a token for all events, for this event, for another.
/// - A profile has two: a device of this event, of another.
/// - A participant has three: of this registration, of another one of this event, of one of another event.
///
/// Of a scan it also matters what it asks for: `:badge` names who was found by name, `:override` overrides a refusal.
///
/// ✓ came through, – not for this kind of caller, ✗ not for this event or not their own, ? nobody showed who they are. Whoever shows
/// nothing gets ✗ where an event with public pages would come through.
private let matrix = """
                          nobody  organiser  desk  scanner  viewer  lane  door  desk  kiosk  participant
  Check                     ✓        ✓✓✓     ✓✓✓     ✓✓✓     ✓✓✓     ✓✓    ✓✓    ✓✓    ✓✓       ✓✓✓
  Watch                     ✓        ✓✓✓     ✓✓✓     ✓✓✓     ✓✓✓     ✓✓    ✓✓    ✓✓    ✓✓       ✓✓✓
  EnrolDevice               ✓        ✓✓✓     ✓✓✓     ✓✓✓     ✓✓✓     ✓✓    ✓✓    ✓✓    ✓✓       ✓✓✓
  CreateSignIn              ✓        ✓✓✓     ✓✓✓     ✓✓✓     ✓✓✓     ✓✓    ✓✓    ✓✓    ✓✓       ✓✓✓
  GetSignIn                 ?        ✓✓✓     ✓✓✓     –––     ✓✓✓     ––    ––    ––    ––       –––
  DeleteSignIn              ?        ✓✓✓     ✓✓✓     –––     ✓✓✓     ––    ––    ––    ––       –––
  ServerReflectionInfo      ?        ✓✓✓     ✓✓✓     ✓✓✓     ✓✓✓     ✓✓    ✓✓    ✓✓    ✓✓       –––
  RenewDeviceCertificate    ?        –––     –––     –––     –––     ✓✓    ✓✓    ✓✓    ✓✓       –––

  ListEvents                ✓        ✓✓✓     ✓✓✓     ✓✓✓     ✓✓✓     ✓✓    ✓✓    ✓✓    ✓✓       –––
  GetEvent                  ✓        ✓✓✗     ✓✓✗     ✓✓✗     ✓✓✗     ✓✗    ✓✗    ✓✗    ✓✗       ✓✓✗
  UpdateEvent               ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  DeleteEvent               ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  ListSessions              ✓        ✓✓✗     ✓✓✗     ✓✓✗     ✓✓✗     ✓✗    ✓✗    ✓✗    ✓✗       ✓✓✗
  GetSession                ✓        ✓✓✗     ✓✓✗     ✓✓✗     ✓✓✗     ✓✗    ✓✗    ✓✗    ✓✗       ✓✓✗
  GetCheckpoint             ?        ✓✓✗     ✓✓✗     ✓✓✗     ✓✓✗     ✓✗    ✓✗    ✓✗    ✓✗       –––
  ListCheckpoints           ?        ✓✓✗     ✓✓✗     ✓✓✗     ✓✓✗     ✓✗    ✓✗    ✓✗    ✓✗       –––
  UpdateCheckpoint          ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  GetQuestion               ✓        ✓✓✗     ✓✓✗     ✓✓✗     ✓✓✗     ✓✗    ✓✗    ✓✗    ✓✗       ✓✓✗
  ListQuestions             ✓        ✓✓✗     ✓✓✗     ✓✓✗     ✓✓✗     ✓✗    ✓✗    ✓✗    ✓✗       ✓✓✗
  CreateQuestion            ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  UpdateQuestion            ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  DeleteQuestion            ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  ImportProgramme           ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  AddBookings               ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       ✓✗✗
  RemoveBookings            ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       ✓✗✗
  ListBookings              ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       –––

  CreateRegistration        ✓        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  GetRegistration           ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       ✓✗✗
  ListRegistrations         ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  FindRegistrations         ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  FindDuplicates            ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  UpdateRegistration        ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       ✓✗✗
  ApproveRegistration       ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  RejectRegistration        ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  RestoreRegistration       ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       ✓✗✗
  MoveUpRegistration        ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  CancelRegistration        ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       ✓✗✗
  EraseRegistration         ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       ✓✗✗
  CreatePersonalLink        ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       ✓✗✗
  VerifyEmail               ✓        ✓✓✓     ✓✓✓     ✓✓✓     ✓✓✓     ✓✓    ✓✓    ✓✓    ✓✓       ✓✓✓
  SendPersonalLink          ✓        ✓✓✗     ✓✓✗     ✓✓✗     ✓✓✗     ✓✗    ✓✗    ✓✗    ✓✗       ✓✓✗
  ExportPersonalData        ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       ✓✗✗
  ImportRegistrations       ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  ExportRegistrations       ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––

  IssueBadge                ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ✓✗       –––
  GetBadge                  ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ✓✗       ✓✗✗
  RenderBadge               ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ✓✗       ✓✗✗
  BatchIssueBadges          ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  ListBadges                ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       ✓✓✗
  RenderBadges              ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  PreviewBadges             ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  UpdateBadge               ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  ReplaceBadge              ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  RenewBadges               ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  RevokeBadge               ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  HoldBadge                 ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  PrintOwnBadge             ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ✓✗       –––
  ActivateBadge             ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  ConfirmPrintRun           ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  WithdrawPrintRun          ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ✓✗       –––
  ListPrintRuns             ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  RotateSigningKey          ?        ✓✗✗     –––     –––     –––     ––    ––    ––    ––       –––
  RetireVerificationKey     ?        ✓✗✗     –––     –––     –––     ––    ––    ––    ––       –––
  ReleaseBadge              ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ✓✗    ––       –––
  ListVerificationKeys      ?        ✓✓✓     ✓✓✓     ✓✓✓     –––     ✓✓    ✓✓    ✓✓    ––       –––

  CheckIn                   ?        ✓✓✗     ✓✓✗     ✓✓✗     –––     ✓✗    ✓✗    ✓✗    ––       –––
  CheckIn:badge             ?        ✓✓✗     ✓✓✗     ✓✓✗     –––     ✓✗    –✗    ✓✗    ––       –––
  CheckIn:override          ?        ✓✓✗     ✓✓✗     ––✗     –––     –✗    –✗    –✗    ––       –––
  StreamCheckIns            ?        ✓✓✗     ✓✓✗     ✓✓✗     –––     ✓✗    ✓✗    ✓✗    ––       –––
  UploadCheckIns            ?        ✓✓✗     ✓✓✗     ✓✓✗     –––     ✓✗    ✓✗    ✓✗    ––       –––
  WatchRoster               ?        ✓✓✗     ✓✓✗     ✓✓✗     –––     ✓✗    ✓✗    ✓✗    ––       –––
  SendOut                   ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  UndoCheckIn               ?        ✓✓✗     ✓✓✗     ✓✓✗     –––     ✓✗    ✓✗    ✓✗    ––       –––
  SearchAttendees           ?        ✓✓✗     ✓✓✗     ✓✓✗     –––     ✓✗    ––    ✓✗    ––       –––
  GetAttendance             ?        ✓✓✗     ✓✓✗     ✓✓✗     ✓✓✗     ✓✗    ✓✗    ✓✗    ––       –––
  WatchAttendance           ?        ✓✓✗     ✓✓✗     ✓✓✗     ✓✓✗     ✓✗    ✓✗    ✓✗    ––       –––
  ListPeopleInside          ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       –––
  SummarizeAttendance       ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       –––
  ListCheckIns              ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       –––
  ListConflicts             ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       –––
  JoinSession               ?        –––     –––     –––     –––     ––    ––    ––    ––       ✓✗✗
  LeaveSession              ?        –––     –––     –––     –––     ––    ––    ––    ––       ✓✗✗

  CreateEnrolmentCode       ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  ListEnrolmentCodes        ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  WithdrawEnrolmentCode     ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  ListDevices               ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       –––
  GetDevice                 ?        ✓✓✗     ✓✓✗     –––     –––     ✗✗    ✗✗    ✗✗    ✗✗       –––
  UpdateDevice              ?        ✓✓✗     –––     –––     –––     ––    ––    ––    ––       –––
  RevokeDevice              ?        ✓✓✗     –––     –––     –––     ✗✗    ✗✗    ✗✗    ✗✗       –––
  ListMails                 ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       –––
  RetryMail                 ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       –––
  PreviewMail               ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       –––
  ListAuditEntries          ?        ✓✓✗     ––✗     –––     –––     ––    ––    ––    ––       –––
  ListAuditEntries:one      ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       –––
  WatchChanges              ?        ✓✓✗     ✓✓✗     –––     –––     ––    ––    ––    ––       –––
  """

@Suite("Every method by every kind of caller", .blocking)
struct AccessMatrixTests {
  @Test("Each comes as far as the matrix says")
  func walk() async throws {
    var lines = matrix.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let titles = lines.removeFirst()
    let expected = Dictionary(lines.map { ($0[0], Array($0.dropFirst())) }) { first, _ in first }
    #expect(expected.count == lines.count, "a method stands in the matrix twice")
    let all = try AccessTests.allMethods()
    try await ServerHarness.run { server in
      let walk = try await AccessWalk(server)
      #expect(walk.columns.map(\.title) == titles)
      // What stands after a colon is another request of the same method.
      let asides = walk.requests.keys.filter { $0.contains(":") }.sorted()
      let methods =
        all.map { (name: $0.method, method: $0) }
        + asides.compactMap { aside in
          all.first { aside.hasPrefix("\($0.method):") }.map { (name: aside, method: $0) }
        }
      for name in Set(expected.keys).subtracting(methods.map(\.name)) { Issue.record("\(name) is no method") }
      // Participants come first: of the links that others make of the same registration, too many would end theirs.
      for (index, column) in walk.columns.enumerated().reversed() {
        var found = Array(repeating: "", count: methods.count)
        for caller in column.callers {
          let outcomes = try await withServerConnection(caller) { client in
            var outcomes: [String] = []
            for (name, method) in methods {
              guard let request = walk.requests[name] else {
                outcomes.append("has no request in AccessWalk")
                continue
              }
              outcomes.append(try await AccessWalk.call(method, request, client).rawValue)
            }
            return outcomes
          }
          for (number, outcome) in outcomes.enumerated() { found[number] += outcome }
        }
        for ((name, _), letters) in zip(methods, found) {
          let cell = expected[name].map { $0.count == titles.count ? $0[index] : "a line too short" }
          #expect(letters == cell, "\(name) by \(column.title)")
        }
      }
    }
  }

  @Test("Lists over all events show who is bound to one that one, and what is of no event is not for them")
  func lists() async throws {
    try await ServerHarness.run { server in
      let own = ResourceName.event(SampleData.forum).description
      let token = try await server.token(.organiser, event: SampleData.forum).text
      for access in [server.access(token), try await server.enrol(.lane).access] {
        try await withServerConnection(access) { client in
          let events = Lanyard_V1_EventService.Client(wrapping: client)
          #expect(try await events.listEvents(.init()).events.map(\.name) == [own])
          let places = try await events.listCheckpoints(.with { $0.parent = "events/-" }).checkpoints.map(\.name)
          #expect(!places.isEmpty && places.allSatisfy { $0.hasPrefix("\(own)/") })
        }
      }
      try await withServerConnection(server.access(token)) { client in
        let failure = try await DeviceTests.failure {
          let feed = Lanyard_V1_FeedService.Client(wrapping: client)
          _ = try await feed.listAuditEntries(.with { $0.parent = "events/-" })
        }
        #expect(failure?.reason == "EVENT_NOT_ALLOWED" && failure?.code == .permissionDenied)
      }
    }
  }

  @Test("Each message of a stream is held to the caller's event, not the first alone")
  func laterMessages() async throws {
    try await ServerHarness.run { server in
      let token = try await server.token(.scanner, event: SampleData.forum).text
      let door = "events/\(SampleData.forum)/checkpoints/entrance-lane-1"
      for later in ["events/wsis20-ocp/checkpoints/entrance", "events/wsis20-ocp/nonsense"] {
        try await withServerConnection(server.access(token)) { client in
          let failure = try await DeviceTests.failure {
            try await Lanyard_V1_CheckInService.Client(wrapping: client).streamCheckIns {
              try await $0.write(.with { $0.checkpoint = door })
              try await $0.write(.init())
              try await $0.write(.with { $0.checkpoint = later })
            } onResponse: {
              for try await _ in $0.messages {}
            }
          }
          #expect(failure?.reason == (later.hasSuffix("entrance") ? "EVENT_NOT_ALLOWED" : "INVALID_FIELD"))
        }
      }
    }
  }

  @Test("A programme with another event in it is not taken from who is bound to one")
  func programmes() async throws {
    try await ServerHarness.run { server in
      let token = try await server.token(.organiser, event: SampleData.forum).text
      let document = try SampleData.bytes("programme.json")
      try await withServerConnection(server.access(token)) { client in
        let failure = try await DeviceTests.failure {
          let events = Lanyard_V1_EventService.Client(wrapping: client)
          _ = try await events.importProgramme(.with { $0.document = .init(document) })
        }
        #expect(failure?.reason == "EVENT_NOT_ALLOWED")
      }
    }
  }
}
