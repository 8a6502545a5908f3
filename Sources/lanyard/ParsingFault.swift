import LanyardDomain
import LanyardTexts

/// What is wrong with the options of a command, as the library that reads them says it, in a form that has words in each
/// language. The library has English words alone and keeps what they are made of to itself, so that it is known by them; a
/// test has it say each.
struct ParsingFault {
  let sentence: Sentence

  /// - Parameter message: The library's.
  /// - Returns: Nil where it says something else.
  init?(_ message: String) {
    guard let sentence = Self.value(message) ?? Self.option(message) else { return nil }
    self.sentence = sentence
  }

  /// Of a value.
  private static func value(_ message: String) -> Sentence? {
    if let match = message.firstMatch(
      of: /^The value '(?<value>.*?)' is invalid for '(?<option>.+?)'(?:\. Please provide one of(?<list>[\s\S]*))?$/
    ) {
      let facts: [String: Sentence.Fact] = [
        "option": .text(name(match.option)), "value": .text(String(match.value)),
      ]
      guard let list = match.list else { return Sentence(.optionCannotBe, facts) }
      let choices = list.matches(of: /'(?<quoted>[^']+)'|^ *- (?<line>.+)$/.anchorsMatchLineEndings()).compactMap {
        ($0.quoted ?? $0.line).map(String.init)
      }
      return Sentence(.optionNoneOf, facts.merging(["choices": .list(choices)]) { $1 })
    }
    if let match = message.firstMatch(of: /^Missing value for '(?<option>.+?)'$/) {
      return Sentence(.optionNeedsValue, ["option": .text(name(match.option))])
    }
    if let match = message.firstMatch(
      of: /^The option '(?<option>.+?)' does not take any value, but '(?<value>.*)' was specified\.$/
    ) {
      return Sentence(
        .optionTakesNoValue,
        ["option": .text(name(match.option)), "value": .text(String(match.value))]
      )
    }
    return nil
  }

  /// Of an option, or of what stands where one is.
  private static func option(_ message: String) -> Sentence? {
    if let match = message.firstMatch(of: /^Missing expected argument '(?<option>.+?)'$/) {
      return Sentence(.optionMissing, ["option": .text(String(match.option))])
    }
    if let match = message.firstMatch(of: /^Unknown option '(?<option>.+?)'(?:\. Did you mean '(?<meant>.+?)'\?)?$/) {
      let option = Sentence.Fact.text(String(match.option))
      // The library takes half of a short name for a misspelling.
      guard let meant = match.meant.map(String.init),
        NearestName.nearest(to: String(match.option), among: [meant]) != nil
      else {
        return Sentence(.optionOther, ["option": option])
      }
      return Sentence(.optionOtherMeant, ["option": option, "meant": .text(meant)])
    }
    if let match = message.firstMatch(of: /^(?:Unexpected argument|\d+ unexpected arguments:) '(?<words>.*)'$/) {
      return Sentence(.optionTooMuch, ["words": .text(String(match.words).replacing("', '", with: " "))])
    }
    return nil
  }

  /// An option without the name of its value; an argument as it is.
  private static func name(_ text: Substring) -> String {
    text.hasPrefix("-") ? String(text.prefix { $0 != " " }) : String(text)
  }
}
