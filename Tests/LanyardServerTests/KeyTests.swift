import BadgeCodes
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("The keys that sign badges", .blocking, .hangGuard)
struct KeyTests {
  private typealias Badges = Lanyard_V1_BadgeService

  private static func keys(_ client: ServerClient) async throws -> [Lanyard_V1_VerificationKey] {
    try await Badges.Client(wrapping: client).listVerificationKeys(.init()).verificationKeys
  }

  @Test("Rotate without reprinting, are retired once nobody has a badge of them, and lanes hear of both")
  func rotation() async throws {
    try await ServerHarness.run { server in
      let lane = try await server.enrol(.lane)
      try await withServerConnection(server.access) { client in
        let service = Badges.Client(wrapping: client)
        let old = try await People(client).badge(1)
        let first = try #require(try await Self.keys(client).first)
        #expect(first.state == .signing && first.privateHalf == .plain && first.badgeCount == 1)
        let second = try await service.rotateSigningKey(.init())
        let new = try await People(client).badge(2)
        #expect(new.verificationKey == second.name && old.verificationKey == first.name)
        let both = try await Self.keys(client)
        #expect(both.map(\.state) == [.verifying, .signing] && both.map(\.workingBadgeCount) == [1, 1])
        #expect(try await Self.rosterKeys(lane.access) { $0.count == 2 } == Set([first.name, second.name]))

        func failure(_ name: String) async throws -> CallFailure? {
          try await DeviceTests.failure { _ = try await service.retireVerificationKey(.with { $0.name = name }) }
        }
        #expect(try await failure(second.name)?.reason == "KEY_SIGNS")
        #expect(try await failure(first.name)?.reason == "KEY_IN_USE")
        #expect(try await failure("verificationKeys/77")?.code == .notFound)
        let renewed = try await service.renewBadges(
          .with { ($0.parent, $0.replace, $0.verificationKey) = ("events/\(SampleData.forum)", true, first.name) }
        )
        #expect(renewed.badges.map(\.verificationKey) == [second.name] && renewed.remaining == 0)
        let retired = try await service.retireVerificationKey(.with { $0.name = first.name })
        #expect(retired.state == .retired && retired.privateHalf == .destroyed && retired.hasRetireTime)
        #expect(try await Self.rosterKeys(lane.access) { $0.count == 1 } == [second.name])
        // A code that nobody has on record is no longer genuine.
        let signer = try await BadgeSigner.load(from: server.store, clock: server.clock.serverClock)
        let reading = signer.read(old.code).reading
        #expect(reading == .unknownKey)
      }
    }
  }

  /// The keys that a lane is told, as soon as they are as they should be.
  private static func rosterKeys(
    _ access: ServerAccess,
    until isRight: @escaping @Sendable (Set<String>) -> Bool
  ) async throws -> Set<String> {
    try await withServerConnection(access) { client in
      try await Lanyard_V1_CheckInService.Client(wrapping: client).watchRoster(
        .with { ($0.parent, $0.knownRules) = ("events/\(SampleData.forum)", RosterRule.known) }
      ) { response in
        for try await message in response.messages where message.hasPlan {
          let keys = Set(message.plan.verificationKeys.map(\.name))
          if isRight(keys) { return keys }
        }
        return []
      }
    }
  }

  @Test("Are encrypted where there is a secret; without it badges that are there work, and none can be issued")
  func sealing() async throws {
    let secret = try #require(KeySecret(Array("correct horse battery staple".utf8)))
    let wrong = try #require(KeySecret(Array("correct horse battery stapler".utf8)))
    try await ServerHarness.run { server in
      let clock = server.clock.serverClock
      let plain = try await server.store.signingKeys()
      guard case .plain(let bytes)? = plain.first?.privateHalf else { throw StoreError.failed(.programmer) }
      let sealed = try await BadgeSigner.load(from: server.store, clock: clock, secret: secret)
      #expect(!sealed.isLocked)
      let stored = try #require(try await server.store.signingKeys().first)
      guard case .sealed(let content) = stored.privateHalf else { throw StoreError.failed(.programmer) }
      #expect(!content.indices.contains { content[$0...].starts(with: bytes) })
      #expect(!(try await BadgeSigner.load(from: server.store, clock: clock, secret: secret).isLocked))
      for other in [nil, wrong] {
        let locked = try await BadgeSigner.load(from: server.store, clock: clock, secret: other)
        #expect(locked.isLocked && locked.ring.keys == sealed.ring.keys)
      }
    }
  }

  @Test("Locked ones say so, and a key that is made although they are locked signs")
  func locked() async throws {
    let secret = try #require(KeySecret(Array("correct horse battery staple".utf8)))
    try await ServerHarness.run(settings: { $0.keySecret = secret }) { server in
      try await withServerConnection(server.access) { client in
        let service = Badges.Client(wrapping: client)
        #expect(try await Self.keys(client).map(\.privateHalf) == [.sealed])
        // As another process that has another secret would leave it.
        let other = try #require(KeySecret(Array("another passphrase, of years ago".utf8)))
        let key = try SigningKey.generate(id: 9)
        _ = try await server.store.addSigningKey(
          .test(server.clock.now),
          StoredSigningKey(
            id: 9,
            .sealed(try other.seal(key)),
            publicKey: key.verificationKey.rawRepresentation,
            createdAt: server.clock.now
          )
        )
        let people = People(client)
        let person = try await people.registration(1).name
        #expect(try await Self.keys(client).map(\.privateHalf) == [.sealed, .locked])
        // Until it has heard of the new key, the server signs with the one that it has.
        for number in 2... {
          let other = try await people.registration(number).name
          let failure = try await DeviceTests.failure {
            _ = try await service.issueBadge(.with { $0.registration = other })
          }
          if failure != nil { break }
        }
        for call in ["issue", "rotate"] {
          let failure = try await DeviceTests.failure {
            if call == "issue" {
              _ = try await service.issueBadge(.with { $0.registration = person })
            } else {
              _ = try await service.rotateSigningKey(.init())
            }
          }
          #expect(failure?.reason == "KEYS_LOCKED" && failure?.code == .failedPrecondition)
        }
        let made = try await service.rotateSigningKey(.with { $0.althoughLocked = true })
        #expect(made.privateHalf == .sealed)
        // What the server can open is not what signs alone.
        #expect(try await Self.keys(client).map(\.privateHalf) == [.sealed, .locked, .sealed])
        #expect(try await service.issueBadge(.with { $0.registration = person }).verificationKey == made.name)
      }
    }
  }
}
