import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardTesting
import Testing

@Suite("Erasing a person", .blocking)
struct ErasureTests {
  /// What is written of one person and of nobody else.
  private static let texts = [
    "Qxzvy.Erased@Example.org", "زهراءقظث", "Qxzvyfamilia Ñandúqx", "منظمة ضظغخ", "Qxzvyposition", "Qxzvyneeds a ramp",
    "Qxzvymark of the desk",
  ]
  private static let header =
    "email,given_name,family_name,organisation,position,accessibility_needs,photo_consent,stakeholder_group,participation"

  /// Every file under some folders.
  private static func files(_ folders: [URL]) throws -> [(path: String, content: Data)] {
    try folders.flatMap { folder in
      let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
      return try (found?.allObjects ?? []).compactMap { $0 as? URL }.filter {
        try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
      }.map { ($0.path, try Data(contentsOf: $0)) }
    }
  }

  /// The files that have a text in one of the forms in which it may have been written.
  private static func files(with text: String, in folders: [URL]) throws -> [String] {
    let normal = [
      text, text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping,
      text.decomposedStringWithCompatibilityMapping, SearchText.folded(text),
    ]
    let words = normal.flatMap { $0.split(separator: " ").map(String.init) }.filter { $0.utf8.count > 6 }
    let forms = Set((normal + words).flatMap { [$0, $0.lowercased()] }.map { Data($0.utf8) })
    return try files(folders).filter { file in forms.contains { file.content.range(of: $0) != nil } }.map(\.path)
  }

  @Test("Leaves no text of theirs in the data folder or on a device, and all counts as they were", .hangGuard)
  func wholeFolder() async throws {
    try withTemporaryFolder { try Self.wholeFolder($0) }
  }

  private static func wholeFolder(_ folder: URL) throws {
    let venue = try LaneVenue(in: folder, people: 4)
    defer { venue.server.stop() }
    let forum = SampleData.forum
    func run(_ arguments: [String], input: String = "") throws -> LanyardProgram.Result {
      try LanyardProgram.run(arguments, data: venue.data, input: input)
    }
    let row = "\(texts[..<6].joined(separator: ",")),yes,Government,ONSITE"
    let imported = try run(
      ["registrations", "import", "/dev/stdin", "--event", forum, "--json"],
      input: "\(header)\n\(row)\n"
    )
    #expect(imported.status == 0, "\(imported.output)")
    let found = try run(["registrations", "list", "--event", forum, "--query", "qxzvyfamilia", "--json"]).json()
    let name = try #require(found.first?["name"] as? String)
    #expect(try run(["badge", "issue", "--event", forum, "--all"]).status == 0)
    let badges = try run(["badge", "list", "--event", forum, "--codes", "--json"]).json()
    let badge = try #require(badges.first { $0["registration"] as? String == name })
    let (serial, code) = (try #require(badge["serial"] as? String), try #require(badge["code"] as? String))
    #expect(try run(["badge", "mark", serial, "--attention", "escort", "--note", texts[6]]).status == 0)
    let device = try venue.enrol("device", at: "Entrance lane 1", through: venue.server.address)
    let scanned = try run(["scan", "--json", "--device", device.path], input: "\(code)\n\(code)\n")
    #expect(try scanned.json().compactMap { $0["answer"] as? String } == ["ADMITTED", "REFUSED"])
    let counts = try run(["attendance", "--event", forum, "--json"]).output
    for text in texts { #expect(try files(with: text, in: [venue.data]) != [], "\(text) is not there at first") }

    let id = try #require(name.split(separator: "/").last.map(String.init))
    let unasked = try run(["registrations", "erase", id, "--event", forum])
    #expect(unasked.status == 2 && unasked.errors.contains("--yes"), "\(unasked.errors)")
    #expect(try run(["registrations", "erase", id, "--yes"]).status != 0)
    for _ in 1...2 {
      let erased = try run(["registrations", "erase", id, "--event", forum, "--yes", "--json"])
      #expect(erased.status == 0, "\(erased.errors)")
      let answer = try #require(try erased.json().first)
      #expect(answer["eraseTime"] != nil && answer["state"] as? String == "STATE_CANCELLED")
      #expect(answer["email"] == nil && answer["displayName"] == nil)
    }
    let nobody = try run(["registrations", "erase", "nobody", "--event", forum, "--yes"])
    #expect(nobody.status == 1, "\(nobody.errors)")
    // The device comes back, and hears of it.
    let again = try run(["scan", "--json", "--device", device.path], input: "\(code)\n")
    #expect(try again.json().compactMap { $0["reason"] as? String } == ["REVOKED"])
    for text in texts { #expect(try files(with: text, in: [venue.data, device]) == [], "\(text)") }
    #expect(try run(["registrations", "list", "--event", forum]).output.contains("(erased)"))
    #expect(try run(["audit", "verify"]).status == 0)
    let (before, after) = (try inside(counts), try inside(run(["attendance", "--event", forum, "--json"]).output))
    #expect(before == after && before == 1)
  }

  private static func inside(_ output: String) throws -> Int {
    let counts = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    return try #require(counts?["people_inside"] as? Int)
  }
}
