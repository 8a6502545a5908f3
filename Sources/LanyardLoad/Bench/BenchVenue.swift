import Foundation
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardSQLite
import LanyardServer
import LanyardStore
import Logging

/// A server in this process on a temporary folder, with a lane each and badges that every scan of the workload lets
/// through.
struct BenchVenue {
  let server: LanyardServer
  let logger: Logger
  private let folder: URL
  private let store: SQLiteStore
  /// Badge codes of each lane.
  private let codes: [[String]]

  /// Badges that each lane scans in turns.
  private static let badgesPerLane = 100

  /// - Parameter folder: A new folder.
  init(in folder: URL, lanes: Int) async throws {
    var logger = Logger(label: "lanyard.bench")
    logger.logLevel = .error
    self.logger = logger
    self.folder = folder
    let made = try await MeasuredStore(
      at: folder.appending(path: "lanyard.sqlite").path,
      lanes: lanes,
      people: lanes * Self.badgesPerLane
    )
    (store, codes) = (made.store, made.codes(ofLanes: lanes, each: Self.badgesPerLane))
    try Self.makeCertificates(folder)
    let settings = ServerSettings(
      certificatePath: Self.certificate(folder).path,
      privateKeyPath: Self.key(folder).path
    )
    server = try await LanyardServer.make(settings: settings, store: store, clock: .system, logger: logger)
  }

  /// Hands over bare SQLite on a copy of the data, with what each lane scans.
  func bareAdmission(_ body: (BareAdmission, [BareAdmission.Lane]) throws -> Void) throws {
    let place = folder.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    // The whole folder goes at the end; this only keeps one copy at a time.
    defer { try? FileManager.default.removeItem(at: place) }
    let copy = place.appending(path: "bare.sqlite").path
    try store.copy(to: copy)
    let lanes = codes.enumerated().map {
      BareAdmission.Lane(checkpoint: MeasuredStore.checkpointAddress($0).checkpoint, codes: $1)
    }
    try body(BareAdmission(path: copy), lanes)
  }

  func workload(_ lane: Int) -> OutAndInScans { OutAndInScans(codes: codes[lane]) }

  /// The way in for a scanner, once the server listens.
  func access() async throws -> ServerAccess {
    let token = BearerToken.random()
    let now = ServerClock.system.now
    try await store.addToken(.console(at: now), token.stored(role: .scanner, label: "bench", at: now))
    return ServerAccess(try await server.address, token: token.text, authorityPath: Self.authority(folder).path)
  }

  private static func authority(_ folder: URL) -> URL { folder.appending(path: "authority.pem") }
  private static func certificate(_ folder: URL) -> URL { folder.appending(path: "server.pem") }
  private static func key(_ folder: URL) -> URL { folder.appending(path: "server.key") }

  private static func makeCertificates(_ folder: URL) throws {
    let now = Int64(Date().timeIntervalSince1970)
    let authority = try CertificateAuthority(commonName: "Bench", notBefore: now, lifetime: .seconds(86_400))
    let issued = try authority.issueServerCertificate(
      commonName: "localhost",
      dnsNames: ["localhost"],
      ipAddresses: ["127.0.0.1"],
      notBefore: now,
      lifetime: .seconds(86_400)
    )
    try Data(authority.certificatePEM.utf8).write(to: Self.authority(folder))
    try Data(issued.certificatePEM.utf8).write(to: certificate(folder))
    let isMade = FileManager.default.createFile(
      atPath: key(folder).path,
      contents: Data(issued.privateKeyPEM.utf8),
      attributes: [.posixPermissions: 0o600]
    )
    guard isMade else { throw LoadFailure("cannot write \(key(folder).path)") }
  }
}
