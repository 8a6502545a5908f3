/// Tells whether what is kept of a text that nobody could read may be of somebody who is erased: their name, typed or read where
/// a badge's code was meant. It rather takes too much for theirs than too little.
package struct PersonTraces: Sendable {
  /// The texts as finding people folds them, with the blanks between their words and without.
  private let texts: [String]
  /// What they are called, each word as others write it too, and their e-mail address.
  private let names: Set<String>
  /// Those of their names that a note may have between other letters, since their script parts no words.
  private let unparted: [String]

  /// - Parameter notes: What was noted about them, and by whom.
  package init(of details: RegistrationDetails, notes: [String]) {
    let person = details.person
    let (given, family) = (person.givenName, person.familyName)
    let names = [DisplayName.joined(given: given, family: family), "\(family) \(given)"]
    let answers = Question.allCases.map { details.answers[$0] } + details.answers.own.values.sorted()
    let written =
      PersonField.allCases.map { person[$0] } + answers + notes + names
    let folded = written.map(SearchText.folded)
    texts = folded + folded.map { $0.replacing(" ", with: "") } + [SearchText.key(of: written)]
    let called = SearchText.words(of: SearchText.key(of: names + PersonField.calledBy.map { person[$0] }))
    self.names = Set(called.filter { $0.unicodeScalars.count >= Self.shortestName || SearchText.hasWholeLetter($0) })
    unparted = self.names.filter { $0.unicodeScalars.contains(where: SearchText.partsNoWords) }
  }

  /// The fewest letters of a word that tells of somebody, where none of its letters is a word by itself.
  private static let shortestName = 3

  /// Whether a word of a beginning stands within a text of theirs, however it is written; the last word may be cut off.
  package func show(in beginning: String) -> Bool {
    // What could not be printed stood between letters.
    let words = SearchText.words(of: beginning.replacing("\u{FFFD}", with: " "))
    return words.contains { word in texts.contains { $0.utf8.contains(word.utf8) } }
  }

  /// Whether a note about nobody who is known names them: by a whole word of what they are called, or by their address.
  package func areNamed(in note: String) -> Bool {
    // A name may end in an apostrophe and what belongs to it, and may have one within.
    let parted = note.replacing("'", with: " ").replacing("\u{2019}", with: " ")
    let words = SearchText.words(of: SearchText.key(of: [note, parted]))
    return !names.isDisjoint(with: words) || unparted.contains { name in words.contains { $0.contains(name) } }
  }
}
