import Foundation
import Glibc
import LanyardDomain
import LanyardLoad
import LanyardTesting
import Testing

/// In all of these the device is enrolled over a network that fails once its certificate was issued.
@Suite("An enrolment that did not end", .blocking)
struct EnrolAgainTests {
  /// Bytes of the server after which the device has its certificate, and begins the first connection with it.
  private static let secondHandshake = 4_500
  /// Bytes of the server after which the device's first call was carried out and not all of the answer has come.
  private static let firstCall = 8_000
  /// How much of an enrolment's last bytes belongs to its roster.
  private static let rosterEnd = 2_000

  /// A folder of a device, and the network between it and the server.
  private struct Venue {
    let data: URL
    let server: LanyardServerProcess
    let proxy: FaultyLine
    var device: URL { data.deletingLastPathComponent().appending(path: "device") }

    /// A link with which a device enrols through the network.
    func link() throws -> String { try EnrolTests.code(data, "--address", "\(proxy.address)").link }

    func enrol(_ link: String, _ arguments: String...) throws -> LanyardProgram.Result {
      try LanyardProgram.run(["scan", "enrol", link, "--device", device.path] + arguments, data: data)
    }

    func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: device.path).sorted() }

    func enrolments() throws -> [String] { try files().filter { $0.hasPrefix("enrolling-") } }

    /// Checks that one device is on record, which scans, and that nothing of its enrolment is left.
    func checkEnrolled() throws {
      #expect(try EnrolTests.devices(data) == 1)
      let names = try files().map { $0.prefix { $0 != "-" && $0 != "." } }
      #expect(names == ["authority", "credential", "device", "roster"])
      try checkScans(badge(), offline: false)
    }

    func badge() throws -> String {
      try LanyardProgram.run(["badge", "list", "--event", SampleData.forum, "--codes"], data: data).output
    }

    /// Checks that the device scans a badge, with the server or without it.
    func checkScans(_ badge: String, offline: Bool) throws {
      // A busy machine's lane may decide by itself though its server is there.
      try HangGuard.wait {
        let scan = try LanyardProgram.run(
          ["scan", "--device", device.path, "--checkpoint", "Entrance lane 3", "--json"],
          data: data,
          input: badge
        )
        let shown = try scan.json().map { $0["offline"] as? Bool }
        #expect(shown.count == 1, "\(scan.output)\(scan.errors)")
        return shown == [offline]
      }
    }
  }

  private static func withVenue(_ body: (Venue) throws -> Void) throws {
    try EnrolTests.withServer { data, server in
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try body(Venue(data: data, server: server, proxy: proxy))
    }
  }

  /// Starts an enrolment, and hands it over when its device is on record and can hear no more.
  private static func withFrozenEnrolment(_ link: String, _ venue: Venue, _ body: (Process) throws -> Void) throws {
    venue.proxy.swallow(after: firstCall)
    let process = Process()
    process.executableURL = LanyardProgram.url
    process.arguments = ["scan", "enrol", link, "--device", venue.device.path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    var isOnRecord = false
    while process.isRunning, !isOnRecord { isOnRecord = try EnrolTests.devices(venue.data) == 1 }
    try #require(isOnRecord)
    try body(process)
  }

  @Test("Cut off after the first call, it goes on when it is run again, and gives one device")
  func cut() throws {
    try Self.withVenue { venue in
      let link = try venue.link()
      try Self.withFrozenEnrolment(link, venue) { process in
        // Nobody listens there; what is connected is cut.
        venue.proxy.retarget(to: .loopback(port: 1))
        venue.proxy.pass()
        process.waitUntilExit()
        #expect(process.terminationStatus == 3)
      }
      #expect(try venue.enrolments().count == 1 && venue.files().count == 1)
      let cut = try venue.enrol(link)
      #expect(cut.status == 3 && cut.errors.contains("Run the same command again"), "\(cut.errors)")
      #expect(cut.errors.contains("lanyard device revoke --event \(SampleData.forum)"))
      venue.proxy.retarget(to: venue.server.address)
      let again = try venue.enrol(link)
      #expect(again.status == 0, "\(again.errors)")
      try venue.checkEnrolled()
    }
  }

  @Test("Killed after the first call, it goes on when it is run again, and gives one device")
  func killed() throws {
    try Self.withVenue { venue in
      let link = try venue.link()
      try Self.withFrozenEnrolment(link, venue) { process in
        let meanwhile = try venue.enrol(link)
        #expect(meanwhile.status == 3 && meanwhile.errors.contains("another"), "\(meanwhile.errors)")
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
      }
      #expect(try venue.enrolments().count == 1)
      venue.proxy.pass()
      let again = try venue.enrol(link)
      #expect(again.status == 0, "\(again.errors)")
      try venue.checkEnrolled()
    }
  }

  @Test("Where its roster does not come, it ends by itself, says so, and goes on when it is run again")
  func stalledRoster() throws {
    try Self.withVenue { venue in
      // How much an enrolment is.
      #expect(try venue.enrol(venue.link()).status == 0)
      let size = venue.proxy.forwarded
      try FileManager.default.removeItem(at: venue.device)
      let link = try venue.link()
      venue.proxy.swallow(after: size - Self.rosterEnd)
      let stalled = try venue.enrol(link, "--patience", "1")
      #expect(stalled.status == 3)
      #expect(stalled.errors.contains("nothing came from \(venue.proxy.address) for 1 second "), "\(stalled.errors)")
      #expect(stalled.errors.contains("is on the server's record. Run the same command again"))
      #expect(try venue.enrolments().count == 1 && venue.files().count == 1)
      venue.proxy.pass()
      let again = try venue.enrol(link)
      #expect(again.status == 0, "\(again.errors)")
      #expect(try EnrolTests.devices(venue.data) == 2)
      #expect(try venue.enrolments().isEmpty)
      let badge = try venue.badge()
      venue.server.stop()
      try venue.checkScans(badge, offline: true)
    }
  }

  @Test("It is named when another code is used in its folder, and given up when that one ends")
  func givenUp() throws {
    try Self.withVenue { venue in
      let codes = try EnrolTests.code(venue.data, "--address", "\(venue.proxy.address)")
      try Self.withFrozenEnrolment(codes.link, venue) { kill($0.processIdentifier, SIGKILL) }
      venue.proxy.pass()
      let typed = try venue.enrol(codes.code)
      #expect(typed.status == 3 && typed.errors.contains("began to enrol here with another code"), "\(typed.errors)")
      #expect(try venue.enrolments().count == 1)
      let other = try venue.enrol(venue.link())
      #expect(other.status == 0 && other.errors.contains("is given up"), "\(other.errors)")
      #expect(try venue.enrolments().isEmpty && EnrolTests.devices(venue.data) == 2)
    }
  }

  @Test("Where the folder cannot take it, the device before stays as it was, and it goes on when it is run again")
  func halfTaken() throws {
    try Self.withVenue { venue in
      let files = FileManager.default
      #expect(try venue.enrol(venue.link()).status == 0)
      let before = try venue.files()
      let (identity, aside) = (venue.device.appending(path: "device.json"), venue.device.appending(path: "aside"))
      // A folder takes the name of the file that is changed last.
      try files.moveItem(at: identity, to: aside)
      try files.createDirectory(at: identity, withIntermediateDirectories: false)
      let link = try venue.link()
      let failed = try venue.enrol(link, "--replace")
      #expect(failed.status == 2 && failed.errors.contains("cannot write \(identity.path)"), "\(failed.errors)")
      #expect(failed.errors.contains("Run the same command again"))
      try files.removeItem(at: identity)
      try files.moveItem(at: aside, to: identity)
      try venue.checkScans(venue.badge(), offline: false)
      let again = try venue.enrol(link, "--replace")
      #expect(again.status == 0, "\(again.errors)")
      #expect(try EnrolTests.devices(venue.data) == 2)
      // Besides the journal of the lane, with its lock, nothing is left of the device before.
      let after = try venue.files().filter { !$0.hasPrefix("lane-") }
      #expect(after.count == before.count && Set(after).intersection(before) == ["device.json"])
      try venue.checkScans(venue.badge(), offline: false)
    }
  }

  @Test("One whose code was used elsewhere before its device came onto the record is forgotten")
  func neverOnRecord() throws {
    try Self.withVenue { venue in
      let link = try venue.link()
      // The certificate arrives; nothing is heard any more of the connection that is made with it.
      venue.proxy.swallow(after: Self.secondHandshake)
      let first = try venue.enrol(link, "--patience", "1")
      #expect(first.status == 3 && first.errors.contains("may be on the server's record"), "\(first.errors)")
      #expect(try venue.enrolments().count == 1 && EnrolTests.devices(venue.data) == 0)
      venue.proxy.pass()
      let elsewhere = ["scan", "enrol", link, "--device", venue.device.path + "-2"]
      #expect(try LanyardProgram.run(elsewhere, data: venue.data).status == 0)
      let again = try venue.enrol(link)
      #expect(again.status == 3 && again.errors.contains("was used"), "\(again.errors)")
      #expect(try venue.enrolments().isEmpty && EnrolTests.devices(venue.data) == 1)
    }
  }

  @Test("One whose device never came onto the record goes on while its code runs")
  func endsLater() throws {
    try Self.withVenue { venue in
      let link = try venue.link()
      venue.proxy.swallow(after: Self.secondHandshake)
      #expect(try venue.enrol(link, "--patience", "1").status == 3)
      venue.proxy.pass()
      let again = try venue.enrol(link)
      #expect(again.status == 0 && again.errors.contains("going on with the enrolment of Tablet"), "\(again.errors)")
      try venue.checkEnrolled()
    }
  }

  @Test("A folder from before, whose papers have no id in their names, is used on and replaced")
  func unnamedPapers() throws {
    try Self.withVenue { venue in
      #expect(try venue.enrol(venue.link()).status == 0)
      for name in try venue.files() where name.hasSuffix(".pem") {
        try FileManager.default.moveItem(
          at: venue.device.appending(path: name),
          to: venue.device.appending(path: "\(name.prefix { $0 != "-" }).pem")
        )
      }
      try venue.checkScans(venue.badge(), offline: false)
      #expect(try venue.enrol(venue.link(), "--replace").status == 0)
      let papers = try venue.files().filter { $0.hasSuffix(".pem") }
      #expect(papers.count == 2 && papers.allSatisfy { $0.contains("-") })
      try venue.checkScans(venue.badge(), offline: false)
    }
  }
}
