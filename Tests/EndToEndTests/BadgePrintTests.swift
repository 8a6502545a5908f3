import Foundation
import LanyardTesting
import Testing

@Suite("Badges are printed", .blocking, .timeLimit(.minutes(4)))
struct BadgePrintTests {
  private static let people = """
    email,given_name,family_name,organisation,country,stakeholder_group,guest_role,participation
    z@example.org,Åsa,Öberg,,SE,Academia,,ONSITE
    a@example.org,Ada,Lovelace,Analytical Engines,GB,Private Sector,,ONSITE
    u@example.org,𐎀𐎁,Ugarit,,SY,Academia,,ONSITE
    m@example.org,فاطمة,العلوي,,MA,Academia,,ONSITE
    b@example.org,Bea,lovelace,,FR,Academia,,ONSITE

    """

  @Test("In one file, by family name; those that cannot be are left out and named, and the others are there")
  func printed() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      let file = folder.appending(path: "people.csv")
      try Data(Self.people.utf8).write(to: file)
      let forum = ["--event", SampleData.forum]
      let imported = try LanyardProgram.run(["registrations", "import", file.path] + forum, data: data)
      #expect(imported.status == 0, "\(imported.errors)")
      let out = folder.appending(path: "badges.pdf")
      func print(_ arguments: String...) throws -> LanyardProgram.Result {
        try LanyardProgram.run(["badge", "print", "--out", out.path, "--json"] + forum + arguments, data: data)
      }
      func text() throws -> String { try Tool.run("pdftotext", out.path, "-", in: folder).output }

      let none = try print()
      #expect(none.status == 1 && none.errors.contains("lanyard badge issue"), "\(none.errors)")
      #expect(!FileManager.default.fileExists(atPath: out.path))
      #expect(try LanyardProgram.run(["badge", "issue", "--all"] + forum, data: data).status == 0)

      let all = try print("--sheet", "a4")
      let result = try #require(try all.json().first, "\(all.errors)")
      #expect(all.status == 1 && result["badges"] as? Int == 4 && result["pages"] as? Int == 2)
      #expect((result["left_out"] as? [String])?.count == 1 && all.errors.contains("𐎀𐎁"), "\(all.errors)")
      let attributes = try FileManager.default.attributesOfItem(atPath: out.path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      let order = try text()
      let places = ["Ada Lovelace", "Bea lovelace", "Åsa Öberg"].compactMap { order.range(of: $0)?.lowerBound }
      #expect(places.count == 3 && places == places.sorted(), "\(order)")
      #expect(order.contains("United Kingdom") && order.contains("Private Sector"))

      let serials = try LanyardProgram.run(["badge", "list", "--limit", "1"] + forum, data: data).output
      let first = try #require(serials.split(separator: " ").first.map(String.init))
      let one = try print(first, "--design", "label")
      #expect(try one.status == 0 && one.json().first?["badges"] as? Int == 1, "\(one.errors)")
      #expect(try text().contains("Åsa Öberg"))

      let group = try print("--group", "Private Sector")
      #expect(try group.status == 0 && group.json().first?["pages"] as? Int == 2, "\(group.errors)")
      let unknown = try print("--group", "Aliens")
      #expect(unknown.status == 1 && unknown.errors.contains("Academia"), "\(unknown.errors)")
      // What was there stays.
      #expect(try text().contains("Ada Lovelace"))
    }
  }
}
