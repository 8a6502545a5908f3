import LanyardDomain
import LanyardTexts
import Mustache

/// The sentences of a language as templates name them: `{{t.portalRegister}}`.
struct PageText: MustacheParent, Sendable {
  let phrasebook: Phrasebook
  var language: Language { phrasebook.language }

  init(_ language: Language) { phrasebook = .of(language) }

  /// Nil where no sentence has that name.
  func child(named name: String) -> Any? {
    Sentence.Key(rawValue: name).map { phrasebook.text(Sentence($0), for: .page) }
  }

  func callAsFunction(_ key: Sentence.Key, _ facts: [String: Sentence.Fact] = [:]) -> String {
    phrasebook.text(Sentence(key, facts), for: .page)
  }

  func callAsFunction(_ sentence: Sentence) -> String { phrasebook.text(sentence, for: .page) }
}
