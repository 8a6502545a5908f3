import Foundation
import LanyardDomain
import Testing

@testable import LanyardTexts

@Suite("Limits in sentences")
struct LimitTests {
  /// Sentences with numbers that no limit of the program's makes.
  private static let allowed: [Sentence.Key: String] = [
    .certificateValidity: "the last year that a certificate can name, by its standard",
    .serverPortTaken: "what asks the system for any port",
    .serverAddressElsewhere: "an address, as an example",
    .serverPortNotAllowed: "the operating system's rule",
    .optionOneOrMore: "the least number that there is of anything",
    .optionNoLength: "examples",
    .faultNoDate: "an example",
    .faultNoTime: "the years that the contract's timestamps can name, by their standard",
    .faultNoLanguageTag: "the name of a standard",
    .faultNoCountry: "the name of a standard",
    .faultOtherWorkbook: "the year in which a format began",
    .faultNoSocketAddress: "an example",
    .faultNoPort: "an example",
    .faultBareIPv6: "an example",
    .faultNegativePageSize: "what asks for the usual size",
    .jsonLeadingZero: "a digit, by the standard",
    .programmeNoDay: "an example",
    .programmeNoTime: "an example",
    .programmeNoTimeOfDay: "an example, and the end of a day",
    .programmeOpensAtEnd: "the beginning of a day",
    .whatLane: "the first of anything",
    .whatLaneList: "the first of anything",
    .yamlNoShare: "nothing and all, in per cent",
    .scenarioNoLoop: "an example",
    .scenarioNoWeight: "nothing, and an example",
    .scenarioTwoLanes: "how many are wanted to be two",
    .scenarioNobodyRegisters: "an example",
    .scenarioNobodyWatches: "an example",
    .scenarioNobodyEnters: "an example",
    .scenarioNobodyComes: "an example",
    .scenarioSearchTarget: "an example",
    .scenarioNothing: "an example",
    .replayLineNoTime: "an example",
    .optionNoMoment: "examples",
  ]

  /// The numbers in a text: neither a part of a name such as P-256 or IPv6, nor where a range begins whose end is a fact.
  private static func numbers(in text: String) -> [String] {
    text.replacing(/[01](?: (?:to|à|et|a|y|إلى|до|至) | و|–)(?=\{)/, with: "")
      .matches(of: /(?<before>[\p{L}-]?)(?<number>\p{Nd}(?:[.,\u{A0}\u{202F}]?\p{Nd})*)/)
      .filter { $0.output.before.isEmpty }.map { String($0.output.number) }
  }

  @Test("Are facts, filled from the constants of the rules, and no numbers of the catalogues")
  func facts() throws {
    for entry in try Catalogue.embedded(.english).entries {
      let key = try #require(Sentence.Key(context: entry.context))
      let numbers = Self.numbers(in: ([entry.source] + (entry.sourcePlural.map { [$0] } ?? [])).joined(separator: "\n"))
      if Self.allowed[key] == nil {
        #expect(numbers == [], "\(entry.context): \(entry.source)")
      } else {
        #expect(numbers != [], "\(entry.context) has none any more")
      }
    }
  }

  @Test("Are in no translation where the sentence has no number", arguments: Language.allCases)
  func translations(language: Language) throws {
    for entry in try Catalogue.embedded(language).entries {
      let key = try #require(Sentence.Key(context: entry.context))
      guard Self.allowed[key] == nil else { continue }
      for text in entry.texts { #expect(Self.numbers(in: text) == [], "\(entry.context): \(text)") }
    }
  }

  @Test("Are told as they are")
  func told() {
    let english = Phrasebook.of(.english)
    for (sentence, text) in [
      (.undoTooLate, "The scan is older than 15 minutes; a supervisor may still take it back."),
      (Sentence(Fault.capacityOutOfRange), "is not 1 to 1000000; leave it out for no limit"),
      (Sentence(Fault.lifetimeOutOfRange), "is not 1 to 60 minutes"),
      (Sentence(Fault.address(.tooLong)), "is longer than 254 bytes; give a shorter address"),
    ] {
      #expect(english.text(sentence) == text)
    }
  }
}
