import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@testable import LanyardServer

@Suite("Pages of lists") struct PageTokenTests {
  /// Asks for a page of this size after a token, and returns the token of the next.
  private typealias List = (_ size: Int32, _ token: String) async throws -> String

  private static func list<Request: Message, Response>(
    _ request: Request,
    _ size: WritableKeyPath<Request, Int32>,
    _ token: WritableKeyPath<Request, String>,
    _ next: KeyPath<Response, String>,
    _ call: @escaping (Request) async throws -> Response
  ) -> List {
    {
      var request = request
      (request[keyPath: size], request[keyPath: token]) = ($0, $1)
      return try await call(request)[keyPath: next]
    }
  }

  /// All lists of an event, by their methods.
  private static func lists(_ client: ServerClient, of event: String) -> [String: List] {
    let parent = ResourceName.event(event).description
    let events = Lanyard_V1_EventService.Client(wrapping: client)
    let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
    let badges = Lanyard_V1_BadgeService.Client(wrapping: client)
    let checkIns = Lanyard_V1_CheckInService.Client(wrapping: client)
    let attendance = Lanyard_V1_AttendanceService.Client(wrapping: client)
    let devices = Lanyard_V1_DeviceService.Client(wrapping: client)
    let feed = Lanyard_V1_FeedService.Client(wrapping: client)
    let mail = Lanyard_V1_MailService.Client(wrapping: client)
    return [
      "ListEvents": list(.init(), \.pageSize, \.pageToken, \.nextPageToken) { try await events.listEvents($0) },
      "ListSessions": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await events.listSessions($0)
      },
      "ListCheckpoints": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await events.listCheckpoints($0)
      },
      "ListQuestions": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await events.listQuestions($0)
      },
      "ListBookings": list(
        .with { $0.parent = "\(parent)/checkpoints/entrance-lane-1" },
        \.pageSize,
        \.pageToken,
        \.nextPageToken
      ) { try await events.listBookings($0) },
      "ListRegistrations": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await registrations.listRegistrations($0)
      },
      "ListBadges": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await badges.listBadges($0)
      },
      "ListPrintRuns": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await badges.listPrintRuns($0)
      },
      "ListMails": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await mail.listMails($0)
      },
      "ListVerificationKeys": list(.init(), \.pageSize, \.pageToken, \.nextPageToken) {
        try await badges.listVerificationKeys($0)
      },
      "SearchAttendees": list(
        .with { ($0.parent, $0.query) = (parent, "per") },
        \.pageSize,
        \.pageToken,
        \.nextPageToken
      ) { try await checkIns.searchAttendees($0) },
      "ListPeopleInside": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await attendance.listPeopleInside($0)
      },
      "ListCheckIns": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await attendance.listCheckIns($0)
      },
      "ListConflicts": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await attendance.listConflicts($0)
      },
      "ListEnrolmentCodes": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await devices.listEnrolmentCodes($0)
      },
      "ListDevices": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await devices.listDevices($0)
      },
      "ListAuditEntries": list(.with { $0.parent = parent }, \.pageSize, \.pageToken, \.nextPageToken) {
        try await feed.listAuditEntries($0)
      },
    ]
  }

  @Test("Are asked for with a token of their own list, and a size that is one")
  func foreign() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        for number in 1...2 { _ = try await People(client).badge(number) }
        let lists = Self.lists(client, of: SampleData.forum)
        #expect(Set(lists.keys.map { "lanyard.v1.\($0)Request" }) == Set(Self.asked.map(\.method)))
        // Each that has more than one entry gives a token; that of the same list of another event is another's too.
        var tokens: [String: String] = [:]
        for (method, list) in lists {
          let next = try await list(1, "")
          if !next.isEmpty { tokens[method] = next }
        }
        #expect(Set(tokens.keys).isSuperset(of: ["ListEvents", "ListSessions", "ListBadges", "ListRegistrations"]))
        for (method, list) in lists.merging(
          Self.lists(client, of: "wsis20-ocp").map { ("\($0) elsewhere", $1) },
          uniquingKeysWith: { first, _ in first }
        ) where !method.hasSuffix("Events elsewhere") && !method.hasSuffix("Keys elsewhere") {
          for (other, token) in tokens where other != method {
            let failure = await CheckInTests.failure { _ = try await list(1, token) }
            #expect(failure?.known == .invalidField && failure?.fields.map(\.name) == ["page_token"], "\(method)")
          }
          let failure = await CheckInTests.failure { _ = try await list(-1, "") }
          #expect(failure?.fields.map(\.name) == ["page_size"], "\(method)")
          // More than there is of anything is cut to what is given (AIP-158).
          if lists[method] != nil { _ = try await list(.max, "") }
        }
      }
    }
  }

  /// A list of this request, with its fields that are of every page left out.
  private struct Asked {
    let method: String
    let request: any PagedRequest
    /// The same with one other field each.
    let others: [any PagedRequest]

    init<Request: PagedRequest>(_ request: Request, _ changes: [(inout Request) -> Void]) {
      self.request = request
      others = changes.map { change in
        var other = request
        change(&other)
        return other
      }
      method = Request.protoMessageName
    }
  }

  /// Each list, with each of its filters changed.
  private static let asked: [Asked] = {
    typealias Inside = Lanyard_V1_ListPeopleInsideRequest
    typealias Registrations = Lanyard_V1_ListRegistrationsRequest
    let registrations: [(inout Registrations) -> Void] = [
      { $0.parent = "events/b" }, { $0.query = "b" }, { $0.state = .confirmed }, { $0.stakeholderGroup = "b" },
      { $0.participation = .remote }, { $0.guestRole = "b" }, { $0.country = "CH" }, { $0.organisation = "b" },
      { $0.email = "b" }, { $0.orderBy = "name" }, { $0.notCome = true },
    ]
    typealias CheckIns = Lanyard_V1_ListCheckInsRequest
    let checkIns: [(inout CheckIns) -> Void] = [
      { $0.parent = "events/b" }, { $0.checkpoint = "b" }, { $0.registration = "b" }, { $0.answer = .admitted },
      { $0.reason = .expired }, { $0.direction = .in }, { $0.reporter = "b" }, { $0.startTime.seconds = 1 },
      { $0.endTime.seconds = 1 }, { $0.newestFirst = true },
    ]
    typealias Conflicts = Lanyard_V1_ListConflictsRequest
    let conflicts: [(inout Conflicts) -> Void] = [
      { $0.parent = "events/b" }, { $0.reason = .expired }, { $0.kind = .withoutRight }, { $0.checkpoint = "b" },
      { $0.startTime.seconds = 1 }, { $0.endTime.seconds = 1 }, { $0.registration = "b" }, { $0.reporter = "b" },
      { $0.direction = .in }, { $0.answer = .admitted },
    ]
    return [
      Asked(Lanyard_V1_ListEventsRequest(), [{ $0.showArchived = true }]),
      Asked(Lanyard_V1_ListSessionsRequest(), [{ $0.parent = "events/b" }]),
      Asked(Lanyard_V1_ListCheckpointsRequest(), [{ $0.parent = "events/b" }]),
      Asked(Lanyard_V1_ListQuestionsRequest(), [{ $0.parent = "events/b" }, { $0.showWithdrawn = true }]),
      Asked(Lanyard_V1_ListBookingsRequest(), [{ $0.parent = "events/b" }]),
      Asked(Registrations(), registrations),
      Asked(
        Lanyard_V1_ListBadgesRequest(),
        [{ $0.parent = "events/b" }, { $0.registration = "b" }, { $0.withAttention = true }, { $0.state = .held }]
      ),
      Asked(Lanyard_V1_ListPrintRunsRequest(), [{ $0.parent = "events/b" }]),
      Asked(
        Lanyard_V1_ListMailsRequest(),
        [{ $0.parent = "events/b" }, { $0.state = .waiting }, { $0.registration = "b" }]
      ),
      Asked(Lanyard_V1_ListVerificationKeysRequest(), []),
      Asked(Lanyard_V1_SearchAttendeesRequest(), [{ $0.parent = "events/b" }, { $0.query = "b" }]),
      Asked(Inside(), [{ $0.parent = "events/b" }, { $0.checkpoint = "b" }]),
      Asked(CheckIns(), checkIns),
      Asked(Conflicts(), conflicts),
      Asked(Lanyard_V1_ListEnrolmentCodesRequest(), [{ $0.parent = "events/b" }]),
      Asked(Lanyard_V1_ListDevicesRequest(), [{ $0.parent = "events/b" }]),
      Asked(
        Lanyard_V1_ListAuditEntriesRequest(),
        [{ $0.parent = "events/b" }, { $0.resource = "events/b" }, { $0.showScans = true }]
      ),
    ]
  }()

  @Test("Are another list's with any other field, of every method that gives pages, and the same whatever their size")
  func filters() throws {
    let paged = try AccessTests.allMethods().map(\.method).filter { $0.hasPrefix("List") || $0 == "SearchAttendees" }
    #expect(Set(Self.asked.map(\.method)) == Set(paged.map { "lanyard.v1.\($0)Request" }))
    let bytes = try #require(Data(base64Encoded: descriptorSetBase64))
    let messages = try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes).file.flatMap(\.messageType)
    for asked in Self.asked {
      let message = messages.first { "lanyard.v1.\($0.name)" == asked.method }
      let named = asked.others.map { String($0.textFormatString().prefix { $0 != ":" && $0 != " " }) }
      #expect((message?.field.map(\.name) ?? []).sorted() == (named + ["page_size", "page_token"]).sorted())
    }
    let cursor = PageCursor(.number(7))
    for asked in Self.asked {
      func page(_ request: any PagedRequest, _ token: String, size: Int32) throws -> PageRequest {
        var request = request
        (request.pageSize, request.pageToken) = (size, token)
        return try request.page()
      }
      let token = asked.request.pageToken(of: cursor)
      #expect(try page(asked.request, token, size: 5) == PageRequest(size: 5, after: cursor), "\(asked.method)")
      for other in asked.others {
        #expect(throws: PageCursor.refusal, "\(asked.method): \(other.textFormatString())") {
          try page(other, token, size: 0)
        }
      }
      for other in Self.asked where other.method != asked.method {
        #expect(throws: PageCursor.refusal, "\(asked.method), \(other.method)") {
          try page(other.request, token, size: 0)
        }
      }
    }
  }

  @Test("Hold a list of events to whether it shows the archived ones")
  func archived() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let events = Lanyard_V1_EventService.Client(wrapping: client)
        let first = try await events.listEvents(.with { ($0.showArchived, $0.pageSize) = (true, 1) })
        #expect(!first.nextPageToken.isEmpty)
        let failure = await CheckInTests.failure {
          _ = try await events.listEvents(.with { $0.pageToken = first.nextPageToken })
        }
        #expect(failure?.fields.map(\.name) == ["page_token"])
        let next = try await events.listEvents(
          .with { ($0.showArchived, $0.pageToken) = (true, first.nextPageToken) }
        )
        #expect(!next.events.isEmpty && next.events.map(\.name).contains(first.events[0].name) == false)
      }
    }
  }

  @Test("Give as many people as one look-up gives at most, whatever is asked for")
  func most() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        _ = try await People(client).badges(1...51)
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        for (size, given) in [(Int32.max, 50), (51, 50), (50, 50), (0, 10)] {
          let found = try await service.searchAttendees(
            .with {
              $0.parent = ResourceName.event(SampleData.forum).description
              ($0.query, $0.pageSize) = ("organisation", size)
            }
          )
          #expect(found.matches.count == given && found.totalSize == 51 && found.truncated)
        }
      }
    }
  }
}
