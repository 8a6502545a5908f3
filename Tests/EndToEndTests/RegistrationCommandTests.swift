import Foundation
import LanyardTesting
import Testing

@Suite("Registrations by hand from the command line", .blocking, .hangGuard)
struct RegistrationCommandTests {
  private static let people = """
    email,given_name,family_name,organisation,country,stakeholder_group,participation
    ada@example.org,Ada,Byron,"Engines, Ltd",GB,Academia,ONSITE
    li@example.org,Li,Ng,WHO,CN,Government,ONSITE
    lin@example.org,Li,Nguyen,WHO,VN,Government,REMOTE
    """

  @Test("A walk-in is added, a name corrected, somebody switched to remote, and several are cancelled and brought back")
  func day() throws {
    try LanyardServerProcess.withProgramme { (folder, data, _) throws in
      let forum = SampleData.forum
      func run(_ arguments: [String], input: String = "") throws -> LanyardProgram.Result {
        try LanyardProgram.run(["registrations"] + arguments, data: data, input: input)
      }
      let event = ["--event", forum]
      #expect(try run(["import", "/dev/stdin"] + event, input: Self.people).status == 0)
      let walkIn = ["--email", "zoe@example.org", "--given-name", "Zoe", "--family-name", "Wu", "--group", "academia"]
      let added = try run(["add", "--json"] + event + walkIn)
      let made = try #require(try added.json().first, "\(added.errors)")
      #expect(made["state"] as? String == "STATE_CONFIRMED")
      let again = try run(["add"] + event + walkIn)
      #expect(again.status == 1 && again.errors.contains("Another person has this e-mail address"), "\(again.errors)")

      let changed = try run(["change", "zoe wu", "--given-name", "Zoë", "--country", "Suisse"] + event)
      #expect(changed.status == 0 && changed.output.contains("Zoë Wu"), "\(changed.errors)")
      for country in ["Deutschland", "DEU", "Allemagne", "de"] {
        let german = try run(["change", "zoe wu", "--country", country] + event)
        #expect(german.status == 0, "\(country): \(german.errors)")
        #expect(
          try run(["show", "zoe wu", "--json"] + event).json().first?["country"] as? String == "DE",
          "\(country)"
        )
      }
      let nowhereland = try run(["change", "zoe wu", "--country", "Atlantis"] + event)
      #expect(
        nowhereland.status == 2 && nowhereland.errors.contains("--country is no country"),
        "\(nowhereland.errors)"
      )
      #expect(try run(["change", "zoe wu", "--country", "Suisse"] + event).status == 0)
      let shown = try run(["show", "zoe@EXAMPLE.org"] + event).output
      #expect(shown.contains("given_name  Zoë") && shown.contains("country  CH"), "\(shown)")
      let swiss = try run(["list", "--country", "switzerland", "--csv"] + event).output.split(separator: "\n")
      #expect(swiss.count == 2 && swiss[1].hasPrefix("Zoë Wu,"), "\(swiss)")
      let nowhere = try run(["list", "--country", "Narnia", "--csv"] + event)
      #expect(nowhere.status == 2 && nowhere.output.isEmpty, "\(nowhere.output)")
      #expect(nowhere.errors.contains("this event has people from: CH, CN, GB, VN"), "\(nowhere.errors)")
      #expect(try run(["change", "zoe"] + event).status == 2)
      let nameless = try run(["change", "zoe", "--given-name", "", "--family-name", ""] + event)
      #expect(nameless.status == 2 && nameless.errors.contains("registration.given_name"), "\(nameless.errors)")

      // Two are called Li; one of them is called so and nothing else.
      let several = try run(["cancel", "Li"] + event)
      #expect(several.status == 1 && several.errors.contains("lin@example.org") && several.errors.contains("Ng"))
      let nobody = try run(["cancel", "Ada", "Nobody At All"] + event)
      #expect(nobody.status == 1 && nobody.errors.contains("nothing was changed"), "\(nobody.errors)")
      #expect(try run(["show", "Li Ng", "--json"] + event).json().first?["email"] as? String == "li@example.org")

      let badges = try LanyardProgram.run(["badge", "issue", "--all"] + event, data: data)
      #expect(badges.status == 0, "\(badges.errors)")
      let codes = try LanyardProgram.run(["badge", "list", "--json"] + event, data: data).json()
      let name = try #require(made["name"] as? String)
      let code = try #require(codes.first { $0["registration"] as? String == name }?["code"] as? String)
      let remote = try run(["change", code, "--participation", "remote"] + event)
      #expect(remote.status == 0 && remote.output.contains("takes part remotely"), "\(remote.errors)")
      let scanned = try LanyardProgram.run(
        ["scan", "--checkpoint", "entrance-lane-1", "--json"],
        data: data,
        input: "\(code)\n"
      )
      #expect(try scanned.json().first?["reason"] as? String == "REMOTE_ONLY")

      let cancelled = try run(["cancel", "-"] + event, input: "ada@example.org\n\nLi Ng\n")
      let serials = codes.reduce(into: [String: String]()) { serials, badge in
        serials[badge["registration"] as? String ?? ""] = badge["serial"] as? String
      }
      func serial(_ person: String) throws -> String {
        let name = try run(["show", person, "--json"] + event).json().first?["name"] as? String
        return try #require(serials[name ?? ""])
      }
      let (ada, ng) = (try serial("ada@example.org"), try serial("li@example.org"))
      func lines(_ state: String, _ says: (String) -> String) -> String {
        "\(state)  Ada Byron\n\(says(ada))\n\(state)  Li Ng\n\(says(ng))\n"
      }
      let shut = lines("cancelled") { "badge \($0) opens no door while the registration is cancelled" }
      #expect(cancelled.output == shut, "\(cancelled.output) \(cancelled.errors)")
      let restored = try run(["restore", "ada@example.org", "li@example.org"] + event)
      #expect(restored.output == lines("confirmed") { "badge \($0) opens doors again" }, "\(restored.output)")
      let told = try #require(try run(["cancel", "ada@example.org", "--json"] + event).json().first)
      let badge = try #require((told["badges"] as? [[String: any Sendable]])?.first)
      #expect(badge["serial"] as? String == ada && badge["opens_doors"] as? Bool == false, "\(told)")
      #expect(told["email"] as? String == "ada@example.org")
      // Nothing is changed, and so nothing becomes of the badge.
      #expect(try run(["cancel", "ada@example.org"] + event).output == "cancelled  Ada Byron\n")
    }
  }

  @Test("Badges and bookings are named by whose they are, and never another person's is taken for them")
  func badgesByPerson() throws {
    try LanyardServerProcess.withProgramme { (folder, data, _) throws in
      let event = ["--event", SampleData.forum]
      func run(_ arguments: [String], input: String = "") throws -> LanyardProgram.Result {
        try LanyardProgram.run(arguments + event, data: data, input: input)
      }
      #expect(try run(["registrations", "import", "-"], input: Self.people).status == 0)
      let none = try run(["badge", "hold", "ada@example.org"])
      #expect(none.status == 1 && none.errors.contains("has no badge that works or is held"), "\(none.errors)")
      let issued = try run(["badge", "issue", "-"], input: "ada@example.org\nLi Ng\n")
      #expect(issued.output == "2 issued, 0 unchanged\n", "\(issued.errors)")
      func badge(_ person: String) throws -> (serial: String, code: String) {
        let found = try #require(try run(["badge", "list", "--registration", person, "--json"]).json().last)
        return (try #require(found["serial"] as? String), try #require(found["code"] as? String))
      }
      let (first, ng) = (try badge("Byron"), try badge("li@example.org"))
      #expect(first.serial != ng.serial)
      #expect(try run(["badge", "hold", "ada"]).output == "\(first.serial)  held\n")
      #expect(try run(["badge", "release", "ADA@example.org"]).output == "\(first.serial)  active\n")
      let several = try run(["badge", "revoke", "Li"])
      #expect(several.status == 1 && several.errors.contains("lin@example.org"), "\(several.errors)")
      let replaced = try run(["badge", "replace", first.code])
      let second = try badge("ada")
      #expect(replaced.output.contains(first.serial) && replaced.output.contains(second.serial), "\(replaced.output)")
      // The code of the old badge is the old badge's, though its bearer has another.
      let old = try run(["badge", "revoke", first.code])
      #expect(!old.output.contains(second.serial), "\(old.output)")
      #expect(try run(["badge", "mark", "ada", "--note", "a speaker"]).output.contains(second.serial))
      var programme = try #require(
        try JSONSerialization.jsonObject(with: Data(contentsOf: SampleData.url("programme.json"))) as? [String: Any]
      )
      var events = try #require(programme["events"] as? [[String: Any]])
      var sessions = try #require(events[1]["sessions"] as? [[String: Any]])
      (sessions[0]["capacity"], sessions[0]["booked_only"]) = (1, true)
      events[1]["sessions"] = sessions
      programme["events"] = events
      let file = folder.appending(path: "booked.json")
      try JSONSerialization.data(withJSONObject: programme).write(to: file)
      #expect(try LanyardProgram.run(["event", "import", file.path], data: data).status == 0)
      let place = ["event", "book", "--session", "S001"]
      let unknown = try run(place + ["ada", "Nobody At All"])
      #expect(unknown.status == 1 && unknown.errors.contains("nothing was changed"), "\(unknown.errors)")
      #expect(try run(place).output.isEmpty)
      // A line of a list is the one whose resource name ends it.
      let listed = try run(["registrations", "list", "--state", "confirmed"]).output
      let line = try #require(listed.split(separator: "\n").first { $0.contains("Byron") })
      let booked = try run(place + ["-", "--json"], input: "\(line)\nada@example.org\n")
      #expect(try booked.json().first?["booked"] as? Int == 1, "\(booked.errors)")
      #expect(try run(place + ["--remove", "Ada Byron", "--json"]).json().first?["removed"] as? Int == 1)
    }
  }

  @Test("An organiser gives places out of turn and over the capacity, which is said and on record with the note apart")
  func placesByHand() throws {
    try LanyardServerProcess.withProgramme { (folder, data, _) throws in
      func run(_ arguments: String..., input: String = "") throws -> LanyardProgram.Result {
        try LanyardProgram.run(["registrations"] + arguments + ["--event", "small"], data: data, input: input)
      }
      func hold(_ keys: String) throws {
        let file = folder.appending(path: "small.json")
        let text = """
          {"events": [{"slug": "small", "title": "Small", "start_date": "2024-05-27", "end_date": "2024-05-27",
            "time_zone": "Europe/Zurich", "stakeholder_groups": ["Press"], "remote_participation": true,
            "onsite_capacity": 1, \(keys) "sessions": []}]}
          """
        try Data(text.utf8).write(to: file)
        #expect(try LanyardProgram.run(["event", "import", file.path], data: data).status == 0)
      }
      try hold("\"moving_up\": false,")
      for name in ["ada", "bo", "cy", "di"] {
        _ = try run("add", "--email", "\(name)@example.org", "--given-name", name, "--group", "Press")
      }
      #expect(try run("cancel", "ada").status == 0)
      #expect(try run("list", "--state", "confirmed", "--names").output.isEmpty)
      #expect(try run("move-up", "cy").status == 2)
      let moved = try run("move-up", "cy", "--note", "speaks on Monday")
      #expect(moved.output == "confirmed  cy\n" && moved.errors.isEmpty, "\(moved.errors)")
      let full = try run("move-up", "bo", "--note", "asked")
      #expect(full.status == 1 && full.errors.contains("--over-capacity"), "\(full.errors)")
      let over = try run("move-up", "-", "--note", "came", "--over-capacity", input: "bo\ndi\n")
      #expect(over.output == "confirmed  bo\nconfirmed  di\n" && over.errors.contains("3 of 1"), "\(over.errors)")
      let added = try run(
        "add",
        "--email",
        "ed@example.org",
        "--given-name",
        "ed",
        "--group",
        "Press",
        "--over-capacity"
      )
      #expect(added.output.hasPrefix("confirmed") && added.errors.contains("4 of 1"), "\(added.errors)")
      #expect(try run("change", "ed", "--participation", "remote").status == 0)
      let back = try run("change", "ed", "--participation", "onsite")
      #expect(back.status == 1 && back.errors.contains("NO_PLACE") || back.errors.contains("--over-capacity"))
      #expect(try run("change", "ed", "--participation", "onsite", "--over-capacity").errors.contains("4 of 1"))
      #expect(try run("restore", "ada", "--over-capacity").errors.contains("5 of 1"))
      #expect(try run("show", "cy").output.contains("move_up_note  speaks on Monday"))
      let audit = try LanyardProgram.run(["audit", "list", "--event", "small", "--json"], data: data).output
      #expect(audit.contains("over_capacity") && audit.contains("out_of_turn") && !audit.contains("speaks on Monday"))
      try hold("\"moving_up\": false, \"city\": \"Bern\",")
    }
  }

  @Test("Lists call groups and roles by their labels in the reader's language, and tables and programs read their ids")
  func labels() throws {
    try LanyardServerProcess.withProgramme { (folder, data, _) throws in
      let text = """
        {"events": [{"slug": "labelled", "title": "Labelled", "start_date": "2024-05-27", "end_date": "2024-05-27",
          "time_zone": "Europe/Zurich", "entrances": [{"name": "Gate"}], "sessions": [],
          "stakeholder_groups": [{"id": "press", "labels": {"en": "The Press", "fr": "La presse"}}],
          "guest_roles": [{"id": "vip", "labels": {"en": "Guest of honour"}}]}]}
        """
      let file = folder.appending(path: "labelled.json")
      try Data(text.utf8).write(to: file)
      func run(_ arguments: [String], input: String = "", in language: String = "C.UTF-8") throws
        -> LanyardProgram.Result
      {
        try LanyardProgram.run(arguments, data: data, input: input, environment: ["LC_ALL": language])
      }
      #expect(try run(["event", "import", file.path]).status == 0)
      let event = ["--event", "labelled"]
      let person = ["--email", "ada@example.org", "--given-name", "Ada", "--group", "press", "--role", "vip"]
      #expect(try run(["registrations", "add"] + event + person).status == 0)
      #expect(try run(["badge", "issue", "--all"] + event).status == 0)
      let code = try run(["badge", "list", "--codes"] + event).output
      #expect(try run(["scan", "--checkpoint", "Gate"] + event, input: code).status == 0)
      let list = ["registrations", "list"] + event
      #expect(try run(list).output.contains("  The Press, Guest of honour  "))
      #expect(try run(list, in: "fr_FR.UTF-8").output.contains("  La presse, Guest of honour  "))
      #expect(try run(list + ["--csv"]).output.contains(",press,vip,"))
      #expect(try run(list + ["--json"]).json().first?["stakeholderGroup"] as? String == "press")
      let inside = ["attendance", "people"] + event
      #expect(try run(inside).output.contains("Ada  The Press  Gate"))
      #expect(try run(inside, in: "fr_FR.UTF-8").output.contains("Ada  La presse  Gate"))
      #expect(try run(inside + ["--csv"]).output.contains(",Ada,,press,,events/"))
      #expect(try run(inside + ["--json"]).json().first?["group"] as? String == "press")
      // Who may be meant is told in the same words.
      let several = try run(["registrations", "cancel", "example"] + event)
      #expect(several.status == 1 && several.errors.contains("  The Press, Guest of honour  "), "\(several.errors)")
    }
  }

  @Test("The list shows what one reviews by, by name, narrowed by each column, and as CSV")
  func list() throws {
    try LanyardServerProcess.withProgramme { (folder, data, _) throws in
      func run(_ arguments: [String], input: String = "") throws -> LanyardProgram.Result {
        try LanyardProgram.run(["registrations"] + arguments + ["--event", SampleData.forum], data: data, input: input)
      }
      #expect(try run(["import", "/dev/stdin"], input: Self.people).status == 0)
      let lines = try run(["list"]).output.split(separator: "\n")
      // Word by word, whatever organisations follow: a name that begins another stands before it.
      #expect(lines.map { $0.prefix(9) } == ["Ada Byron", "Li Ng    ", "Li Nguyen", "3 in all"])
      #expect(lines[0].contains("Engines, Ltd  GB  Academia    confirmed  on site  events/"))
      func count(_ filter: [String]) throws -> Int {
        try run(["list", "--names"] + filter).output.split(separator: "\n").count
      }
      #expect(try count(["--country", "cn"]) == 1)
      #expect(try count(["--organisation", "who", "--participation", "remote"]) == 1)
      #expect(try count(["--email", "Ada@example.org"]) == 1)
      #expect(try count(["--group", "government", "--state", "confirmed", "--query", "nguyen"]) == 1)
      let csv = try run(["list", "--csv", "--with-email", "--country", "GB"]).output.split(separator: "\n")
      let header =
        "display_name,organisation,country,stakeholder_group,guest_role,state,participation,email,registration"
      #expect(csv[0] == header)
      #expect(csv[1].hasPrefix("Ada Byron,\"Engines, Ltd\",GB,Academia,,CONFIRMED,ONSITE,ada@example.org,events/"))
      let unknown = try run(["list", "--group", "Friends"])
      #expect(unknown.status == 2 && unknown.errors.contains("Academia"), "\(unknown.errors)")
      for (option, choices) in [("--participation", "onsite"), ("--state", "waitlisted")] {
        let other = try run(["list", option, "elsewhere"])
        #expect(other.status == 2 && other.errors.contains(choices), "\(other.errors)")
      }
      #expect(try run(["list", "--csv", "--json"]).status == 2)
    }
  }
}
