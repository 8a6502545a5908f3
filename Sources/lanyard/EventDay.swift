import ArgumentParser
import LanyardDomain
import LanyardTexts

/// How commands read which day of an event is meant.
enum EventDay {
  /// The day, as calls say it.
  ///
  /// - Throws: `ValidationError` where it is none.
  static func read(_ text: String) throws -> String {
    guard LocalDate(text) != nil else { throw ValidationError(Phrasebook.ofSystem.text(Sentence(Fault.noDate))) }
    return text
  }
}
