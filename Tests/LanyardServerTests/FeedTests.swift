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

@Suite("The feed of an event over the wire", .blocking, .hangGuard)
struct FeedTests {
  private static let event = "events/\(SampleData.forum)"
  private static let lane = "\(event)/checkpoints/entrance-lane-1"

  @Test("Tells each change and scan once and in order, goes on from a cursor, and says nothing of who it is")
  func follows() async throws {
    try await ServerHarness.run { server in
      let desk = server.access(try await server.token(.desk).text)
      try await Self.watching(desk, { $0.parent = Self.event }) { messages in
        let first = try #require(await messages.next())
        #expect(first.entries.isEmpty && !first.cursor.isEmpty)
        let badge = try await withServerConnection(server.access) { client in
          let badge = try await People(client).badge(1)
          _ = try await LaneMethodTests.scan(client) { $0.scan.code = badge.code }
          _ = try await LaneMethodTests.scan(client) { $0.scan.code = "no badge" }
          return badge
        }
        var told: [Lanyard_V1_FeedEntry] = []
        var cursors = [first.cursor]
        while told.count < 4, let message = await messages.next() {
          told += message.entries
          cursors.append(message.cursor)
        }
        #expect(told.map(\.change.change) == ["registration.created", "badge.issued", "", ""])
        #expect(zip(told, told.dropFirst()).allSatisfy { $0.sequence < $1.sequence })
        let scan = told[2].scan
        #expect(scan.answer == .admitted && scan.badge == badge.name && scan.registration == badge.registration)
        #expect(scan.checkpoint == Self.lane && ResourceName(scan.checkIn) != nil)
        #expect(told[3].scan.reason == .unreadable && told[3].scan.badge.isEmpty)
        let form = SampleData.person(1)
        let bytes = try told.map { try $0.jsonString() }.joined()
        for word in [form.givenName, form.familyName, form.email, form.organisation] {
          #expect(!bytes.contains(word), "\(word)")
        }
        try await Self.watching(desk, { ($0.parent, $0.cursor) = (Self.event, first.cursor) }) { again in
          var entries: [Lanyard_V1_FeedEntry] = []
          while entries.count < 4, let message = await again.next() { entries += message.entries }
          #expect(entries == told)
        }
        try await Self.watching(desk, { ($0.parent, $0.fromStart) = (Self.event, true) }) { again in
          var entries: [Lanyard_V1_FeedEntry] = []
          while entries.last != told.last, let message = await again.next() {
            #expect(message.entries.count <= 500)
            entries += message.entries
          }
          #expect(entries.first?.change.change == "event.created")
          #expect(entries.suffix(4) == told[...])
        }
      }
    }
  }

  @Test("Refuses a cursor that is none or of other data, and who may not follow an event")
  func refuses() async throws {
    try await ServerHarness.run { server in
      let other = try await server.store.feedHead(of: "wsis20-ocp").text
      for cursor in ["no cursor", "00.1", "00", other] {
        let failure = await Self.refusal(server.access) { ($0.parent, $0.cursor) = (Self.event, cursor) }
        #expect(failure?.reason == "CURSOR_UNKNOWN" && failure?.code == .failedPrecondition)
      }
      let both = await Self.refusal(server.access) {
        ($0.parent, $0.cursor, $0.fromStart) = (Self.event, "00.1", true)
      }
      #expect(both?.fields.map(\.name) == ["from_start"])
      #expect(await Self.refusal(server.access) { $0.parent = "events/none" }?.code == .notFound)
      for role in [Role.scanner, .viewer] {
        let access = server.access(try await server.token(role).text)
        #expect(await Self.refusal(access) { $0.parent = Self.event }?.code == .permissionDenied)
      }
    }
  }

  @Test("Tells what another process wrote, too")
  func otherProcess() async throws {
    try await ServerHarness.run { server in
      try await Self.watching(server.access, { $0.parent = Self.event }) { messages in
        _ = await messages.next()
        let other = try SQLiteStore(path: server.folder.appending(path: "lanyard.sqlite").path)
        let details = try await SampleData.person(1).validated(for: other.event(SampleData.forum).event)
        _ = try await other.register(.test(), details, for: SampleData.forum, request: nil)
        let told = try #require(await messages.next())
        #expect(told.entries.map(\.change.change) == ["registration.created"])
      }
    }
  }

  /// Follows a feed while the body runs.
  private static func watching(
    _ access: ServerAccess,
    _ fill: (inout Lanyard_V1_WatchChangesRequest) -> Void,
    _ body: (inout AsyncStream<Lanyard_V1_WatchChangesResponse>.Iterator) async throws -> Void
  ) async throws {
    var request = Lanyard_V1_WatchChangesRequest()
    fill(&request)
    try await Watched.run(access, body) { [request] client, hear in
      try await Lanyard_V1_FeedService.Client(wrapping: client).watchChanges(request) {
        for try await message in $0.messages { hear(message) }
      }
    }
  }

  /// Why a feed may not be followed.
  private static func refusal(
    _ access: ServerAccess,
    _ fill: (inout Lanyard_V1_WatchChangesRequest) -> Void
  ) async -> CallFailure? {
    var request = Lanyard_V1_WatchChangesRequest()
    fill(&request)
    return await CheckInTests.failure { [request] in
      try await withServerConnection(access) { client in
        try await Lanyard_V1_FeedService.Client(wrapping: client).watchChanges(request) {
          for try await _ in $0.messages {}
        }
      }
    }
  }
}

/// A call that stays open beside a test.
enum Watched {
  /// Runs a call until the body, which gets its messages, is over.
  static func run<Message: Sendable>(
    _ access: ServerAccess,
    _ body: (inout AsyncStream<Message>.Iterator) async throws -> Void,
    _ call: @escaping @Sendable (ServerClient, @escaping @Sendable (Message) -> Void) async throws -> Void
  ) async throws {
    let (messages, hear) = AsyncStream.makeStream(of: Message.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { hear.finish() }
        try await withServerConnection(access) { client in try await call(client) { hear.yield($0) } }
      }
      var heard = messages.makeAsyncIterator()
      defer { group.cancelAll() }
      try await body(&heard)
    }
  }
}
