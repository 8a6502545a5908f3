import Foundation
import LanyardTesting
import Testing

@Suite("Badges are printed", .blocking, .hangGuard)
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

      #expect(try one.json().first?["printed_before"] as? Int == 1)

      // The next time only what is new.
      let next = try print()
      #expect(next.status == 1 && next.errors.contains("--again"), "\(next.errors)")
      let runs = try LanyardProgram.run(["badge", "prints"] + forum, data: data).output
      let past = try LanyardProgram.run(["badge", "history", "a@example.org"] + forum, data: data).output
      #expect(past.contains("ACTIVE") && past.contains("printed") && past.contains("badge.issued"), "\(past)")
      #expect(runs.contains("run 2") && runs.contains("run 1") && !runs.contains("NOT PRINTED"), "\(runs)")
      let rest = try print("--run", "1", "--from", "3")
      #expect(try rest.status == 0 && rest.json().first?["badges"] as? Int == 2, "\(rest.errors)")
      let group = try print("--group", "Private Sector", "--again", "--trial")
      #expect(try group.status == 0 && group.json().first?["pages"] as? Int == 2, "\(group.errors)")
      let unknown = try print("--group", "Aliens")
      #expect(unknown.status == 1 && unknown.errors.contains("Academia"), "\(unknown.errors)")
      // What was there stays.
      #expect(try text().contains("Ada Lovelace"))
    }
  }

  @Test("At a kiosk, into a folder or through lp, once each; a printer that fails sends people to the desk")
  func kiosk() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      let file = folder.appending(path: "people.csv")
      try Data(Self.people.utf8).write(to: file)
      let forum = ["--event", SampleData.forum]
      _ = try LanyardProgram.run(["registrations", "import", file.path] + forum, data: data)
      _ = try LanyardProgram.run(["badge", "issue", "--all"] + forum, data: data)
      let codes = try LanyardProgram.run(["badge", "list", "--codes"] + forum, data: data).output
        .split(separator: "\n").map(String.init)
      let made = try LanyardProgram.run(
        ["device", "code", "--profile", "kiosk", "--name", "Kiosk 2", "--json"] + forum,
        data: data
      ).json()
      let device = folder.appending(path: "kiosk")
      let link = try #require(made.first?["link"] as? String)
      #expect(try LanyardProgram.run(["scan", "enrol", link, "--device", device.path], data: data).status == 0)
      let out = folder.appending(path: "out")
      try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
      func kiosk(_ input: String, _ arguments: String...) throws -> LanyardProgram.Result {
        try LanyardProgram.run(
          ["kiosk", "--device", device.path, "--json"] + arguments,
          data: folder.appending(path: "nowhere"),
          input: input
        )
      }
      let first = try kiosk("\(codes[0])\n\(codes[0])\nhello\n", "--folder", out.path)
      let answers = try first.json()
      #expect(answers.map { $0["answer"] as? String } == ["PRINTED", "PRINTED_BEFORE", "REFUSED"], "\(first.errors)")
      #expect((answers[1]["said"] as? [String])?.first?.contains("Kiosk 2") == true)
      let files = try FileManager.default.contentsOfDirectory(atPath: out.path)
      #expect(files.count == 1 && files[0].hasSuffix(".pdf"))
      let text = try Tool.run("pdftotext", out.appending(path: files[0]).path, "-", in: folder).output
      #expect(text.contains(try #require(answers[0]["name"] as? String)))

      let failed = try kiosk("\(codes[1])\n", "--printer", "no-such-printer")
      #expect(try failed.json().map { $0["answer"] as? String } == ["NOT_PRINTED"], "\(failed.errors)")
      let both = try kiosk("", "--printer", "p", "--folder", out.path)
      #expect(both.status == 2)
    }
  }
}
