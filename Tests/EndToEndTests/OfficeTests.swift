import Foundation
import LanyardTesting
import Testing

@Suite("An organiser's office from the command line", .blocking, .hangGuard)
struct OfficeTests {
  private static let event = ["--event", SampleData.forum]
  private static let header = "email,given_name,country,stakeholder_group,participation\n"
  private static let people =
    header + #"""
      ada@example.org,Ada Byron,GB,Academia,ONSITE
      li@example.org,Li Ng,CN,Government,ONSITE
      mai@example.org,"Mai, ""M""",VN,Government,REMOTE

      """#

  /// What a command line may do to the sample's server.
  private typealias Run = (_ arguments: [String], _ input: String) throws -> LanyardProgram.Result

  private func withOffice(_ body: (URL, Run) throws -> Void) throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      try body(folder) { try LanyardProgram.run($0, data: data, input: $1) }
    }
  }

  @Test("Every refused row is written, past those that are listed, ready to mend and import")
  func everyRefusedRow() throws {
    try withOffice { folder, run in
      let (file, rest) = (folder.appending(path: "people.csv"), folder.appending(path: "rest.csv"))
      // Of two thirds this program finds what is wrong, and of one the server.
      let rows = (0..<9000).map { number in
        let country = number % 3 == 2 ? "FR" : "Atlantis"
        return "p\(number)@example.org,P\(number),\(country),\(number % 3 == 2 ? "Friends" : "Academia"),ONSITE\n"
      }
      try Data((Self.header + rows.joined()).utf8).write(to: file)
      let arguments = ["registrations", "import", file.path, "--json", "--refused", rest.path] + Self.event
      let result = try run(arguments, "")
      #expect(result.status == 1, "\(result.errors)")
      let summary = try #require(try result.json().first)
      #expect(
        (summary["refused"] as? [[String: any Sendable]])?.count == 5000 && summary["refused_rows"] as? Int == 9000
      )
      let written = try String(contentsOf: rest, encoding: .utf8).split(separator: "\r\n")
      #expect(written.count == 9001 && result.errors.contains("9000"), "\(result.errors)")
      for (number, line) in written.dropFirst().enumerated() where number % 500 < 3 {
        #expect(
          line.contains(number % 3 == 2 ? "stakeholder_group: " : "country: ") && line.contains("p\(number)@"),
          "\(line)"
        )
      }
      let mended = written.joined(separator: "\n").replacing("Atlantis", with: "FR").replacing(
        "Friends",
        with: "Academia"
      )
      let again = try run(["registrations", "import", "-", "--json"] + Self.event, mended)
      #expect(try again.json().first?["imported"] as? Int == 9000, "\(again.errors)")
    }
  }

  @Test("What is exported as JSON is imported, in lines and in a list, and its faults are told as of a table")
  func json() throws {
    try withOffice { folder, run in
      #expect(try run(["registrations", "import", "-"] + Self.event, Self.people).status == 0)
      #expect(try run(["registrations", "cancel", "li@example.org"] + Self.event, "").status == 0)
      let lines = try run(["registrations", "export", "--json"] + Self.event, "").output
      let list = "[\(lines.split(separator: "\n").joined(separator: ",\n"))]"
      for text in [lines, list] {
        let same = try run(["registrations", "import", "-", "--json"] + Self.event, text)
        #expect(try same.json().first?["unchanged"] as? Int == 2, "\(same.output) \(same.errors)")
        #expect(same.errors.contains("as Lanyard decides") && same.errors.contains("display_name"), "\(same.errors)")
      }
      let all = ["registrations", "export", "--json", "--state", "cancelled", "--state", "confirmed"] + Self.event
      let file = folder.appending(path: "people.json")
      let changed = try run(all, "").output.replacing("ada@", with: "eva@").replacing("mai@", with: "may@")
      try Data(changed.replacing("\"VN\"", with: "\"Atlantis\"").utf8).write(to: file)
      let rest = folder.appending(path: "rest.csv")
      let other = try run(["registrations", "import", file.path, "--json", "--refused", rest.path] + Self.event, "")
      let summary = try #require(try other.json().first, "\(other.errors)")
      #expect(summary["imported"] as? Int == 1 && other.status == 1)
      let refused = try #require(summary["refused"] as? [[String: any Sendable]])
      #expect(
        refused.map { $0["row"] as? Int } == [2, 3] && refused.map { $0["field"] as? String } == ["state", "country"]
      )
      #expect(try String(contentsOf: rest, encoding: .utf8).contains(#""Mai, ""M""""#))
      let unknown = try run(["registrations", "import", "-"] + Self.event, #"{"email":"x@example.org","Shoes":43}"#)
      #expect(unknown.status == 1 && unknown.errors.contains("Shoes") && unknown.errors.contains("stakeholder_group"))
      let broken = try run(["registrations", "import", "-"] + Self.event, lines + #"{"email":"#)
      #expect(broken.status == 1 && broken.errors.contains("row 3"), "\(broken.errors)")
    }
  }

  @Test("Columns that Lanyard decides are said, and a dry run moves up people of its own file")
  func told() throws {
    try withOffice { folder, run in
      let text = "Email,Given name,State,Registration,Stakeholder group,Participation\na@b.org,A,TX,7,Academia,onsite\n"
      let result = try run(["registrations", "import", "-"] + Self.event, text)
      #expect(
        result.status == 0 && result.errors.contains("decides what they say: State, Registration"),
        "\(result.errors)"
      )
      let programme = folder.appending(path: "small.json")
      let small = """
        {"events": [{"slug": "small", "title": "Small", "start_date": "2024-05-27", "end_date": "2024-05-27",
          "time_zone": "Europe/Zurich", "stakeholder_groups": ["Press"], "remote_participation": true,
          "onsite_capacity": 1, "sessions": []}]}
        """
      try Data(small.utf8).write(to: programme)
      #expect(try run(["event", "import", programme.path], "").status == 0)
      let add = ["registrations", "add", "--event", "small", "--group", "Press", "--given-name", "Ada"]
      #expect(try run(add + ["--email", "ada@example.org"], "").status == 0)
      let table =
        "email,given_name,stakeholder_group,participation\nbo@example.org,Bo,Press,ONSITE\nada@example.org,Ada,Press,REMOTE\n"
      for options in [["--dry-run"], []] {
        let tried = try run(
          ["registrations", "import", "-", "--event", "small", "--update", "--json"] + options,
          table
        )
        #expect(try tried.json().first?["moved_up"] as? Int == 1, "\(tried.output) \(tried.errors)")
      }
    }
  }

  @Test("Several people are shown and changed at once, and one is erased by address, once it is said again")
  func several() throws {
    try withOffice { _, run in
      #expect(try run(["registrations", "import", "-"] + Self.event, Self.people).status == 0)
      let shown = try run(["registrations", "show", "ada", "mai@example.org"] + Self.event, "").output
      #expect(shown.contains("  country  GB\n") && shown.contains("  country  VN\n"), "\(shown)")
      let lines = try run(["registrations", "show", "-", "--json"] + Self.event, "ada\nLi Ng\n").json()
      #expect(lines.map { $0["email"] as? String } == ["ada@example.org", "li@example.org"])
      let moved = try run(
        ["registrations", "change", "-", "--group", "Academia"] + Self.event,
        "Li Ng\nmai@example.org\n"
      )
      #expect(moved.status == 0 && moved.output.split(separator: "\n").count == 2, "\(moved.errors)")
      let list = ["registrations", "list", "--names", "--group", "Academia"] + Self.event
      #expect(try run(list, "").output.split(separator: "\n").count == 3)
      // What cannot be is wrong use for each; nobody who is not found is left out in silence.
      let wrong = try run(["registrations", "change", "ada", "Li Ng", "--group", "Friends"] + Self.event, "")
      #expect(wrong.status == 2 && wrong.errors.contains("Ada Byron, events/"), "\(wrong.errors)")
      let nobody = try run(["registrations", "change", "ada", "nobody", "--country", "CH"] + Self.event, "")
      #expect(nobody.status == 1 && nobody.errors.contains("nothing was changed"), "\(nobody.errors)")
      let address = try run(["registrations", "change", "ada", "--email", "mai@example.org"] + Self.event, "")
      #expect(address.status == 1 && address.errors.contains("Another person has"), "\(address.errors)")
      let etag = try run(
        ["registrations", "change", "ada", "Li Ng", "--country", "CH", "--etag", "x"] + Self.event,
        ""
      )
      #expect(etag.status == 2 && etag.errors.contains("--etag"), "\(etag.errors)")
      let both = try run(["registrations", "erase", "ada@example.org", "li@example.org", "--yes"] + Self.event, "")
      #expect(both.status == 2, "\(both.output)")
      #expect(try run(["registrations", "erase", "ada@example.org"] + Self.event, "").status == 2)
      #expect(try run(["registrations", "erase", "Ada Byron", "--yes"] + Self.event, "").status == 0)
      #expect(try run(["registrations", "show", "ada@example.org"] + Self.event, "").status == 1)
    }
  }

  @Test("Tables of lists and of attendance are written alike, as an office's spreadsheet opens them")
  func tables() throws {
    try withOffice { _, run in
      #expect(try run(["registrations", "import", "-"] + Self.event, Self.people).status == 0)
      let commands = [
        ["registrations", "list", "--csv"], ["registrations", "export"], ["attendance", "--csv"],
        ["attendance", "--by", "country", "--csv"], ["attendance", "people", "--csv"],
        ["attendance", "sessions", "--csv"],
        ["attendance", "scans", "--csv"], ["attendance", "conflicts", "--csv"],
        ["attendance", "person", "ada@example.org", "--csv"],
      ]
      for command in commands {
        let plain = try run(command + Self.event, "")
        let other = try run(command + ["--bom", "--separator", "semicolon"] + Self.event, "")
        #expect(plain.status == 0 && other.status == 0, "\(command): \(other.errors)")
        let (head, found) = (plain.output.prefix { !$0.isNewline }, other.output.prefix { !$0.isNewline })
        #expect(
          head.contains(",") && String(found) == "\u{FEFF}" + String(head).replacing(",", with: ";"),
          "\(command): \(found)"
        )
        guard command.last == "--csv" else { continue }
        let alone = try run(Array(command.dropLast()) + ["--separator", "tab"] + Self.event, "")
        #expect(alone.status == 2 && alone.errors.contains("--csv"), "\(command): \(alone.errors)")
      }
      #expect(try run(["registrations", "export", "--json", "--bom"] + Self.event, "").status == 2)
    }
  }

  @Test("Ends alike on every path: with 1 where a name fits several or nothing, with 2 where a value cannot be")
  func exitCodes() throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      func run(_ arguments: String...) throws -> LanyardProgram.Result { try LanyardProgram.run(arguments, data: data) }
      _ = try run("certs", "init")
      let server = try LanyardServerProcess(data: data)
      defer { server.stop() }
      let none = try run("registrations", "show", "ada")
      #expect(none.status == 1 && none.errors.contains("lanyard event import"), "\(none.errors)")
      #expect(try run("event", "import", SampleData.url("programme.json").path).status == 0)
      let several = try run("registrations", "show", "ada")
      #expect(several.status == 1 && several.errors.contains(SampleData.forum), "\(several.errors)")
      #expect(try run("registrations", "show", "ada", "--event", SampleData.forum).status == 1)
      #expect(try run("attendance", "--event", "nothing-like-it").status == 1)
      #expect(try run("attendance", "--event", SampleData.forum, "--checkpoint", "Nowhere").status == 1)
      let add = ["registrations", "add", "--event", SampleData.forum, "--given-name", "A", "--group", "Academia"]
      let here = try LanyardProgram.run(add + ["--email", "a@b.org", "--participation", "elsewhere"], data: data)
      let there = try LanyardProgram.run(add + ["--email", "no address"], data: data)
      #expect(here.status == 2 && there.status == 2 && there.errors.contains("registration.email"), "\(there.errors)")
      // What a file says is refused, whoever finds it.
      let programme = folder.appending(path: "programme.json")
      try Data(#"{"events": [{"slug": "x"}]}"#.utf8).write(to: programme)
      let refused = try run("event", "import", programme.path)
      #expect(refused.status == 1 && refused.errors.contains("events[0]"), "\(refused.errors)")
    }
  }
}
