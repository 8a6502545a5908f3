/// A text that people read: the same for all, or another for readers of some languages.
package struct LocalizedText: Hashable, Sendable {
  /// For whoever reads none of the languages of `translations`.
  package var plain: String
  package var translations: [Language: String]

  package init(_ plain: String, translations: [Language: String] = [:]) {
    self.plain = plain
    self.translations = translations
  }

  /// From texts by language, in their order: who reads none of these gets that of the event's language, else the English
  /// one, else the first. Nil where there is none.
  package init?(_ texts: [(language: Language, text: String)], of event: Language) {
    let translations = Dictionary(texts.map { ($0.language, $0.text) }) { first, _ in first }
    guard let plain = translations[event] ?? translations[.english] ?? texts.first?.text else { return nil }
    self.init(plain, translations: translations)
  }

  /// What a reader sees.
  package func text(in reader: Language) -> String { translations[reader] ?? plain }

  /// Each translation with its language before it, in the order of the languages, as the trail of changes tells it.
  var facts: [String] { Language.allCases.compactMap { tag in translations[tag].map { "\(tag.tag) \($0)" } } }
}

extension LocalizedText: ExpressibleByStringLiteral {
  package init(stringLiteral plain: String) { self.init(plain) }
}
