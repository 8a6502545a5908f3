import Foundation
import LanyardTesting
import Testing

@Suite("What an office does on its first day from the command line", .blocking, .hangGuard)
struct FirstDayTests {
  private static let event = ["--event", SampleData.forum]
  private static let header = "email,given_name,family_name,organisation,country,stakeholder_group,participation,days\n"
  private static let people =
    header + """
      ada@example.org,Ada,Byron,Cancel Foundation,GB,Academia,ONSITE,
      li@example.org,Li,Ng,WHO,CN,Government,ONSITE,
      mai@cancel.example,Mai,Tran,Ministry,VN,Government,REMOTE,

      """

  private typealias Run = (_ arguments: [String], _ input: String) throws -> LanyardProgram.Result

  /// Runs commands about the registrations of the forum, where some people are registered.
  private func withPeople(_ body: (URL, Run) throws -> Void) throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      let run: Run = { try LanyardProgram.run(["registrations"] + $0 + Self.event, data: data, input: $1) }
      #expect(try run(["import", "-"], Self.people).status == 0)
      try body(folder, run)
    }
  }

  @Test("What a cell, a file's name or an argument holds reaches no terminal raw, and each line stays one line")
  func hostileText() throws {
    try withPeople { folder, run in
      let hostile = "\u{1B}]0;owned\u{7}\u{202E}drow\u{9B}2J"
      let rows =
        Self.header + "\"x\(hostile)@example.org\",\"A\nB\(hostile)\",,,\(hostile),\(hostile),ONSITE,\(hostile)\n"
      let file = folder.appending(path: "people\(hostile).csv")
      try Data(rows.utf8).write(to: file)
      var said: [LanyardProgram.Result] = []
      for more in [[], ["--dry-run"], ["--json"], ["--refused", file.path + ".rest"]] {
        said.append(try run(["import", file.path] + more, ""))
      }
      said.append(try run(["import", file.path + "?"], ""))
      said.append(try run(["cancel", hostile + "\nline"], ""))
      said.append(try run(["list", "--group", hostile], ""))
      said.append(try run(["list", "--nonsense=\(hostile)"], ""))
      said.append(try run(["list", "--state", hostile], ""))
      for result in said {
        let text = result.output + result.errors
        #expect(result.status != 0 && !text.isEmpty)
        let raw = text.unicodeScalars.filter { scalar in
          scalar != "\n" && (scalar.properties.generalCategory == .control || scalar.value == 0x202E)
        }
        #expect(raw.isEmpty, "\(text)")
        #expect(!text.contains("\nB") && !text.contains("\nline"), "\(text)")
      }
      #expect(said[0].output.contains("\\u001B") && said[0].output.contains("A\\nB"), "\(said[0].output)")
    }
  }

  @Test("Words name people by whole words of their names, and by none of an organisation or an address")
  func wordsOfNames() throws {
    try withPeople { _, run in
      for text in ["Foundation", "cancel", "WHO", "Byr", "example"] {
        for command in [["cancel"], ["change", "--title", "Dr"]] {
          let result = try run([command[0], text] + command.dropFirst(), "")
          #expect(result.status == 1 && result.output.isEmpty, "\(text): \(result.output)")
          #expect(result.errors.contains("nothing is changed") && result.errors.contains("@"), "\(result.errors)")
        }
      }
      #expect(try run(["list", "--state", "cancelled", "--names"], "").output.isEmpty)
      #expect(try run(["list", "--query", "foundation", "--names"], "").output.split(separator: "\n").count == 1)
      #expect(try run(["change", "byron ada", "--badge-name", "Countess Lovelace"], "").status == 0)
      #expect(try run(["cancel", "lovelace"], "").output == "cancelled  Countess Lovelace\n")
    }
  }

  @Test("What is of one person is refused for several before anything is changed")
  func optionsOfOne() throws {
    try withPeople { _, run in
      for (people, input) in [
        (["ada@example.org", "li@example.org"], ""), (["-"], "ada@example.org\nli@example.org\n"),
      ] {
        for option in ["--email", "--etag"] {
          let result = try run(["change"] + people + ["--title", "Dr", option, "new@example.org"], input)
          #expect(result.status == 2 && result.errors.contains("\(option) is of one person"), "\(result.errors)")
        }
      }
      #expect(try !run(["export"], "").output.contains("Dr"))
      #expect(try run(["change", "-", "--email", "new@example.org"], "Li Ng\n").output.hasPrefix("confirmed  Li Ng"))
    }
  }

  @Test("A filter that is said twice, empty, or of what the event has not, is refused and says what there is")
  func filters() throws {
    try withPeople { _, run in
      for (arguments, said) in [
        (["--state", "confirmed", "--state", "cancelled"], "--state is said more than once"),
        (["--group", ""], "--group is given an empty value"), (["--query="], "--query is given an empty value"),
        (["--country", "Germany"], "people from: CN, GB, VN"), (["--organisation", "UNICEF"], "WHO"),
      ] {
        let result = try run(["list"] + arguments, "")
        #expect(result.status == 2 && result.output.isEmpty && result.errors.contains(said), "\(result.errors)")
      }
      #expect(try run(["list", "--country", "GB", "--organisation", "who"], "").status == 0)
    }
  }

  @Test("All that is wrong with a row is told at once, by the dry run and by the import, each fault with its column")
  func allFaults() throws {
    try withPeople { folder, run in
      let rows =
        Self.header + """
          nobody,,,,Atlantis,Friends,perhaps,2001-01-01
          zoe@example.org,Zoe,Wu,#REF!,CH,Friends,ONSITE,2024-05-28T00:00:00
          mai2@example.org,Mai,Tran,,VN,Government,REMOTE,2024-05-28

          """
      let rest = folder.appending(path: "rest.csv")
      for options in [["--dry-run"], ["--refused", rest.path]] {
        let result = try run(["import", "-", "--json"] + options, rows)
        let summary = try #require(try result.json().first, "\(result.errors)")
        let refused = try #require(summary["refused"] as? [[String: any Sendable]])
        func fields(_ row: Int) -> Set<String> {
          Set(refused.filter { $0["row"] as? Int == row }.compactMap { $0["field"] as? String })
        }
        #expect(fields(2) == ["email", "given_name", "country", "stakeholder_group", "participation", "days"])
        #expect(fields(3) == ["organisation", "stakeholder_group"])
        #expect(summary["imported"] as? Int == 1 && summary["refused_rows"] == nil, "\(result.output)")
      }
      let written = try String(contentsOf: rest, encoding: .utf8)
      for field in ["country: ", "stakeholder_group: ", "participation: "] { #expect(written.contains(field)) }
    }
  }

  @Test(
    "Over the capacity is said of who went over it alone, and a place that somebody has is not given again in silence"
  )
  func overCapacity() throws {
    try withPeople { _, run in
      let roomy = try run(["change", "mai", "--participation", "onsite", "--over-capacity"], "")
      #expect(roomy.status == 0 && !roomy.errors.contains("on record"), "\(roomy.errors)")
      let moved = try run(["move-up", "li", "ada", "--note", "asked"], "")
      #expect(moved.status == 1 && moved.errors.contains("Li Ng has a place already"), "\(moved.errors)")
      #expect(try !run(["show", "li"], "").output.contains("asked"))
    }
  }

  @Test("What a command was told is refused beside its own usage, and a span that is none by its options")
  func usage() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      func run(_ arguments: String...) throws -> LanyardProgram.Result {
        try LanyardProgram.run(arguments, data: data)
      }
      let forum = SampleData.forum
      let change = try run("registrations", "change", "ada", "--event", forum)
      #expect(change.status == 2 && change.errors.contains("Usage: lanyard registrations change "), "\(change.errors)")
      // Found while it runs.
      let list = try run("registrations", "list", "--limit", "0", "--event", forum)
      #expect(list.status == 2 && list.errors.contains("Usage: lanyard registrations list "), "\(list.errors)")
      #expect(list.errors.contains("See 'lanyard registrations list --help'"), "\(list.errors)")
      for command in ["scans", "conflicts"] {
        let span = ["attendance", command, "--event", forum, "--from", "2024-05-28", "--until", "2024-05-27"]
        let result = try LanyardProgram.run(span, data: data)
        #expect(result.status == 2 && result.errors.contains("--from is not before --until"), "\(result.errors)")
        let reporter = ["events/\(forum)/devices/0123456789", "zzz"]
        for name in reporter {
          let none = try run("attendance", command, "--event", forum, "--reporter", name)
          #expect(none.status == 1 && none.errors.contains(name), "\(none.errors)")
        }
      }
      for city in ["Geneva", "Bern"] {
        let file = folder.appending(path: "small.json")
        let text = """
          {"events": [{"slug": "small", "title": "Small", "start_date": "2024-05-27", "end_date": "2024-05-27",
            "time_zone": "Europe/Zurich", "stakeholder_groups": ["Press"], "onsite_capacity": 9, "city": "\(city)",
            "sessions": []}]}
          """
        try Data(text.utf8).write(to: file)
        #expect(try run("event", "import", file.path).status == 0)
      }
      let audit = try run("audit", "list", "--event", "small").output
      #expect(audit.contains("city Geneva → Bern"), "\(audit)")
      #expect(!audit.contains(#/ (\S+) → \1(,|\n)/#), "\(audit)")
    }
  }

  @Test("A badge is said to go on working where it does, and else why it does not")
  func badges() throws {
    try LanyardServerProcess.withProgramme { _, data, _ in
      func run(_ arguments: [String], _ input: String = "") throws -> LanyardProgram.Result {
        try LanyardProgram.run(arguments + Self.event, data: data, input: input)
      }
      #expect(try run(["registrations", "import", "-"], Self.people).status == 0)
      #expect(try run(["badge", "issue", "--all"]).status == 0)
      func told(_ options: String...) throws -> String { try run(["registrations", "change", "ada"] + options).output }
      #expect(try told("--organisation", "A").contains("goes on working"))
      let remote = try told("--participation", "remote")
      #expect(
        remote.contains("while its bearer takes part remotely") && !remote.contains("goes on working"),
        "\(remote)"
      )
      #expect(try told("--organisation", "B").contains("while its bearer takes part remotely"))
      #expect(try told("--participation", "onsite").contains("opens doors again"))
      #expect(try run(["badge", "hold", "ada"]).status == 0)
      #expect(try told("--organisation", "C").contains("is held and does not work"))
      #expect(try run(["badge", "release", "ada"]).status == 0)
      #expect(try run(["registrations", "cancel", "ada"]).status == 0)
      let cancelled = try told("--organisation", "D")
      #expect(
        cancelled.contains("while the registration is cancelled") && !cancelled.contains("goes on"),
        "\(cancelled)"
      )
    }
  }
}
