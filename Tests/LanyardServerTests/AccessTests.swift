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
import Testing

@Suite("Who may call what")
struct AccessTests {
  @Test("every method that is served has a rule, and only health and enrolling are open to everyone")
  func everyMethodHasARule() throws {
    let methods = try Self.allMethods()
    #expect(methods.count > 40)
    for method in methods {
      let rule = AccessPolicy.rule(for: method)
      #expect(rule != .nobody, "\(method.fullyQualifiedMethod) is for nobody")
      let isOpen = method.service.fullyQualifiedService == "grpc.health.v1.Health" || method.method == "EnrolDevice"
      #expect((rule == .everyone) == isOpen)
    }
  }

  /// Every method that the contract has.
  static func allMethods() throws -> [MethodDescriptor] {
    let bytes = try #require(Data(base64Encoded: descriptorSetBase64))
    return try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes).file.flatMap { file in
      file.service.flatMap { service in
        service.method.map {
          MethodDescriptor(fullyQualifiedService: "\(file.package).\(service.name)", method: $0.name)
        }
      }
    }
  }

  @Test("every method that is not for everyone is called by a command, by which people are told of it, or by no person")
  func commands() throws {
    let unsaid: Set = ["WatchChanges", "RenewDeviceCertificate", "ServerReflectionInfo"]
    // What people do on pages: they sign in there, and participants do what is theirs.
    let ofPages: Set = [
      "CreateSignIn", "GetSignIn", "DeleteSignIn", "VerifyEmail", "SendPersonalLink", "ExportPersonalData",
      "JoinSession",
      "LeaveSession",
    ]
    for method in try Self.allMethods() where AccessPolicy.rule(for: method) != .everyone {
      #expect((method.command == nil) == unsaid.union(ofPages).contains(method.method), "\(method.method)")
    }
  }

  @Test("the contract's README has every method in its table of services, and names for later none that is there")
  func table() throws {
    let readme = try String(contentsOf: SampleData.root.appending(path: "proto/README.md"), encoding: .utf8)
    var listed: [String: Set<String>] = [:]
    for row in readme.matches(of: /\| `(\w+Service)` \|([^|]*)\|([^|]*)\|/) {
      listed[String(row.1)] = Set(row.2.matches(of: /`(\w+)`/).map { String($0.1) })
      let later = Set(row.3.matches(of: /`(\w+)`/).map { String($0.1) })
      #expect(try later.isDisjoint(with: Self.allMethods().map(\.method)))
    }
    let own = try Self.allMethods().filter { $0.service.fullyQualifiedService.hasPrefix("lanyard.v1.") }
    let services = Dictionary(grouping: own) {
      String($0.service.fullyQualifiedService.dropFirst("lanyard.v1.".count))
    }
    #expect(listed == services.mapValues { Set($0.map(\.method)) })
  }

  @Test("an unknown method is for nobody")
  func unknownMethod() {
    #expect(AccessPolicy.rule(for: MethodDescriptor(fullyQualifiedService: "lanyard.v1.X", method: "Y")) == .nobody)
  }

  @Test("each role calls exactly what the policy lets it call", arguments: Role.allCases)
  func rolesOverTheWire(role: Role) async throws {
    try await ServerHarness.run { server in
      let access = server.access(try await server.token(role).text)
      try await withServerConnection(access) { client in
        let events = Lanyard_V1_EventService.Client(wrapping: client)
        let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let checkIns = Lanyard_V1_CheckInService.Client(wrapping: client)
        try await expect(role, [.organiser, .desk, .scanner, .viewer]) { _ = try await events.listEvents(.init()) }
        try await expect(role, [.organiser, .desk, .scanner]) { _ = try await checkIns.checkIn(.init()) }
        try await expect(role, [.organiser, .desk]) { _ = try await registrations.listRegistrations(.init()) }
        let feed = Lanyard_V1_FeedService.Client(wrapping: client)
        try await expect(role, [.organiser]) { _ = try await events.importProgramme(.init()) }
        let all = Lanyard_V1_ListAuditEntriesRequest.with {
          $0.parent = ResourceName.event(SampleData.forum).description
        }
        try await expect(role, [.organiser]) { _ = try await feed.listAuditEntries(all) }
      }
    }
  }

  @Test("without a token, with a wrong one, or with a revoked one nobody comes in")
  func refusedTokens() async throws {
    try await ServerHarness.run { server in
      let revoked = try await server.token(.organiser)
      #expect(try await server.store.revokeToken(.test(server.clock.now), revoked.id))
      let stranger = BearerToken.random()
      let sameID = "lanyard_\(server.organiser.id)_\(String(repeating: "0", count: 64))"
      for token in ["", "x", revoked.text, stranger.text, sameID] {
        let failure = try await failure(server.access(token))
        #expect(failure?.code == .unauthenticated)
        #expect(failure?.reason == "TOKEN_REFUSED")
      }
    }
  }

  @Test("a token says its secret only when it is asked for its text")
  func tokenHidesItself() {
    let token = BearerToken.random()
    let secret = token.text.split(separator: "_")[2]
    var dumped = ""
    dump(token, to: &dumped)
    for text in ["\(token)", String(reflecting: token), dumped] { #expect(!text.contains(secret)) }
    #expect(BearerToken(token.text)?.text == token.text)
    #expect(BearerToken(token.text + "0") == nil)
  }

  private func failure(_ access: ServerAccess) async throws -> CallFailure? {
    do {
      return try await withServerConnection(access) { client in
        _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init())
        return nil
      }
    } catch let error as RPCError {
      return CallFailure(error)
    }
  }

  /// Expects that the call is refused for its role unless the role is allowed; another refusal means it came through.
  private func expect(
    _ role: Role,
    _ allowed: Set<Role>,
    _ call: () async throws -> Void
  ) async throws {
    var reason = ""
    do {
      try await call()
    } catch let error as RPCError {
      reason = CallFailure(error).reason
    }
    #expect((reason == "ROLE_NOT_ALLOWED") == !allowed.contains(role))
  }
}
