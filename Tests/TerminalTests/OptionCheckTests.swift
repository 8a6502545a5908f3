import ArgumentParser
import LanyardTexts
import Testing

@testable import lanyard

@Suite("Options that are said twice or without a value")
struct OptionCheckTests {
  /// The options that take several values.
  private static let several: Set<String> = [
    "certs init --host", "certs check --host", "registrations add --day", "registrations change --day",
    "registrations add --answer", "registrations change --answer", "registrations import --map",
    "registrations export --state", "device code --checkpoint", "device change --checkpoint", "loadtest growth --only",
  ]

  /// Every command that runs, by the words that name it.
  private static func commands(
    of command: any ParsableCommand.Type = Lanyard.self,
    _ words: [String] = []
  ) -> [(words: [String], command: any ParsableCommand.Type)] {
    let below = command.configuration.subcommands
    guard !below.isEmpty else { return [(words, command)] }
    return below.flatMap { commands(of: $0, words + [$0._commandName]) }
  }

  private static func fault(_ arguments: [String]) throws -> Sentence? {
    try OptionCheck.fault(in: arguments, of: NamedCommand(arguments, of: Lanyard.self).command)
  }

  private static func twice(_ option: String) -> Sentence { Sentence(.optionTwice, ["option": .text(option)]) }

  @Test("A time that stands apart from its day is refused, and one that does not is left alone")
  func timeApart() throws {
    for words in [
      ["attendance", "--day"], ["attendance", "scans", "--from"], ["badge", "print", "--check", "--day"],
    ] {
      let facts: [String: Sentence.Fact] = [
        "option": .text(words.last ?? ""), "day": .text("2024-05-27"), "time": .text("10:00"),
      ]
      #expect(try Self.fault(words + ["2024-05-27", "10:00"]) == Sentence(.optionTimeApart, facts), "\(words)")
      #expect(try Self.fault(words + ["2024-05-27T10:00"]) == nil)
    }
    #expect(try Self.fault(["registrations", "show", "10:00"]) == nil)
  }

  @Test("An option that takes one value is refused where it is said twice, in whatever way")
  func twice() throws {
    let list = ["registrations", "list", "--event", "forum"]
    for more in [["--event", "other"], ["--event=other"], ["--limit", "3", "--event", "forum"]] {
      #expect(try Self.fault(list + more) == Self.twice("--event"), "\(more)")
    }
    #expect(try Self.fault(list + ["--state", "confirmed", "--state", "cancelled"]) == Self.twice("--state"))
    let scans = ["attendance", "scans", "--event", "forum"]
    #expect(try Self.fault(scans + ["--reason", "full", "--reason=expired"]) == Self.twice("--reason"))
    // Of the default command of one that has others.
    #expect(try Self.fault(["attendance", "--checkpoint", "a", "--checkpoint", "b"]) == Self.twice("--checkpoint"))
  }

  @Test("What takes several values, flags, what another option's value is, and what stands after -- is none of that")
  func others() throws {
    let export = ["registrations", "export", "--event", "forum"]
    #expect(try Self.fault(export + ["--state", "confirmed", "--state", "cancelled"]) == nil)
    #expect(try Self.fault(export + ["--json", "--json", "--nonsense", "--nonsense"]) == nil)
    #expect(try Self.fault(["registrations", "show", "ada", "--", "--event", "--event"]) == nil)
  }

  @Test("An empty value is refused, but where it takes a text away")
  func empty() throws {
    let empty = Sentence(.optionEmptyValue, ["option": .text("--group")])
    #expect(try Self.fault(["registrations", "list", "--group", "", "--event", "forum"]) == empty)
    #expect(try Self.fault(["registrations", "list", "--group=", "--event", "forum"]) == empty)
    #expect(try Self.fault(["registrations", "change", "ada", "--title", "", "--given-name="]) == nil)
    #expect(try Self.fault(["badge", "mark", "ada", "--note", ""]) == nil)
  }

  @Test("Every option of every command takes one value, but those that are known to take several")
  func all() throws {
    var (seen, several): (Int, Set<String>) = (0, [])
    for (words, command) in Self.commands() {
      for match in command.helpMessage(columns: 10_000).matches(of: /(?m)^ +(--[a-z-]+) <[^>]+>/) {
        let option = String(match.output.1)
        seen += 1
        if try Self.fault(words + [option, "a", option, "b"]) != Self.twice(option) {
          several.insert("\(words.joined(separator: " ")) \(option)")
        }
      }
    }
    #expect(seen > 200)
    #expect(several == Self.several)
  }
}
