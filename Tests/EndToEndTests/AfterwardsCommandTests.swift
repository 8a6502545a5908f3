import Foundation
import LanyardTesting
import Testing

@Suite("Putting right from the command line what comes up after badges are out", .blocking, .hangGuard)
struct AfterwardsCommandTests {
  private static let people = """
    email,given_name,family_name,stakeholder_group,participation
    ada@example.org,Ada,Byron,Academia,ONSITE
    王@example.org,明,王,Government,ONSITE
    """

  @Test(
    "Puts people outside and takes that back, renews badges for days that were added, and books no more than there is room for"
  )
  func commands() throws {
    try LanyardServerProcess.withProgramme { (folder, data, _) throws in
      let forum = SampleData.forum
      func run(_ arguments: [String], input: String = "") throws -> LanyardProgram.Result {
        try LanyardProgram.run(arguments, data: data, input: input)
      }
      let list = Self.people.replacing("王@", with: "wang@")
      #expect(try run(["registrations", "import", "/dev/stdin", "--event", forum], input: list).status == 0)
      #expect(try run(["badge", "issue", "--event", forum, "--all"]).status == 0)
      let codes = try run(["badge", "list", "--event", forum, "--codes", "--json"]).json().compactMap {
        $0["code"] as? String
      }
      let scanned = try run(
        ["scan", "--checkpoint", "entrance-lane-1", "--json"],
        input: codes.joined(separator: "\n") + "\n"
      )
      #expect(try scanned.json().compactMap { $0["answer"] as? String } == ["ADMITTED", "ADMITTED"])
      func inside() throws -> Int? {
        try run(["attendance", "--event", forum, "--json"]).json().first?["people_inside"] as? Int
      }

      let texts = ["שלום עולם", "https://example.org/ada/" + codes[0], String(repeating: "A", count: 2000)]
      let read = try run(
        ["scan", "--checkpoint", "entrance-lane-1", "--json"],
        input: texts.joined(separator: "\n") + "\n"
      )
      #expect(try read.json().compactMap { $0["reason"] as? String } == ["UNREADABLE", "ALREADY_INSIDE", "UNREADABLE"])
      let kept = try run(["attendance", "scans", "--event", forum]).output
      #expect(
        kept.contains("code of 9 characters: שלום…") && kept.contains("in place of a code: a text that is too long"),
        "\(kept)"
      )

      let serial = try #require(
        try run(["badge", "list", "--event", forum, "--json"]).json().first?["serial"] as? String
      )
      #expect(try run(["badge", "mark", serial]).status == 2)
      let noted = try run(["badge", "mark", serial, "--note", "meets the chair"])
      #expect(noted.output == "\(serial)  no mark, and a note that operators see: meets the chair\n", "\(noted.errors)")
      let seen = try run(["badge", "list", "--event", forum, "--attention"]).output
      #expect(seen.contains("meets the chair") && !seen.contains("UNSPECIFIED"))
      #expect(try run(["badge", "mark", serial, "--attention", "escort"]).output.contains("marked ESCORT"))
      #expect(try run(["badge", "mark", serial, "--attention", "none"]).output == "\(serial)  no mark\n")

      let out = [
        "attendance", "send-out", "--event", forum, "--checkpoint", "Entrance lane 2", "--note", "evening", "--json",
      ]
      let sent = try #require(try run(out).json().first)
      let scans = try #require(sent["scans"] as? [String])
      #expect(sent["people"] as? Int == 2 && scans.count == 2)
      #expect(try inside() == 0)
      let recorded = try run(["attendance", "scans", "--event", forum, "--json"]).json().first
      let token = try #require(recorded?["reporter"] as? String)
      let lines = try run(["attendance", "scans", "--event", forum]).output.split(separator: "\n")
      #expect(lines.prefix(2).allSatisfy { $0.contains("SENT OUT: evening  token \(token)  ") })
      #expect(Set(lines.prefix(2).map { String($0.suffix(36)) }) == Set(scans))
      #expect(try run(["attendance", "undo", "--event", forum] + scans).status == 0)
      #expect(try inside() == 2)
      #expect(try run(["attendance", "send-out", "--event", forum]).status == 2)
      let one = try #require(
        try run(["attendance", "send-out", "--event", forum, "wang@example.org", "--json"]).json().first
      )
      #expect(one["people"] as? Int == 1)
      #expect(try run(["attendance", "undo", "--event", forum] + (one["scans"] as? [String] ?? [])).status == 0)
      let nobody = try run(["attendance", "send-out", "--event", forum, "nobody@example.org"])
      #expect(nobody.status == 1 && nobody.errors.contains("nobody@example.org"), "\(nobody.errors)")

      let programme = try String(contentsOf: SampleData.url("programme.json"), encoding: .utf8)
      let longer = folder.appending(path: "longer.json")
      try Data(programme.replacing("2024-05-31\"", with: "2024-06-01\"").utf8).write(to: longer)
      let imported = try run(["event", "import", longer.path])
      #expect(imported.output.contains("do not last for all of its days: 2;"), "\(imported.output) \(imported.errors)")
      #expect(try run(["badge", "renew", "--event", forum]).output == "2 renewed\n")
      #expect(try run(["badge", "renew", "--event", forum]).output == "0 renewed\n")

      let names = try run(["registrations", "list", "--event", forum, "--names"]).output.split(separator: "\n").map(
        String.init
      )
      #expect(try run(["event", "change", "Entrance lane 1", "--capacity", "1"]).status == 0)
      let book = ["event", "book", "--checkpoint", "Entrance lane 1"]
      let refused = try run(book + names)
      #expect(refused.status != 0 && refused.errors.contains("insist"), "\(refused.errors)")
      #expect(try run(book + ["--insist"] + names).output == "2 booked, 0 unchanged\n")
      #expect(try run(["registrations", "restore", names[0]]).status != 0)
    }
  }
}
