import BadgeCodes
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Synchronization
import Testing

@Suite("A lane's roster", .hangGuard)
struct RosterTests {
  private static let event = "events/\(SampleData.forum)"
  private static let lane = "\(event)/checkpoints/entrance-lane-1"

  @Test("holds what the decision needs, seals who it is with the badge's own code, and has no e-mail address")
  func sealed() async throws {
    try await ServerHarness.run { server in
      let badges = try await withServerConnection(server.access) { client in
        var spanish = People.message(2)
        spanish.language = "es-MX"
        return [try await People(client).badge(1), try await People(client).badge(spanish)]
      }
      let device = try await server.enrol(.lane, at: [Self.lane])
      try await withServerConnection(device.access) { client in
        let messages = try await Self.messages(client, from: "", until: Self.isWhole)
        #expect(messages.first?.snapshot == true && messages.first?.plan.verificationKeys.count == 1)
        let entries = messages.flatMap(\.entries)
        #expect(entries.count == 2)
        let all = try messages.map { try $0.serializedBytes() as Data }.reduce(Data(), +)
        for secret in ["person1@example.org", "محمد", "Organisation"] {
          #expect(all.range(of: Data(secret.utf8)) == nil)
        }
        let codes = try badges.map { try UnverifiedBadgeCode(reading: $0.code) }
        for (code, language) in zip(codes, ["", "es"]) {
          let entry = try #require(entries.first { $0.serial == code.claimedSerial })
          let opened = try #require(RosterSeal(code).open(Array(entry.sealed)))
          let person = try Lanyard_V1_SealedAttendee(serializedBytes: opened)
          #expect(person.displayName.hasPrefix("محمد") && person.organisation == "Organisation")
          #expect(person.language == language)
          for other in codes where other != code { #expect(RosterSeal(other).open(Array(entry.sealed)) == nil) }
        }
      }
    }
  }

  @Test("tells of a revocation, a cancellation and an admission, each before the next happens")
  func changes() async throws {
    try await ServerHarness.run { server in
      let badges = try await withServerConnection(server.access) { try await People($0).badges(1...3) }
      let device = try await server.enrol(.lane, at: [Self.lane])
      let (heard, hear) = AsyncStream.makeStream(of: Lanyard_V1_WatchRosterResponse.self)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await withServerConnection(device.access) { client in
            try await Lanyard_V1_CheckInService.Client(wrapping: client).watchRoster(.with { $0.parent = Self.event }) {
              for try await message in $0.messages { hear.yield(message) }
            }
          }
        }
        var messages = heard.makeAsyncIterator()
        while let message = await messages.next(), message.cursor.isEmpty {}
        try await withServerConnection(server.access) { client in
          for step in 0..<3 {
            switch step {
            case 0:
              let name = badges[0].name
              _ = try await Lanyard_V1_BadgeService.Client(wrapping: client).revokeBadge(.with { $0.name = name })
            case 1:
              let name = badges[1].registration
              let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
              _ = try await service.cancelRegistration(.with { $0.name = name })
            default:
              _ = try await LaneMethodTests.scan(client) { $0.scan.code = badges[2].code }
            }
            while let message = await messages.next() {
              let isTold =
                switch step {
                case 0: message.entries.map(\.badgeState) == [.revoked]
                case 1: message.entries.map(\.registrationState) == [.cancelled]
                default: message.presences.map(\.inside) == [true]
                }
              if isTold { break }
            }
          }
        }
        group.cancelAll()
      }
    }
  }

  @Test("goes on from a cursor, and begins anew where that is of other data")
  func cursor() async throws {
    try await ServerHarness.run { server in
      let first = try await withServerConnection(server.access) { try await People($0).badge(1) }
      let device = try await server.enrol(.lane, at: [Self.lane])
      try await withServerConnection(device.access) { client in
        let cursor = try await Self.messages(client, from: "", until: Self.isWhole).last?.cursor ?? ""
        let second = try await withServerConnection(server.access) { try await People($0).badge(2) }
        let later = try await Self.messages(client, from: cursor) { !$0.flatMap(\.entries).isEmpty && Self.isWhole($0) }
        #expect(later.allSatisfy { !$0.snapshot && !$0.hasPlan })
        #expect(later.flatMap(\.entries).map(\.serial) == [try UnverifiedBadgeCode(reading: second.code).claimedSerial])
        for wrong in [
          "no cursor", "00.5.1", cursor + "9",
          cursor.replacingOccurrences(of: ".", with: "0.", range: cursor.range(of: ".")), "",
        ] {
          // Lanes that begin at once share a snapshot, and what is newer follows it.
          let anew = try await Self.messages(client, from: wrong) {
            $0.flatMap(\.entries).count == 2 && Self.isWhole($0)
          }
          #expect(anew.first?.snapshot == true)
        }
        _ = first
      }
    }
  }

  @Test("of thousands of badges comes whole")
  func thousands() async throws {
    try await ServerHarness.run { server in
      let event = try await server.store.event(SampleData.forum).event
      let signer = try await BadgeSigner.load(from: server.store, clock: server.clock.serverClock)
      for start in stride(from: 0, to: 2000, by: 2000) {
        let details = try (start..<start + 2000).map { try SampleData.person($0).validated(for: event) }
        _ = try await server.store.importRegistrations(.test(server.clock.now), details, for: SampleData.forum)
      }
      var page = PageRequest(size: 2000)
      repeat {
        let found = try await server.store.registrations(of: SampleData.forum, matching: .init(), page).page
        let drafts = try found.items.filter { $0.state == .confirmed }.map { try signer.draft(for: $0, of: event) }
        _ = try await server.store.issue(.test(server.clock.now), drafts, of: SampleData.forum)
        page.after = found.next
      } while page.after != nil
      let device = try await server.enrol(.lane, at: [Self.lane])
      try await withServerConnection(device.access) { client in
        let entries = try await Self.messages(client, from: "", until: Self.isWhole).flatMap(\.entries)
        #expect(Set(entries.map(\.serial)).count == entries.count)
        #expect(entries.count == 2000)
      }
    }
  }

  @Test("tells at once that nothing has changed, so that a device knows until when it knows all")
  func upToDate() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane, at: [Self.lane])
      try await withServerConnection(device.access) { client in
        let cursor = try #require(try await Self.messages(client, from: "", until: Self.isWhole).last?.cursor)
        let again = try await Self.messages(client, from: cursor, until: Self.isWhole)
        #expect(again.map(\.cursor) == [cursor] && again.allSatisfy { $0.hasServerTime && !$0.snapshot })
        #expect(again.allSatisfy { $0.entries.isEmpty && $0.presences.isEmpty && !$0.hasPlan })
      }
    }
  }

  private static func isWhole(_ messages: [Lanyard_V1_WatchRosterResponse]) -> Bool {
    messages.last?.cursor.isEmpty == false
  }

  /// The messages of a roster until they are enough.
  private static func messages(
    _ client: ServerClient,
    from cursor: String,
    until isEnough: @escaping @Sendable ([Lanyard_V1_WatchRosterResponse]) -> Bool
  ) async throws -> [Lanyard_V1_WatchRosterResponse] {
    let service = Lanyard_V1_CheckInService.Client(wrapping: client)
    return try await service.watchRoster(.with { ($0.parent, $0.cursor) = (event, cursor) }) { response in
      var messages: [Lanyard_V1_WatchRosterResponse] = []
      for try await message in response.messages {
        messages.append(message)
        if isEnough(messages) { break }
      }
      return messages
    }
  }
}
