import ArgumentParser
import Foundation
import LanyardTesting
import Testing

@testable import lanyard

@Suite("The event that a command is about", .blocking, .hangGuard)
struct EventChoiceTests {
  private static let (forum, other) = (SampleData.forum, "wsis20-ocp")
  private static let people = """
    email,given_name,family_name,stakeholder_group,participation
    ada@example.org,Ada,Byron,Academia,ONSITE
    li@example.org,Li,Ng,Government,ONSITE
    """
  private static let door = "events/\(forum)/checkpoints/entrance-lane-1"

  /// What each command is given that takes --event and the resource name of something, by what its words begin with.
  ///
  /// - Parameters:
  ///   - name: Of a registration.
  ///   - badge: Of a badge.
  ///   - file: One that may be written.
  private static func named(_ name: String, _ badge: String, _ file: String) -> [[String]] {
    let scan = "events/\(forum)/checkIns/01a226b7-e8ab-7b4e-b417-f5fb01e6deef"
    let device = "events/\(forum)/devices/0123456789abcdefghijklmnop"
    let steps = ["show", "cancel", "approve", "reject", "restore", "link"].map { ["registrations", $0, name] }
    let badges = ["issue", "activate", "hold", "release", "replace", "revoke"].map {
      ["badge", $0, $0 == "issue" ? name : badge]
    }
    return steps + badges + [
      ["registrations", "change", name, "--given-name", "Eva"], ["registrations", "move-up", name, "--note", "speaks"],
      ["registrations", "erase", name, "--yes"], ["registrations", "cancel", "ada@example.org", name],
      ["badge", "mark", name, "--note", "a speaker"], ["badge", "history", name],
      ["badge", "list", "--registration", name], ["badge", "render", badge, "--format", "png", "--out", file],
      ["badge", "print", "--out", file, badge], ["attendance", "person", name],
      ["attendance", "scans", "--person", name], ["attendance", "scans", "--checkpoint", door],
      ["attendance", "scans", "--reporter", device], ["attendance", "conflicts", "--person", name],
      ["attendance", "conflicts", "--checkpoint", door], ["attendance", "people", "--checkpoint", door],
      ["attendance", "--checkpoint", door], ["attendance", "send-out", name],
      ["attendance", "send-out", "--checkpoint", door], ["attendance", "undo", scan],
      ["device", "change", device, "--name", "A"], ["device", "revoke", device],
      ["device", "code", "--name", "A", "--checkpoint", door],
      ["device", "withdraw", "events/\(forum)/enrolmentCodes/abcdef"], ["event", "change", door, "--close"],
      ["event", "book", "--checkpoint", door], ["event", "book", "--session", "events/\(forum)/sessions/s001"],
      ["mail", "retry", "events/\(forum)/mails/1"], ["audit", "list", "--resource", name],
      ["scan", "--checkpoint", door],
    ]
  }

  @Test("Is not another one than a resource name's: that is refused before anything is done, at every command")
  func contrary() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      func run(_ arguments: [String], _ input: String = "") throws -> LanyardProgram.Result {
        try LanyardProgram.run(arguments, data: data, input: input)
      }
      let event = ["--event", Self.forum]
      #expect(try run(["registrations", "import", "-"] + event, Self.people).status == 0)
      #expect(try run(["badge", "issue", "--all"] + event).status == 0)
      let ada = try #require(try run(["registrations", "show", "ada", "--json"] + event).json().first)
      let name = try #require(ada["name"] as? String)
      let serial = try #require(try run(["badge", "list", "--json", "--registration", name]).json().first?["serial"])
      let badge = "events/\(Self.forum)/badges/\(serial)"
      let commands = Self.named(name, badge, folder.appending(path: "badge.png").path)
      for command in commands + [["registrations", "cancel", "-"], ["badge", "issue", "-"]] {
        let refused = try run(command + ["--event", Self.other], "\(name)\n")
        #expect(
          refused.status == 2 && refused.errors.contains("is of another event than \(Self.other)"),
          "\(command): \(refused.status) \(refused.errors)"
        )
        #expect(refused.output.isEmpty, "\(command): \(refused.output)")
      }
      let after = try #require(try run(["registrations", "show", "ada", "--json"] + event).json().first)
      #expect(after["etag"] as? String == ada["etag"] as? String)
      #expect(
        try run(["badge", "list", "--json", "--registration", name]).json().first?["state"] as? String == "ACTIVE"
      )
      // Where both say the same, or one alone does, it is that.
      for rest in [event, []] { #expect(try run(["registrations", "show", name] + rest).status == 0) }
      // Two names can contradict one another too.
      let session = [
        "attendance", "scans", "--person", "events/\(Self.other)/registrations/x", "--checkpoint", Self.door,
      ]
      #expect(try run(session).status == 2)
    }
  }

  /// Commands that are about one event, with what else each needs.
  private static func unnamed(_ file: String) -> [[String]] {
    [
      ["registrations", "list"], ["registrations", "show", "ada"], ["registrations", "export"],
      ["registrations", "import", "-"], ["registrations", "add", "--email", "x@example.org"],
      ["badge", "list"], ["badge", "print", "--check"], ["badge", "prints"], ["badge", "issue", "--all"],
      ["badge", "preview", "--out", file], ["badge", "renew"], ["badge", "hold", "ada"],
      ["attendance", "people"], ["attendance", "scans"], ["attendance", "conflicts"], ["attendance", "sessions"],
      ["attendance", "--by", "country"], ["attendance", "undo", "01a226b7-e8ab-7b4e-b417-f5fb01e6deef"],
      ["attendance", "send-out", "ada"], ["device", "list"], ["device", "codes"], ["device", "withdraw", "--all"],
      ["device", "code", "--name", "A"], ["mail", "list"], ["mail", "retry", "--failed"],
      ["event", "book", "--session", "S001"],
    ]
  }

  @Test("Is the only one where none is named, and where there are several they are listed, at every command")
  func missing() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      func run(_ arguments: [String], _ input: String = Self.people) throws -> LanyardProgram.Result {
        try LanyardProgram.run(arguments, data: data, input: input)
      }
      let file = folder.appending(path: "names.png").path
      for command in Self.unnamed(file) {
        let asked = try run(command)
        #expect(
          asked.status == 1 && asked.errors.hasSuffix("say which event with --event: \(Self.other), \(Self.forum)\n"),
          "\(command): \(asked.status) \(asked.errors)"
        )
      }
      #expect(try run(["event", "delete", Self.other, "--yes"]).status == 0)
      #expect(try run(["registrations", "import", "-"]).status == 0)
      #expect(try run(["badge", "issue", "--all"]).output.hasPrefix("2 issued"))
      // What it finds of that event is another matter.
      let answered: Set = [["attendance", "undo"], ["mail", "retry"], ["registrations", "add"]]
      for command in Self.unnamed(file) {
        let done = try run(command)
        let isAnswer = answered.contains(Array(command.prefix(2)))
        #expect(done.status == 0 || isAnswer && !done.errors.contains("--event"), "\(command): \(done.errors)")
      }
    }
  }

  @Test("A list of people with nobody in it is refused, and a byte order mark before the first is none of the name")
  func nobody() throws {
    try LanyardServerProcess.withProgramme { _, data, _ in
      func run(_ arguments: [String], _ input: String) throws -> LanyardProgram.Result {
        try LanyardProgram.run(arguments + ["--event", Self.forum], data: data, input: input)
      }
      #expect(try run(["registrations", "import", "-"], Self.people).status == 0)
      for command in [["registrations", "cancel"], ["badge", "issue"], ["event", "book", "--checkpoint", Self.door]] {
        for input in ["", "\n \n", "\u{FEFF}", "\u{FEFF}\n"] {
          let refused = try run(command + ["-"], input)
          #expect(
            refused.status == 2 && refused.errors.contains("reads people from standard input"),
            "\(command): \(refused.status) \(refused.errors)"
          )
        }
      }
      let cancelled = try run(["registrations", "cancel", "-"], "\u{FEFF}ada@example.org\nLi Ng\n")
      #expect(cancelled.output == "cancelled  Ada Byron\ncancelled  Li Ng\n", "\(cancelled.errors)")
    }
  }
}
