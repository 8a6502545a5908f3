import Foundation
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardLoad
import LanyardServer
import LanyardStore
import Logging

/// A server on a temporary data folder, with a lane each and badges that every scan of the workload lets through.
struct BenchVenue {
  let server: LanyardServer
  let logger: Logger
  private let folder: DataFolder
  private let store: SQLiteStore
  /// Badge codes of each lane.
  private let codes: [[String]]

  private static let event = "bench"
  /// Badges that each lane scans in turns.
  private static let badgesPerLane = 100

  init(lanes: Int) async throws {
    var logger = Logger(label: "lanyard.bench")
    logger.logLevel = .error
    self.logger = logger
    folder = DataFolder(
      path: FileManager.default.temporaryDirectory.appending(path: "lanyard-bench-\(UUID().uuidString)").path
    )
    do {
      try folder.create()
      store = try SQLiteStore(path: folder.database, mode: .rehearsal)
      codes = try await Self.makeBadges(store, lanes: lanes)
      try Self.makeCertificates(folder)
      var settings = ServerSettings(certificatePath: folder.serverCertificate, privateKeyPath: folder.serverKey)
      settings.port = 0
      server = try await LanyardServer.make(settings: settings, store: store, clock: .system, logger: logger)
    } catch {
      Self.remove(folder)
      throw error
    }
  }

  func remove() { Self.remove(folder) }

  private static func remove(_ folder: DataFolder) {
    // What stays lies among the machine's temporary files, which it clears away.
    try? FileManager.default.removeItem(at: folder.url)
  }

  /// Hands over bare SQLite on a copy of the data, with what each lane scans.
  func bareAdmission(_ body: (BareAdmission, [BareAdmission.Lane]) throws -> Int) throws -> Int {
    let place = folder.url.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    // The whole folder goes at the end; this only keeps one copy at a time.
    defer { try? FileManager.default.removeItem(at: place) }
    let copy = place.appending(path: "bare.sqlite").path
    try store.copy(to: copy)
    let lanes = codes.enumerated().map { BareAdmission.Lane(checkpoint: "lane-\($0 + 1)", codes: $1) }
    return try body(BareAdmission(path: copy), lanes)
  }

  func workload(_ lane: Int) -> LaneWorkload { LaneWorkload(codes: codes[lane]) }

  func checkpointAddress(_ lane: Int) -> CheckpointAddress {
    CheckpointAddress(event: Self.event, checkpoint: "lane-\(lane + 1)")
  }

  /// Resource name of a lane's checkpoint.
  func checkpoint(_ lane: Int) -> String { ResourceName.checkpoint("lane-\(lane + 1)", of: Self.event) }

  /// The way in for a scanner, once the server listens.
  func access() async throws -> ServerAccess {
    let token = BearerToken.random()
    try await store.addToken(token.stored(role: .scanner, label: "bench", at: ServerClock.system.now))
    let address = try await server.address
    guard let access = ServerAccess(address: address, token: token.text, authorityPath: folder.authorityCertificate)
    else { throw CommandFailure.unreachable("lanyard: the bench's own server has no address: \(address)") }
    return access
  }

  private static func makeBadges(_ store: SQLiteStore, lanes: Int) async throws -> [[String]] {
    let now = ServerClock.system.now
    let day = { (offset: Int) in Date(now + .seconds(offset * 86_400)).formatted(.iso8601.year().month().day()) }
    let entrances = (1...lanes).map { #"{"name": "Lane \#($0)"}"# }.joined(separator: ", ")
    let document = """
      {"events": [{"slug": "\(event)", "title": "Bench", "start_date": "\(day(-1))", "end_date": "\(day(1))",
        "time_zone": "UTC", "stakeholder_groups": ["Everyone"], "entrances": [\(entrances)], "sessions": []}]}
      """
    _ = try await store.importProgramme(Programme.reading([UInt8](document.utf8)))
    let event = try await store.event(Self.event).event
    let details = try (0..<lanes * badgesPerLane).map { number in
      var form = RegistrationForm()
      form.email = "person\(number)@example.org"
      form.givenName = "Person \(number)"
      form.stakeholderGroup = "Everyone"
      form.participation = .onsite
      return try form.validated(for: event)
    }
    _ = try await store.importRegistrations(details, for: Self.event, at: now)
    let signer = try await BadgeSigner.load(from: store, clock: .system)
    var codes: [[String]] = []
    var page = PageRequest(size: badgesPerLane)
    repeat {
      let found = try await store.registrations(of: Self.event, matching: RegistrationFilter(), page).page
      let drafts = try await signer.drafts(for: found.items, of: event)
      codes.append(try await store.issue(drafts, of: Self.event, at: now).map(\.badge.code))
      page.after = found.next
    } while page.after != nil
    return codes
  }

  private static func makeCertificates(_ folder: DataFolder) throws {
    let now = Int64(Date().timeIntervalSince1970)
    let authority = try CertificateAuthority(commonName: "Bench", notBefore: now, lifetime: .seconds(86_400))
    let issued = try authority.issueServerCertificate(
      commonName: "localhost",
      dnsNames: ["localhost"],
      ipAddresses: ["127.0.0.1"],
      notBefore: now,
      lifetime: .seconds(86_400)
    )
    try DataFolder.write(authority.certificatePEM, to: folder.authorityCertificate)
    try DataFolder.write(issued.privateKeyPEM, to: folder.serverKey)
    try DataFolder.write(issued.certificatePEM, to: folder.serverCertificate)
  }
}
