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
    l@example.org,Zoe,Lo,,FR,Academia,,ONSITE
    k@example.org,An,Lothar,,FR,Academia,,ONSITE

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
      #expect(all.status == 1 && result["badges"] as? Int == 6 && result["pages"] as? Int == 4)
      #expect((result["left_out"] as? [String])?.count == 1 && all.errors.contains("𐎀𐎁"), "\(all.errors)")
      let attributes = try FileManager.default.attributesOfItem(atPath: out.path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      let order = try text()
      let sorted = ["Zoe Lo", "An Lothar", "Ada Lovelace", "Bea lovelace", "Åsa Öberg"]
      let places = sorted.compactMap { order.range(of: $0)?.lowerBound }
      #expect(places.count == 5 && places == places.sorted(), "\(order)")
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
      #expect(past.contains("active") && past.contains("printed") && past.contains("badge.issued"), "\(past)")
      #expect(runs.contains("run 2") && runs.contains("run 1") && !runs.contains("NOT PRINTED"), "\(runs)")
      let rest = try print("--run", "1", "--from", "5")
      #expect(try rest.status == 0 && rest.json().first?["badges"] as? Int == 2, "\(rest.errors)")
      // Who has the symbol has the badge.
      let symbol = folder.appending(path: "symbol.png").path
      let drawn = ["badge", "render", "a@example.org", "--format", "png", "--out", symbol] + forum
      #expect(try LanyardProgram.run(drawn, data: data).status == 0)
      let modes = try FileManager.default.attributesOfItem(atPath: symbol)
      #expect(modes[.posixPermissions] as? Int == 0o600)
      let nowhere = ["badge", "render", "a@example.org", "--format", "png", "--out", "/nowhere/a.png"] + forum
      #expect(try LanyardProgram.run(nowhere, data: data).status == 2)
      // What is there and no file stays what it is.
      let link = folder.appending(path: "link.png").path
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: symbol)
      let pipe = folder.appending(path: "pipe").path
      #expect(mkfifo(pipe, 0o600) == 0)
      // Whoever writes into it does not wait for another reader.
      let reader = open(pipe, O_RDWR | O_NONBLOCK)
      defer { close(reader) }
      for (path, status) in [(link, 0), (pipe, 0), (folder.path, 2)] as [(String, Int32)] {
        let drawn = ["badge", "render", "a@example.org", "--format", "png", "--out", path] + forum
        #expect(try LanyardProgram.run(drawn, data: data).status == status, "\(path)")
      }
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == symbol)
      var found = stat()
      #expect(lstat(pipe, &found) == 0 && found.st_mode & S_IFMT == S_IFIFO)
      var head = [UInt8](repeating: 0, count: 4)
      #expect(read(reader, &head, 4) == 4 && head.dropFirst().elementsEqual("PNG".utf8))
      #expect(try print("--run", "1", "--from", "0").status == 2)
      #expect(try print("--run", "1", "--from", "99").errors.contains("from_number"))
      let group = try print("--group", "Private Sector", "--again", "--trial")
      #expect(try group.status == 0 && group.json().first?["pages"] as? Int == 2, "\(group.errors)")
      let unknown = try print("--group", "Aliens")
      #expect(unknown.status == 2 && unknown.errors.contains("Academia"), "\(unknown.errors)")
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
      func kiosk(_ input: String, _ arguments: String..., lp: String? = nil) throws -> LanyardProgram.Result {
        let programs = folder.appending(path: "programs")
        try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
        let stub = programs.appending(path: "lp").path
        let script = "#!/bin/sh\n\(lp ?? "exit 1")\n"
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
        #expect(FileManager.default.createFile(atPath: stub, contents: Data(script.utf8), attributes: attributes))
        return try LanyardProgram.run(
          ["kiosk", "--device", device.path, "--json"] + arguments,
          data: folder.appending(path: "nowhere"),
          input: input,
          environment: ["PATH": "\(programs.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"]
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
      // It is not on record as printed, and comes when it is asked for again.
      #expect(try LanyardProgram.run(["badge", "prints"] + forum, data: data).output.contains("NOT PRINTED"))
      let later = try kiosk("\(codes[1])\n", "--folder", out.path)
      #expect(try later.json().map { $0["answer"] as? String } == ["PRINTED"], "\(later.errors)")
      let printed = folder.appending(path: "printed")
      let copies =
        "echo \"$@\" > '\(printed.path).txt'; cat > '\(printed.path).pdf'"
      let taken = try kiosk("\(codes[3])\n\(codes[3])\n", "--printer", "Desk 3", lp: copies)
      let twice = try taken.json().map { $0["answer"] as? String }
      #expect(twice == ["PRINTED", "PRINTED_BEFORE"], "\(taken.errors)")
      let told = try String(contentsOfFile: "\(printed.path).txt", encoding: .utf8)
      #expect(told.hasPrefix("-d Desk 3 -t badge-"), "\(told)")
      let name = try #require(try taken.json().first?["name"] as? String)
      #expect(try Tool.run("pdftotext", "\(printed.path).pdf", "-", in: folder).output.contains(name))
      // What never ends is ended.
      let stuck = try kiosk("\(codes[4])\n", "--printer", "p", lp: "echo waiting for paper; sleep 60")
      #expect(try stuck.json().map { $0["answer"] as? String } == ["NOT_PRINTED"])
      #expect(stuck.errors.contains("waiting for paper"), "\(stuck.errors)")

      // Of what was printed with others it says so.
      let bulk =
        ["badge", "print", "--out", folder.appending(path: "all.pdf").path, "--design", "label", "--json"] + forum
      #expect(try LanyardProgram.run(bulk, data: data).json().first?["badges"] as? Int ?? 0 > 1)
      let waiting = try kiosk("\(codes[5])\n", "--folder", out.path)
      let told5 = try waiting.json().first?["said"] as? [String]
      #expect(told5?.first?.contains("with others") == true, "\(waiting.output)")
      let without = try LanyardProgram.run(
        ["kiosk", "--device", device.path, "--printer", "p"],
        data: folder.appending(path: "nowhere"),
        environment: ["PATH": out.path]
      )
      #expect(without.status == 2 && without.errors.contains("cups-client"), "\(without.errors)")

      let both = try kiosk("", "--printer", "p", "--folder", out.path)
      #expect(both.status == 2)
    }
  }

  @Test("By a design of one's own, which is begun from a delivered one, checked, looked at and printed")
  func own() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      let people = folder.appending(path: "people.csv")
      try Data(Self.people.utf8).write(to: people)
      let forum = ["--event", SampleData.forum]
      func run(_ arguments: [String]) throws -> LanyardProgram.Result { try LanyardProgram.run(arguments, data: data) }
      #expect(try run(["registrations", "import", people.path] + forum).status == 0)
      #expect(try run(["badge", "issue", "--all"] + forum).status == 0)

      let shown = try run(["badge", "design", "show", "conference"])
      let design = folder.appending(path: "own.yaml")
      func write(_ change: (String) -> String) throws { try Data(change(shown.output).utf8).write(to: design) }
      try write { $0 + "  logo: {x: 8, y: 100, width: 20, height: 15, shows: {logo: mark.svg}}\n" }
      let lacking = try run(["badge", "design", "check", design.path])
      #expect(lacking.status == 1 && lacking.errors.contains("own.yaml: line 81: back.logo.shows.logo names mark.svg"))
      let svg = #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1z"/></svg>"#
      try Data(svg.utf8).write(to: folder.appending(path: "mark.svg"))
      let sound = try run(["badge", "design", "check", design.path])
      #expect(sound.status == 0 && sound.output.contains("logos: 1"), "\(sound.errors)")

      let checked = try run(["badge", "print", "--check", "--json", "--design", design.path] + forum)
      #expect(checked.status == 1 && checked.errors.contains("𐎀𐎁"), "\(checked.errors)")
      #expect(try checked.json().first?["badges"] as? Int == 6)
      let out = folder.appending(path: "own.pdf")
      let printed = try run(["badge", "print", "--out", out.path, "--json", "--design", design.path] + forum)
      #expect(try printed.json().first?["pages"] as? Int == 12, "\(printed.errors)")

      let picture = folder.appending(path: "hardest.png")
      let preview = try run(["badge", "preview", "--out", picture.path, "--design", design.path] + forum)
      #expect(preview.status == 1 && preview.errors.contains("𐎀𐎁"), "\(preview.errors)")
      #expect(preview.output.contains("script: Arabic") && preview.output.contains("فاطمة"), "\(preview.output)")
      #expect(try Data(contentsOf: picture).starts(with: [0x89, 0x50, 0x4E, 0x47]))

      try write { $0.replacing("fill: group", with: "fill: mauve") }
      let faulty = try run(["badge", "print", "--out", out.path, "--design", design.path] + forum)
      #expect(faulty.status == 1 && faulty.errors.contains("both.band.fill is \"mauve\""), "\(faulty.errors)")
      let unknown = try run(["badge", "print", "--out", out.path, "--design", "confrence"] + forum)
      #expect(unknown.status == 2 && unknown.errors.contains("did you mean conference?"), "\(unknown.errors)")
      #expect(try run(["badge", "print"] + forum).status == 2)
      #expect(try run(["badge", "print", "--check", "--out", out.path] + forum).status == 2)
    }
  }

  @Test("The code of one badge never stands for another of its bearer, however it is typed")
  func named() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      let people = folder.appending(path: "people.csv")
      try Data(Self.people.utf8).write(to: people)
      let forum = ["--event", SampleData.forum]
      func run(_ arguments: String...) throws -> LanyardProgram.Result {
        try LanyardProgram.run(arguments + forum, data: data)
      }
      #expect(try run("registrations", "import", people.path).status == 0)
      #expect(try run("badge", "issue", "a@example.org").status == 0)
      let old = try run("badge", "list", "--codes").output.trimmingCharacters(in: .whitespacesAndNewlines)
      #expect(try run("badge", "replace", "a@example.org").status == 0)
      for typed in [old.lowercased(), " \(old) "] {
        let revoked = try run("badge", "revoke", typed)
        #expect(revoked.status == 1 && revoked.output.contains("replaced"), "\(revoked.errors)")
      }
      #expect(try run("badge", "list", "--state", "active", "--codes").output.split(separator: "\n").count == 1)
      #expect(try run("badge", "list", "--state", "replaced", "--codes").output.contains(old))
      // What they are to be called stands on the badge, and finds them.
      #expect(try run("registrations", "change", "a@example.org", "--badge-name", "Countess of Lovelace").status == 0)
      let shown = try run("registrations", "show", "countess", "--json")
      #expect(try shown.json().first?["displayName"] as? String == "Countess of Lovelace", "\(shown.errors)")
      let out = folder.appending(path: "badge.pdf").path
      #expect(try run("badge", "print", "--out", out, "--design", "label").status == 0)
      let words = try Tool.run("pdftotext", out, "-", in: folder).output.split(whereSeparator: \.isWhitespace)
      #expect(words.joined(separator: " ").contains("Countess of Lovelace"))
      #expect(try run("registrations", "change", "a@example.org", "--badge-name", "").status == 0)
      #expect(try run("registrations", "show", "ada lovelace").output.contains("Ada Lovelace"))
    }
  }
}
