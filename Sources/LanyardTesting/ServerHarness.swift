package import Foundation
package import GRPCCore
package import GRPCInProcessTransport
package import LanyardCertificates
package import LanyardClient
package import LanyardDomain
package import LanyardSQLite
package import LanyardServer
package import LanyardStore
package import Logging
import ServiceLifecycle

/// A whole server in this process, over TLS on loopback, with certificates of its own.
package struct ServerHarness: Sendable {
  package let store: SQLiteStore
  package let clock: ManualClock
  /// Where the server is, with an organiser's token.
  package let access: ServerAccess
  /// The organiser's token.
  package let organiser: BearerToken
  package let address: Endpoint
  package let folder: URL
  package let authority: CertificateAuthority
  /// Calls the same services as the pages do.
  package let inProcess: GRPCClient<InProcessTransport.Client>
  private let shutdown: @Sendable () async -> Void

  /// A token for another role, for one event where it is given.
  package func token(_ role: Role, event: String? = nil) async throws -> BearerToken {
    let token = BearerToken.random()
    try await store.addToken(.test(), token.stored(role: role, event: event, label: "test", at: clock.now))
    return token
  }

  /// The secret of somebody who signs in with a token.
  package func signIn(with token: BearerToken) async throws -> String {
    let secret = BearerToken.random(.signIn)
    try await store.addSignIn(.test(clock.now), secret.stored(signedInWith: token.id, at: clock.now))
    return secret.text
  }

  /// A participant's personal link, valid for an hour.
  package func personalLink(of registration: String, event: String = SampleData.forum) async throws -> BearerToken {
    let link = BearerToken.random(.personalLink)
    try await store.addPersonalLink(
      .test(clock.now),
      link.stored(registration: registration, of: event, at: clock.now, lifetime: .seconds(3600))
    )
    return link
  }

  /// Access with another token.
  package func access(_ token: String) -> ServerAccess {
    ServerAccess(address, token: token, authorityPath: access.authorityPath)
  }

  /// Begins a graceful stop.
  package func stop() async { await shutdown() }

  /// Puts a new certificate where the server looks for it.
  package func replaceCertificate() throws { try Self.writeCertificate(of: authority, to: folder) }

  /// Starts a server on a new folder, hands it to the body, and stops it afterwards.
  ///
  /// - Parameters:
  ///   - programme: What is loaded beforehand; the sample where nothing is said.
  ///   - logger: Where the server logs; nowhere where nothing is said.
  ///   - served: The store as the server is to see it.
  package static func run<Result: Sendable>(
    at start: Instant = SampleData.firstMorning,
    programme: Programme? = nil,
    settings configure: (inout ServerSettings) -> Void = { _ in },
    logger: Logger? = nil,
    store served: (SQLiteStore) -> any Store = { $0 },
    _ body: (ServerHarness) async throws -> Result
  ) async throws -> Result {
    try await withTemporaryFolder { folder in
      let authority = try authority("Test authority")
      let authorityPath = folder.appending(path: "authority.pem")
      try Data(authority.certificatePEM.utf8).write(to: authorityPath)
      try writeCertificate(of: authority, to: folder)
      var settings = try settings(in: folder)
      configure(&settings)
      let clock = ManualClock(start)
      let path = folder.appending(path: "lanyard.sqlite").path
      let store = try SQLiteStore(path: path, mode: .rehearsal, .test(start))
      _ = try await store.importProgramme(.test(), programme ?? SampleData.programme())
      let token = BearerToken.random()
      try await store.addToken(.test(), token.stored(role: .organiser, label: "test", at: clock.now))
      let logger = logger ?? silent()
      let server = try await LanyardServer.make(
        settings: settings,
        store: served(store),
        clock: clock.serverClock,
        logger: logger
      )
      return try await running(server, logger) { address, shutdown in
        try await body(
          ServerHarness(
            store: store,
            clock: clock,
            access: ServerAccess(address, token: token.text, authorityPath: authorityPath.path),
            organiser: token,
            address: address,
            folder: folder,
            authority: authority,
            inProcess: server.inProcess.client,
            shutdown: shutdown
          )
        )
      }
    }
  }

  /// Runs a server while the body runs, which gets its address and what begins its graceful stop.
  private static func running<Result: Sendable>(
    _ server: LanyardServer,
    _ logger: Logger,
    _ body: (Endpoint, @escaping @Sendable () async -> Void) async throws -> Result
  ) async throws -> Result {
    let group = ServiceGroup(
      configuration: .init(services: server.services.map { .init(service: $0) }, logger: logger)
    )
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      do {
        let result = try await body(server.address) { await group.triggerGracefulShutdown() }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return result
      } catch {
        await group.triggerGracefulShutdown()
        throw error
      }
    }
  }

  private static func settings(in folder: URL) throws -> ServerSettings {
    var settings = ServerSettings(
      certificatePath: folder.appending(path: "server.pem").path,
      privateKeyPath: folder.appending(path: "server.key").path
    )
    // A peer that a busy machine keeps waiting is not cut off; a test of one of these times sets its own.
    (settings.handshakeTimeout, settings.strangerTimeout) = (HangGuard.time, HangGuard.time)
    (settings.silenceTimeout, settings.stopTimeout) = (HangGuard.time, HangGuard.time)
    settings.rosterPatience = HangGuard.time
    settings.deviceAuthority = DeviceAuthority(try authority("Test devices"), lifetime: .seconds(3600))
    return settings
  }

  private static func authority(_ name: String) throws -> CertificateAuthority {
    try CertificateAuthority(
      commonName: name,
      notBefore: Int64(Date().timeIntervalSince1970),
      lifetime: .seconds(86_400)
    )
  }

  private static func silent() -> Logger {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return logger
  }

  private static func writeCertificate(of authority: CertificateAuthority, to folder: URL) throws {
    let issued = try authority.issueServerCertificate(
      commonName: "localhost",
      dnsNames: ["localhost"],
      ipAddresses: ["127.0.0.1"],
      notBefore: Int64(Date().timeIntervalSince1970),
      lifetime: .seconds(86_400)
    )
    try Data(issued.privateKeyPEM.utf8).write(to: folder.appending(path: "server.key"), options: .atomic)
    try Data(issued.certificatePEM.utf8).write(to: folder.appending(path: "server.pem"), options: .atomic)
  }
}

/// Hands a new folder to the body and removes it afterwards.
package func withTemporaryFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lanyard-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  // It lies among the machine's temporary files.
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}
