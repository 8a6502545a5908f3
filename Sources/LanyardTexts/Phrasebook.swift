package import LanyardDomain

/// Makes texts of sentences, in one language.
package struct Phrasebook: Sendable {
  /// Where a text goes.
  package enum Surface: Sendable {
    /// A terminal, which shows the isolates of right-to-left text or stumbles over them; rows are isolated as a whole. Facts are
    /// as `TerminalText` shows them.
    case terminal
    /// A page or a message: facts in a script of the other direction are isolated, so that nothing is reordered.
    case page
  }

  package let language: Language
  private let templates: [Sentence.Key: [Template]]
  private let pluralRule: PluralRule
  let format: LocalFormat

  /// - Throws: `CatalogueError` where the catalogue has a text that is no template.
  init(_ language: Language, _ catalogue: Catalogue) throws(CatalogueError) {
    self.language = language
    pluralRule = catalogue.pluralRule
    format = LocalFormat(language)
    var templates: [Sentence.Key: [Template]] = [:]
    for entry in catalogue.entries where !entry.isFuzzy {
      guard let key = Sentence.Key(context: entry.context) else { continue }
      templates[key] = try entry.templates()
    }
    self.templates = templates
  }

  /// The text of a sentence; the English one where this language has none yet.
  package func text(_ sentence: Sentence, for surface: Surface = .terminal) -> String {
    guard let forms = templates[sentence.key], let first = forms.first else {
      return language == .english ? sentence.key.context : Phrasebook.of(.english).text(sentence, for: surface)
    }
    var template = first
    if forms.count > 1, let number = sentence.inflecting {
      template = forms[min(pluralRule.form(of: number), forms.count - 1)]
    }
    return template.pieces.reduce(into: "") { text, piece in
      switch piece {
      case .text(let plain): text += plain
      case .fact(let name):
        // A sentence whose facts are not those of its catalogue is a mistake of the program; tests make each once.
        assert(sentence.facts[name] != nil, "\(sentence.key.context) has no fact \(name)")
        text += sentence.facts[name].map { self.text($0, surface, mayBreak: sentence.key == .toldWords) } ?? ""
      }
    }
  }

  /// The days of an event, with their month in words: `27–31 May 2024`.
  package func days(_ first: LocalDate, _ last: LocalDate) -> String { format.days(first, last) }

  /// A day of the week in short: `Mon`.
  package func weekday(_ day: LocalDate) -> String { format.weekday(day) }

  /// A day with its weekday and its month in words: `Monday 27 May`.
  package func day(_ day: LocalDate) -> String { format.day(day) }

  /// A script of letters in words, by its code in ISO 15924; the code where the language has no word for it.
  package func script(_ code: String) -> String { format.script(code) }

  /// Whether one text stands before another in lists of the language.
  package func precedes(_ one: String, _ other: String) -> Bool { format.precedes(one, other) }

  /// Whether one pair of texts stands before another: by the second where the first ones are the same in its lists.
  package func precedes(_ one: (String, String), _ other: (String, String)) -> Bool {
    if format.precedes(one.0, other.0) { return true }
    return !format.precedes(other.0, one.0) && format.precedes(one.1, other.1)
  }

  /// The text of a sentence without facts.
  package func text(_ key: Sentence.Key) -> String { text(Sentence(key)) }

  /// - Parameter mayBreak: Whether a text may be of several lines, as one is that was made of sentences.
  private func text(_ fact: Sentence.Fact, _ surface: Surface, mayBreak: Bool) -> String {
    switch fact {
    case .text(let text): mayBreak && surface == .terminal ? TerminalText.lines(text) : isolated(text, surface)
    case .count(let count): format.count(count)
    case .timeOfDay(let instant, let clock): format.timeOfDay(instant, clock)
    case .moment(let instant, let clock): format.dateAndTime(instant, clock)
    case .list(let items): format.list(items.map { isolated($0, surface) }, keepsIsolates: surface == .page)
    case .sentence(let sentence): text(sentence, for: surface)
    }
  }

  private func isolated(_ text: String, _ surface: Surface) -> String {
    switch surface {
    case .terminal: TerminalText.line(text)
    case .page: TextDirection.isForeign(text, to: language) ? TextDirection.isolated(text) : text
    }
  }
}
