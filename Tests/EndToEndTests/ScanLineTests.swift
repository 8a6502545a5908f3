import Foundation
import LanyardTesting
import Testing

@Suite("A lane that reads lines and prints lines", .blocking, .hangGuard)
struct ScanLineTests {
  private static func scan(_ arguments: [String], _ lines: [String], _ venue: LaneVenue) throws -> LanyardProgram.Result
  {
    try LanyardProgram.run(
      ["scan", "--checkpoint", "Entrance lane 1", "--event", SampleData.forum] + arguments,
      data: venue.data,
      input: lines.map { "\($0)\n" }.joined()
    )
  }

  /// The first words of the lines with an answer.
  private static func answers(_ result: LanyardProgram.Result) -> [String] {
    result.output.split(separator: "\n").compactMap { line in
      line.split(separator: " ").first { ["ADMITTED", "LEFT", "REFUSED"].contains($0) }.map(String.init)
    }
  }

  @Test("answers the same with --simulate as with --plain, says that it is tried, and records nothing then")
  func simulated() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 2)
      // A web address beside a code is only told of; a single character is a key.
      let lines = ["https://example.org/b/\(venue.codes[0])", "x", "LY1NOTHING", venue.codes[1] + venue.codes[1]]
      let tried = try Self.scan(["--simulate"], lines, venue)
      #expect(Self.answers(tried) == ["ADMITTED", "REFUSED", "ADMITTED"], "\(tried.output)\(tried.errors)")
      #expect(tried.status == 1)
      #expect(tried.output.split(separator: "\n").allSatisfy { $0.hasPrefix("(tried only)  ") }, "\(tried.output)")
      #expect(try venue.record().isEmpty)
      let scanned = try Self.scan(["--plain"], lines, venue)
      #expect(Self.answers(scanned) == Self.answers(tried), "\(scanned.output)\(scanned.errors)")
      #expect(scanned.status == 1 && scanned.output.contains("Entrance lane 1"))
      #expect(try venue.record().count == 3)
      let notices = tried.errors.split(separator: "\n")
      #expect(notices.allSatisfy { $0.hasPrefix("(tried only)  ") }, "\(tried.errors)")
      #expect(tried.errors.contains("web address") && scanned.errors.contains("web address"), "\(scanned.errors)")
      venue.server.stop()
    }
  }

  @Test("keeps what could not be uploaded where `scan kept` with the same options looks, and erases it in JSON too")
  func kept() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 1)
      let device = try venue.enrol("door", at: "Entrance lane 1", through: venue.server.address)
      venue.server.kill()
      let alone = try LanyardProgram.run(
        ["scan", "--json", "--device", device.path],
        data: venue.data,
        input: "\(venue.codes[0])\n"
      )
      #expect(alone.status == 3)
      func kept(_ arguments: String...) throws -> LanyardProgram.Result {
        try LanyardProgram.run(["scan", "kept", "--device", device.path] + arguments, data: venue.data)
      }
      let journal = try #require(try kept("--json").json().first?["journal"] as? String)
      for other in [["--send-again"], ["--erase-refused"], ["--upload-here", journal]] {
        let both = try LanyardProgram.run(["scan", "kept", "--erase-waiting", journal] + other, data: venue.data)
        #expect(both.status == 2 && both.errors.contains("--erase-waiting"), "\(both.errors)")
      }
      let erased = try kept("--erase-waiting", journal, "--json").json()
      #expect(erased.first?["waiting"] as? Int == 0 && erased.first?["journal"] as? String == journal)
    }
  }
}
