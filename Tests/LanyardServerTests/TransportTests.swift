import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardServer
import LanyardTesting
import Testing

@Suite("The transport", .blocking)
struct TransportTests {
  @Test("refuses a client that trusts another authority, and plaintext")
  func refusesStrangers() async throws {
    try await ServerHarness.run { server in
      let other = try CertificateAuthority(commonName: "Other", notBefore: 0, lifetime: .seconds(4_000_000_000))
      let path = server.folder.appending(path: "other.pem")
      try Data(other.certificatePEM.utf8).write(to: path)
      let access = try #require(
        ServerAccess(address: server.address, token: server.organiser.text, authorityPath: path.path)
      )
      #expect(await Self.listEvents(access)?.code == .unavailable)
      #expect(
        try Tool.openssl(["s_client", "-connect", server.address, "-alpn", "h2", "-tls1_3"], server).contains("TLSv1.3")
      )
      #expect(
        try Tool.openssl(["s_client", "-connect", server.address, "-alpn", "h2", "-tls1_1"], server).contains(
          "Cipher is (NONE)"
        )
      )
      let plain = try Tool.run("curl", "-s", "--max-time", "5", "http://\(server.address)/", in: server.folder)
      #expect(plain.status != 0)
    }
  }

  @Test("takes up a replaced certificate without a restart")
  func certificateReload() async throws {
    try await ServerHarness.run(settings: { $0.certificateRefresh = .milliseconds(50) }) { server in
      let before = try Self.serial(server)
      try server.replaceCertificate()
      var after = before
      let deadline = ContinuousClock.now + .seconds(150)
      while after == before && ContinuousClock.now < deadline { after = try Self.serial(server) }
      #expect(after != before)
      #expect(await Self.listEvents(server.access) == nil)
    }
  }

  @Test("closes a connection that does not finish its handshake in time")
  func handshakeDeadline() async throws {
    try await ServerHarness.run(settings: { $0.handshakeTimeout = .seconds(3) }) { server in
      let closed = try Self.closedOfSilent(3, waiting: 60, server)
      #expect(closed == 3)
      #expect(await Self.listEvents(server.access) == nil)
    }
  }

  @Test("closes connections over the limit of one address, and only those")
  func connectionLimit() async throws {
    try await ServerHarness.run(
      settings: { ($0.handshakeTimeout, $0.maximumConnectionsPerAddress) = (.seconds(300), 4) }
    ) { server in
      let closed = try Self.closedOfSilent(12, waiting: 3, server)
      #expect(closed == 8)
    }
  }

  /// How many of some connections that say nothing the server closes within some seconds.
  private static func closedOfSilent(_ count: Int, waiting seconds: Int, _ server: ServerHarness) throws -> Int? {
    let script = """
      import select, socket, time
      sockets = [socket.create_connection(("\(server.access.host)", \(server.access.port))) for _ in range(\(count))]
      closed, end = set(), time.monotonic() + \(seconds)
      while len(closed) < len(sockets) and time.monotonic() < end:
          ready, _, _ = select.select([s for s in sockets if s not in closed], [], [], 0.2)
          closed |= {s for s in ready if s.recv(1) == b""}
      print(len(closed))
      """
    let result = try Tool.run("python3", "-c", script, in: server.folder)
    return Int(result.output.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private static func serial(_ server: ServerHarness) throws -> String {
    try Tool.openssl(["s_client", "-connect", server.address, "-alpn", "h2"], server)
      .components(separatedBy: "-----END CERTIFICATE-----")[0]
  }

  private static func listEvents(_ access: ServerAccess) async -> CallFailure? {
    await CheckInTests.failure {
      try await withServerConnection(access) { client in
        _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init())
      }
    }
  }
}

extension Tool {
  /// What `openssl` prints, with an empty standard input.
  fileprivate static func openssl(_ arguments: [String], _ server: ServerHarness) throws -> String {
    let command = (["openssl"] + arguments + ["-CAfile", "authority.pem"]).joined(separator: " ")
    return try run("sh", "-c", "\(command) </dev/null 2>&1", in: server.folder).output
  }
}
