import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardServer
import LanyardTesting
import Testing

@Suite("The transport", .blocking, .hangGuard)
struct TransportTests {
  @Test("refuses a client that trusts another authority, and plaintext")
  func refusesStrangers() async throws {
    try await ServerHarness.run { server in
      let other = try CertificateAuthority(commonName: "Other", notBefore: 0, lifetime: .seconds(4_000_000_000))
      let path = server.folder.appending(path: "other.pem")
      try Data(other.certificatePEM.utf8).write(to: path)
      let access = ServerAccess(server.address, token: server.organiser.text, authorityPath: path.path)
      #expect(await Self.listEvents(access)?.code == .unavailable)
      #expect(
        try Tool.openssl(["s_client", "-connect", "\(server.address)", "-alpn", "h2", "-tls1_3"], server).contains(
          "TLSv1.3"
        )
      )
      #expect(
        try Tool.openssl(["s_client", "-connect", "\(server.address)", "-alpn", "h2", "-tls1_1"], server).contains(
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
      try HangGuard.wait { try Self.serial(server) != before }
      #expect(await Self.listEvents(server.access) == nil)
    }
  }

  @Test("closes a connection that does not finish its handshake in time")
  func handshakeDeadline() async throws {
    try await ServerHarness.run(settings: { $0.handshakeTimeout = .seconds(3) }) { server in
      let found = try Self.connectSilently(3, until: 3, server)
      #expect(found == "closed 3, open 0")
      // On a busy machine three seconds may be over before its own handshake is done.
      while await Self.listEvents(server.access) != nil {}
    }
  }

  @Test("closes connections over the limit of one address, and only those")
  func connectionLimit() async throws {
    try await ServerHarness.run(
      settings: { $0.maximumConnectionsPerAddress = 4 }
    ) { server in
      let found = try Self.connectSilently(12, until: 8, server)
      #expect(found == "closed 8, open 4")
    }
  }

  @Test("ends while strangers go on connecting")
  func endsUnderConnections() async throws {
    for _ in 0..<8 {
      let strangers = Process()
      strangers.executableURL = URL(filePath: "/usr/bin/env")
      try await ServerHarness.run { server in
        // They end by themselves once nobody listens any more.
        let script = """
          import socket
          from threading import Thread
          def connect():
              try:
                  while True: socket.create_connection(("\(server.access.endpoint.host)", \(server.access.endpoint.port))).close()
              except OSError: pass
          for _ in range(4): Thread(target=connect).start()
          print("ready", flush=True)
          """
        let output = Pipe()
        strangers.arguments = ["python3", "-c", script]
        strangers.standardOutput = output
        try strangers.run()
        _ = output.fileHandleForReading.availableData
      }
      strangers.waitUntilExit()
    }
  }

  /// Makes connections that say nothing, waits until the server has closed so many of them, and tells how many of the others
  /// can still shake hands.
  private static func connectSilently(_ count: Int, until limit: Int, _ server: ServerHarness) throws -> String {
    let script = """
      import select, socket, ssl
      host, port = "\(server.access.endpoint.host)", \(server.access.endpoint.port)
      open = [socket.create_connection((host, port)) for _ in range(\(count))]
      while len(open) > \(count - limit):
          for each in select.select(open, [], [])[0]:
              if each.recv(1) == b"":
                  open.remove(each)
      context = ssl.create_default_context(cafile="authority.pem")
      context.set_alpn_protocols(["h2"])
      def shakes(each):
          try:
              context.wrap_socket(each, server_hostname=host)
              return True
          except OSError:
              return False
      print(f"closed {\(count) - len(open)}, open {sum([shakes(each) for each in open])}")
      """
    return try Tool.run("python3", "-c", script, in: server.folder).output.trimmingCharacters(
      in: .whitespacesAndNewlines
    )
  }

  private static func serial(_ server: ServerHarness) throws -> String {
    try Tool.openssl(["s_client", "-connect", "\(server.address)", "-alpn", "h2"], server)
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
