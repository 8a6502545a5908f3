/// Tells whether what is kept of a text that nobody could read may be of somebody who is erased: their name, typed or read where
/// a badge's code was meant. It rather takes too much for theirs than too little.
package struct PersonTraces: Sendable {
  /// The texts as finding people folds them, with the blanks between their words and without.
  private let texts: [String]

  /// - Parameter notes: What was noted about them, and by whom.
  package init(of details: RegistrationDetails, notes: [String]) {
    let person = details.person
    let (given, family) = (person.givenName, person.familyName)
    let names = [DisplayName.joined(given: given, family: family), "\(family) \(given)"]
    let written =
      PersonField.allCases.map { person[$0] } + Question.allCases.map { details.answers[$0] } + notes + names
    let folded = written.map(SearchText.folded)
    texts = folded + folded.map { $0.replacing(" ", with: "") } + [SearchText.key(of: written)]
  }

  /// Whether a word of a beginning stands within a text of theirs, however it is written; the last word may be cut off.
  package func show(in beginning: String) -> Bool {
    // What could not be printed stood between letters.
    let words = SearchText.words(of: beginning.replacing("\u{FFFD}", with: " "))
    return words.contains { word in texts.contains { $0.utf8.contains(word.utf8) } }
  }
}
