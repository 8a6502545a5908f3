import ArgumentParser
import LanyardDomain
import LanyardTexts
import Testing

@testable import lanyard

@Suite("What is wrong with a command's options")
struct ParsingFaultTests {
  private static let list = ["registrations", "list", "--event", "forum"]

  /// What the library says of arguments, as it is understood.
  private static func fault(_ arguments: [String]) -> Sentence? {
    do {
      _ = try Lanyard.parseAsRoot(arguments)
      return nil
    } catch {
      return ParsingFault(Lanyard.message(for: error))?.sentence
    }
  }

  @Test("Is understood, whatever of it the library says")
  func understood() {
    let list = Self.list
    for (arguments, key, facts) in [
      (["certs", "init", "--days", "many"], .optionCannotBe, ["option": "--days", "value": "many"]),
      (["registrations", "move-up", "ada"], .optionMissing, ["option": "--note <note>"]),
      (["registrations", "list", "--event"], .optionNeedsValue, ["option": "--event"]),
      (list + ["--json=yes"], .optionTakesNoValue, ["option": "--json", "value": "yes"]),
      (list + ["--nonsense"], .optionOther, ["option": "--nonsense"]),
      (["attendance", "scans", "--event", "forum", "--lane", "x"], .optionOther, ["option": "--lane"]),
      (list + ["--jsno"], .optionOtherMeant, ["option": "--jsno", "meant": "--json"]),
      (list + ["one"], .optionTooMuch, ["words": "one"]),
      (list + ["one", "two"], .optionTooMuch, ["words": "one two"]),
    ] as [([String], Sentence.Key, [String: String])] {
      #expect(Self.fault(arguments) == Sentence(key, facts.mapValues { .text($0) }), "\(arguments)")
    }
  }

  @Test("Lists what there is where a value is none of these, however many there are")
  func choices() {
    let states = RegistrationState.spellings
    for (arguments, option, choices) in [
      (Self.list + ["--state", "lost"], "--state", states),
      (Self.list + ["--participation", "lost"], "--participation", Participation.spellings),
      (["admin", "token", "create", "--role", "lost"], "--role", Role.allCases.map(\.rawValue)),
      (["attendance", "scans", "--event", "forum", "--reason", "lost"], "--reason", RefusalReason.spellings),
    ] {
      let facts: [String: Sentence.Fact] = [
        "option": .text(option), "value": .text("lost"), "choices": .list(choices),
      ]
      #expect(choices.count > 1 && Self.fault(arguments) == Sentence(.optionNoneOf, facts), "\(arguments)")
    }
  }

  @Test("Is told in the reader's language, with the usage below", arguments: [Language.french, .russian])
  func told(language: Language) throws {
    let ended = #expect(throws: (any Error).self) { try Lanyard.parseAsRoot(Self.list + ["--state", "lost"]) }
    let text = Lanyard.parsingText(of: try #require(ended), Phrasebook.of(language))
    let lines = text.split(separator: "\n")
    #expect(lines[0].hasPrefix("lanyard: ") && lines[0].contains("lost") && !lines[0].contains("is invalid"))
    #expect(lines.dropFirst().contains { $0.hasPrefix("Usage: lanyard registrations list") }, "\(text)")
  }

  @Test("Of the program's own is told as it is")
  func own() throws {
    let ended = #expect(throws: (any Error).self) { try Lanyard.parseAsRoot(["certs", "init", "--days", "0"]) }
    let text = Lanyard.parsingText(of: try #require(ended), Phrasebook.of(.english))
    #expect(text.hasPrefix("lanyard: --days is not 1 to 825\n"), "\(text)")
  }
}
