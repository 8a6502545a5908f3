import ArgumentParser
import LanyardDomain
import LanyardTexts

/// What is wrong with options is told in the system's language, as nobody knows a device's yet.
extension ValidationError {
  /// An option has a value that it cannot have.
  init(_ option: String, _ fault: Fault) { self.init(option, Sentence(fault)) }

  /// What is wrong with an option, after its name.
  init(_ option: String, _ sentence: Sentence) {
    self.init("\(option) \(Phrasebook.ofSystem.text(sentence))")
  }

  /// Options do not go together.
  init(_ sentence: Sentence) { self.init(Phrasebook.ofSystem.text(sentence)) }
}
