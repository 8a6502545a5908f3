import Foundation
import LanyardLoad
import LanyardTesting
import Testing

@Suite("The commands about devices, as their users run them", .blocking)
struct DeviceCommandTests {
  private static let forum = SampleData.forum

  private static func run(_ venue: LaneVenue, _ arguments: String...) throws -> LanyardProgram.Result {
    try LanyardProgram.run(arguments, data: venue.data)
  }

  /// The id of the only device.
  private static func id(_ venue: LaneVenue) throws -> String {
    let listed = try run(venue, "device", "list", "--event", forum, "--json").json()
    let name = try #require(listed.first?["name"] as? String)
    return String(name.split(separator: "/").last ?? "")
  }

  private static func change(_ venue: LaneVenue, _ arguments: String...) throws -> LanyardProgram.Result {
    try LanyardProgram.run(
      ["device", "change", try id(venue), "--event", forum] + arguments,
      data: venue.data
    )
  }

  @Test("A lane that runs follows a change at once, and goes on where it may again", .hangGuard)
  func follows() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 3)
      defer { venue.server.stop() }
      let device = try venue.enrol("tablet", at: "Entrance lane 1", through: venue.server.address)
      let lane = try LaneProcess(["--device", device.path, "--direction", "in"], data: venue.data)
      func scan(_ number: Int) throws -> LaneProcess.Shown { try #require(lane.scan(venue.codes[number])) }
      #expect(try scan(0).answer == "ADMITTED")
      let moved = try Self.change(venue, "--checkpoint", "Entrance lane 2", "--name", "Lane two")
      #expect(moved.status == 0 && moved.output.contains("Lane two") && moved.output.contains("at entrance-lane-2"))
      // For a moment it answers by itself; then it hears that it scans elsewhere now.
      try HangGuard.wait { try scan(1).answer == "NOT_RECORDED" }
      let kept = try String(contentsOf: device.appending(path: "device.json"), encoding: .utf8)
      #expect(kept.contains("Lane two") && kept.contains("entrance-lane-2"))
      let back = try Self.change(venue, "--all-checkpoints", "--supervisor", "yes")
      #expect(back.output.contains("at all checkpoints") && back.output.contains("supervisor"))
      try HangGuard.wait { try scan(2).answer == "ADMITTED" }
      let leaving = try Self.run(venue, "scan", "leave", "--device", device.path)
      #expect(leaving.status == 3 && leaving.errors.contains("quit it first"), "\(leaving.errors)")
      // Nobody was admitted where the lane did not say so, and whoever it did is on record.
      try venue.finish(lane, ["--device", device.path, "--checkpoint", "entrance-lane-1"])
      let left = try Self.run(venue, "scan", "leave", "--device", device.path)
      #expect(left.status == 0, "\(left.errors)")
      #expect(!FileManager.default.fileExists(atPath: device.path))
      #expect(try Self.run(venue, "device", "list", "--event", Self.forum).output.contains("REVOKED"))
      #expect(try Self.change(venue, "--name", "Late").status == 1)
    }
  }

  @Test("A device that still has scans to send does not leave")
  func scansLeft() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 1)
      let device = try venue.enrol("tablet", at: "Entrance lane 1", through: venue.server.address)
      venue.server.kill()
      let lane = try LaneProcess(["--device", device.path], data: venue.data)
      #expect(lane.scan(venue.codes[0])?.offline == true)
      #expect(lane.finish() == 3)
      let left = try Self.run(venue, "scan", "leave", "--device", device.path)
      #expect(left.status == 2 && left.errors.contains("scans are left"), "\(left.errors)")
      #expect(try Self.run(venue, "scan", "kept", "--device", device.path, "--json").json().count == 1)
    }
  }

  @Test(
    "A device that was moved while its lane was off starts where it scans now, and says by its lines why not elsewhere"
  )
  func movedMeanwhile() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 1)
      defer { venue.server.stop() }
      let device = try venue.enrol("tablet", at: "Entrance lane 1", through: venue.server.address)
      #expect(try Self.change(venue, "--checkpoint", "Entrance lane 2").status == 0)
      let named = try Self.run(venue, "scan", "--device", device.path, "--checkpoint", "Entrance lane 2")
      #expect(named.status == 0 && named.output.contains("Entrance lane 2 is open"), "\(named.output) \(named.errors)")
      #expect(try Self.change(venue, "--checkpoint", "Entrance lane 3").status == 0)
      let bare = try Self.run(venue, "scan", "--device", device.path)
      #expect(bare.status == 0 && bare.output.contains("Entrance lane 3 is open"), "\(bare.output) \(bare.errors)")
      venue.server.kill()
      let offline = try Self.run(venue, "scan", "--device", device.path)
      #expect(offline.output.contains("Entrance lane 3 is open"), "\(offline.output) \(offline.errors)")
      try venue.startAgain()
    }
  }

  @Test("A revoked lane says so by its lines before a badge comes, and what becomes of what waits")
  func revokedLines() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 1)
      defer { venue.server.stop() }
      let device = try venue.enrol("tablet", at: "Entrance lane 1", through: venue.server.address)
      #expect(try Self.run(venue, "scan", "--device", device.path).output.contains("REHEARSAL"))
      venue.server.kill()
      let lane = try LaneProcess(["--device", device.path], data: venue.data)
      #expect(lane.scan(venue.codes[0])?.offline == true)
      #expect(lane.finish() == 3)
      try venue.startAgain()
      #expect(try Self.run(venue, "device", "revoke", Self.id(venue), "--event", Self.forum).status == 0)
      for _ in 0..<2 {
        let ran = try Self.run(venue, "scan", "--device", device.path)
        #expect(ran.status == 3 && !ran.output.contains("is open"), "\(ran.output)")
        // By the clock of the place, where it is half past eight.
        #expect(ran.output.contains("REHEARSAL") && ran.output.contains("08:3"), "\(ran.output)")
        #expect(ran.errors.contains("was revoked and has erased its roster"), "\(ran.errors)")
        #expect(ran.errors.contains("enrolled again") && !ran.errors.contains("runs here again"), "\(ran.errors)")
      }
      let left = try Self.run(venue, "scan", "leave", "--device", device.path)
      #expect(left.status == 2 && left.errors.contains("this device was revoked, and scans are left"), "\(left.errors)")
    }
  }

  @Test("Desk and kiosk call as what they are, and a kiosk says at once that it does not scan")
  func profiles() throws {
    try EnrolTests.withServer { data, _ in
      func enrol(_ profile: String) throws -> String {
        let folder = data.deletingLastPathComponent().appending(path: profile).path
        let link = try EnrolTests.code(data, "--profile", profile).link
        let enrolled = try LanyardProgram.run(["scan", "enrol", link, "--device", folder], data: data)
        #expect(enrolled.status == 0, "\(enrolled.errors)")
        #expect(enrolled.output.contains("lanyard scan") == (profile != "kiosk"))
        return folder
      }
      let (desk, kiosk) = (try enrol("desk"), try enrol("kiosk"))
      // With no data folder near, so that no organiser's token is found.
      let nowhere = data.deletingLastPathComponent().appending(path: "nowhere")
      func run(_ arguments: String...) throws -> LanyardProgram.Result {
        try LanyardProgram.run(arguments, data: nowhere)
      }
      let names = try run("registrations", "list", "--event", Self.forum, "--names", "--device", desk)
      let name = try #require(names.output.split(separator: "\n").first.map(String.init), "\(names.errors)")
      #expect(try run("attendance", "--event", Self.forum, "--device", desk).status == 0)
      #expect(try run("event", "list", "--device", kiosk).output.contains(Self.forum))
      let shown = try run("badge", "issue", name, "--device", kiosk, "--json").json()
      let serial = try #require(shown.first?["serial"] as? String)
      let file = data.deletingLastPathComponent().appending(path: "badge.svg").path
      #expect(try run("badge", "render", serial, "--device", kiosk, "--format", "svg", "--out", file).status == 0)
      #expect(FileManager.default.fileExists(atPath: file))
      let refused = try run("badge", "list", "--event", Self.forum, "--device", kiosk)
      #expect(refused.status == 1 && refused.errors.contains("kiosk"), "\(refused.errors)")
      let scan = try run("scan", "--device", kiosk, "--checkpoint", "Entrance lane 1")
      #expect(scan.status == 2 && scan.errors.contains("does not scan"), "\(scan.errors)")
      let both = try run("badge", "list", "--event", Self.forum, "--device", desk, "--token", "x")
      #expect(both.status == 2 && both.errors.contains("not both"), "\(both.errors)")
      for step in ["hold", "release"] {
        let taken = try run("badge", step, serial, "--device", desk)
        #expect(taken.status == 0, "\(taken.errors)")
      }
      #expect(try run("badge", "replace", serial, "--device", desk).status == 0)
      // Who names a data folder means that, whatever device the machine is.
      let list = [LanyardProgram.url.path, "badge", "list", "--event", Self.forum]
      func runAsKiosk(_ more: String...) throws -> Int32 {
        let arguments = ["LANYARD_DEVICE=\(kiosk)"] + list + more
        return try LanyardProgram.run(arguments, data: nowhere, program: URL(filePath: "/usr/bin/env")).status
      }
      #expect(try runAsKiosk() == 1)
      #expect(try runAsKiosk("--data", data.path) == 0)
    }
  }

  @Test("A code is listed and withdrawn, and not made for an address that the certificate is not for")
  func codes() throws {
    try EnrolTests.withServer { data, _ in
      func run(_ arguments: String...) throws -> LanyardProgram.Result { try LanyardProgram.run(arguments, data: data) }
      let far = try run("device", "code", "--event", Self.forum, "--name", "A", "--address", "lanyard.example.org:8443")
      #expect(far.status == 2 && far.errors.contains("address") && far.errors.contains("localhost"), "\(far.errors)")
      let made = try run("device", "code", "--event", Self.forum, "--name", "Tablet", "--json")
      #expect(made.errors.contains("this machine alone"))
      let json = try #require(try made.json().first)
      let id = try #require((json["name"] as? String)?.split(separator: "/").last.map(String.init))
      let listed = try run("device", "codes", "--event", Self.forum)
      #expect(listed.output.contains(id) && listed.output.contains("2024-05-27 08:"), "\(listed.output)")
      let withdrawn = try run("device", "withdraw", id, "--event", Self.forum)
      #expect(withdrawn.status == 0 && withdrawn.output.contains("withdrawn"))
      #expect(try run("device", "codes", "--event", Self.forum).output.isEmpty)
      let folder = data.deletingLastPathComponent().appending(path: "tablet").path
      let link = try #require(json["link"] as? String)
      #expect(try run("scan", "enrol", link, "--device", folder).status == 3)
    }
  }
}
