import Foundation
import LanyardTesting
import Testing

@Suite("Importing files that are odd", .blocking)
struct ImportTests {
  private static let header = "email,given_name,stakeholder_group,participation\n"

  /// Hands a body what imports a text, as a file and through a pipe.
  private func withServer(
    _ body: (_ file: (String) throws -> LanyardProgram.Result, _ pipe: (String) throws -> LanyardProgram.Result) throws
      -> Void
  ) throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      func run(_ path: String, input: String) throws -> LanyardProgram.Result {
        let arguments = ["registrations", "import", path, "--event", SampleData.forum, "--json"]
        return try LanyardProgram.run(arguments, data: data, input: input)
      }
      try body(
        { text in
          let file = folder.appending(path: "people.csv")
          try Data(text.utf8).write(to: file)
          return try run(file.path, input: "")
        },
        { text in try run("/dev/stdin", input: text) }
      )
    }
  }

  @Test("A row over a limit is refused by its number and the limit, and the others are imported")
  func rowOverLimit() throws {
    try withServer { file, pipe in
      let odd = [
        (String(repeating: ",", count: 1_000_000), "100 fields"),
        ("a@b.org,\(String(repeating: "x", count: 1_000_000)),UN,ONSITE", "65536 bytes"),
      ]
      for (odd, limit) in odd {
        let text = "\(Self.header)\(odd)\nmai@example.org,Mai,Academia,ONSITE\n"
        for result in [try file(text), try pipe(text)] {
          #expect(result.status == 1, "\(result.errors)")
          let summary = try #require(try result.json().first)
          let refused = try #require(summary["refused"] as? [[String: any Sendable]])
          #expect(refused.map { $0["row"] as? Int } == [2])
          #expect((refused.first?["reason"] as? String)?.contains(limit) == true, "\(refused)")
          #expect((summary["imported"] as? Int ?? 0) + (summary["unchanged"] as? Int ?? 0) == 1)
        }
      }
    }
  }

  @Test("What Excel saves is tried and imported, refused rows are mended and imported, and an export changes nothing")
  func officeFile() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      let (file, rest) = (folder.appending(path: "people.csv"), folder.appending(path: "rest.csv"))
      let text = """
        sep=;\r\nE-Mail;Vorname;Country;Stakeholder Group;Participation;Notes\r
        mueller@example.org;M\u{FC}ller;Atlantis?;academia;onsite;x\r
        zoe@example.org;Zo\u{EB};suisse; Academia ;On-site;\r
        ZOE@example.org;Zo\u{EB} two;CH;Academia;remote\r\n
        """
      try Data(text.unicodeScalars.map { UInt8($0.value) }).write(to: file)
      func run(_ path: String, _ options: String..., input: String = "") throws -> LanyardProgram.Result {
        try LanyardProgram.run(
          ["registrations", "import", path, "--event", SampleData.forum, "--json", "--map", "e-mail=email"] + options,
          data: data,
          input: input
        )
      }
      let unmapped = try run(file.path)
      #expect(unmapped.status == 1 && unmapped.errors.contains("Vorname") && unmapped.errors.contains("--map"))
      for isTried in [true, false] {
        let options = isTried ? ["--dry-run"] : ["--refused", rest.path]
        let arguments = ["registrations", "import", file.path, "--event", SampleData.forum, "--json"]
        let maps = ["--map", "E-Mail=email", "--map", "Vorname=given_name", "--ignore-unknown"]
        let result = try LanyardProgram.run(arguments + maps + options, data: data)
        #expect(result.status == 1, "\(result.errors)")
        #expect(result.errors.contains("windows-1252") && result.errors.contains("passed over: Notes"))
        let summary = try #require(try result.json().first)
        #expect(summary["imported"] as? Int == 1 && summary["dry_run"] as? Bool == (isTried ? true : nil))
        let refused = try #require(summary["refused"] as? [[String: any Sendable]])
        #expect(refused.map { $0["row"] as? Int } == [2, 4])
        #expect(refused.map { $0["person"] as? String } == ["M\u{FC}ller", "Zo\u{EB} two"])
        #expect(refused.map { $0["field"] as? String } == ["country", "email"])
        #expect((refused.last?["reason"] as? String)?.contains("row 3") == true)
      }
      let bytes = [UInt8](try Data(contentsOf: rest))
      #expect(bytes.starts(with: Array("\u{FEFF}refused_because;E-Mail;Vorname".utf8)))
      let written = String(decoding: bytes, as: UTF8.self)
      let mended = written.replacing("Atlantis?", with: "Sweden")
        .replacing("ZOE@", with: "two@")
      let result = try run("-", "--map", "Vorname=given_name", "--ignore-unknown", input: mended)
      #expect(result.status == 0, "\(result.output) \(result.errors)")
      #expect(try result.json().first?["imported"] as? Int == 2)
      let export = folder.appending(path: "export.csv")
      let exported = try LanyardProgram.run(
        ["registrations", "export", "--event", SampleData.forum, "--bom", "--out", export.path],
        data: data
      )
      #expect(exported.status == 0 && exported.errors.contains("3 registrations"), "\(exported.errors)")
      #expect(try run(export.path).json().first?["unchanged"] as? Int == 3)
      let lines = try LanyardProgram.run(
        ["registrations", "export", "--event", SampleData.forum, "--json"],
        data: data
      )
      #expect(try lines.json().count == 3)
    }
  }

  @Test("A corrected file is told to differ, shows what would change, and changes only that")
  func update() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      let file = folder.appending(path: "people.csv")
      func run(_ options: String..., wo: String, organisation: String = "WHO") throws -> LanyardProgram.Result {
        let text = """
          email,given_name,family_name,organisation,stakeholder_group,participation
          zoe@example.org,Zo\u{EB},\(wo),\(organisation),Academia,ONSITE
          ada@example.org,Ada,Byron,,Academia,ONSITE

          """
        try Data(text.utf8).write(to: file)
        let command = ["registrations", "import", file.path, "--event", SampleData.forum]
        return try LanyardProgram.run(command + options, data: data)
      }
      #expect(try run(wo: "Wo").status == 0)
      let differing = try run(wo: "Wu")
      #expect(differing.status == 1 && differing.output.contains("--update --dry-run"), "\(differing.output)")
      let tried = try run("--update", "--dry-run", wo: "Wu", organisation: "")
      #expect(tried.status == 0, "\(tried.errors)")
      #expect(tried.output.contains("row 2, Zo\u{EB} Wo: family_name “Wo” becomes “Wu”"), "\(tried.output)")
      #expect(!tried.output.contains("organisation"), "\(tried.output)")
      let updated = try run("--update", "--json", wo: "Wu", organisation: "")
      let summary = try #require(try updated.json().first, "\(updated.errors)")
      #expect(summary["updated"] as? Int == 1 && summary["unchanged"] as? Int == 1)
      let changes = try #require(summary["changes"] as? [[String: any Sendable]])
      #expect(changes.map { $0["field"] as? String } == ["family_name"])
      func shown() throws -> String {
        let command = ["registrations", "show", "zoe@example.org", "--event", SampleData.forum]
        return try LanyardProgram.run(command, data: data).output
      }
      #expect(try shown().contains("family_name  Wu") && shown().contains("organisation  WHO"))
      #expect(try run("--clear-empty", wo: "Wu").status == 2)
      #expect(try run("--update", "--clear-empty", wo: "Wu", organisation: "").status == 0)
      #expect(try !shown().contains("WHO"))
    }
  }

  @Test("Refused rows are not written over the file that is imported, by whatever name it is called")
  func refusedIsInput() throws {
    try LanyardServerProcess.withProgramme { (folder, data, _) throws in
      let people = folder.appending(path: "people.csv")
      let text = "email,stakeholder_group,participation\na@example.org,Academia,ONSITE\nb,Academia,ONSITE\n"
      try Data(text.utf8).write(to: people)
      let link = folder.appending(path: "link.csv")
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: people)
      let command = ["registrations", "import", "--event", SampleData.forum]
      for (file, refused) in [(people, people), (people, link), (link, people)] {
        let result = try LanyardProgram.run(command + [file.path, "--refused", refused.path], data: data)
        #expect(result.status == 2 && result.errors.contains("--refused names the file"), "\(result.errors)")
      }
      let piped = try LanyardProgram.run(
        ["-c", #"exec "$0" registrations import - --event "$1" --refused "$2" < "$2""#, LanyardProgram.url.path]
          + [SampleData.forum, people.path],
        data: data,
        program: URL(filePath: "/bin/sh")
      )
      #expect(piped.status == 2 && piped.errors.contains("--refused names the file"), "\(piped.errors)")
      #expect(try String(contentsOf: people, encoding: .utf8) == text)
      for none in ["", "-"] {
        #expect(try LanyardProgram.run(command + [people.path, "--refused", none], data: data).status == 2)
      }
      let other = folder.appending(path: "refused.csv").path
      #expect(try LanyardProgram.run(command + [people.path, "--refused", other], data: data).status == 1)
    }
  }

  @Test("A file with a fault at its end changes nothing, however many rows come before")
  func faultAtTheEnd() throws {
    try withServer { file, pipe in
      let rows = (1...3000).map { "p\($0)@example.org,Person \($0),Academia,ONSITE\n" }.joined()
      for end in ["x@example.org,\"Never closed,Academia,ONSITE\n", "\(String(repeating: "y", count: 100_000))\n\"\n"] {
        for result in [try file(Self.header + rows + end), try pipe(Self.header + rows + end)] {
          #expect(result.status == 1)
          #expect(result.errors.contains("nothing was changed") && result.errors.contains("never closed"))
        }
      }
      let result = try file(Self.header + rows)
      #expect(try result.json().first?["imported"] as? Int == 3000)
    }
  }
}
