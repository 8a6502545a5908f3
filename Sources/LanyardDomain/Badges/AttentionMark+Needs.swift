extension AttentionMark {
  /// The mark as operators see it, with the needs that the event lists: who has some shows as needing help though nobody
  /// marked the badge.
  ///
  /// - Parameter needs: In the event's words; empty where there are none.
  package func showing(_ needs: String) -> AttentionMark {
    guard !needs.isEmpty else { return self }
    return AttentionMark(
      attention: attention == .none ? .specialNeeds : attention,
      note: note.isEmpty ? needs : "\(note) · \(needs)"
    )
  }
}

extension Event {
  /// Those of its listed needs that an answer names, in its own words and order with commas between them: the words of one
  /// stand in the answer together, compared as names are.
  package func listedNeeds(in answer: String) -> String {
    guard !answer.isEmpty else { return "" }
    return Self.needs(listedNeeds, in: answer)
  }

  /// The same of a list by itself.
  package static func needs(_ listed: [String], in answer: String) -> String {
    let answer = NeedAnswer(answer)
    return listed.filter(answer.names).joined(separator: ", ")
  }
}

/// What somebody answered, in which needs are looked for.
private struct NeedAnswer {
  private typealias Word = ArraySlice<Unicode.Scalar>

  /// What Arabic writes before a word as one with it, folded: and, so, with, like, for, the.
  private static let arabicPrefixes = [
    "وبال", "وكال", "وال", "فال", "بال", "كال", "ولل", "فلل", "ال", "لل", "وب", "ول", "و", "ف", "ب", "ك", "ل",
  ]
  .map { Array($0.unicodeScalars) }
  /// The fewest letters of an Arabic word before which one letter is taken for such a prefix and not for the word's own.
  private static let fewestLetters = 3
  private static let alef: Unicode.Scalar = "\u{627}"

  private let folded: String
  private let words: [Word]

  init(_ answer: String) {
    folded = SearchText.folded(answer)
    words = Self.words(of: folded)
  }

  func names(_ need: String) -> Bool {
    let need = SearchText.folded(need)
    guard !need.isEmpty else { return false }
    // Where scripts part no words, one stands anywhere.
    if need.unicodeScalars.contains(where: SearchText.partsNoWords) { return folded.utf8.contains(need.utf8) }
    let sought = Self.words(of: need)
    guard let last = sought.last, words.count >= sought.count else { return false }
    return (0...words.count - sought.count).contains { start in
      let said = words[start..<start + sought.count]
      return zip(said.dropLast(), sought).allSatisfy { Self.isForm($0, of: $1) }
        && (said.last.map { Self.begins($0, with: last) } ?? false)
    }
  }

  /// Where two scripts meet, of which one parts no words, a word begins.
  private static func words(of folded: String) -> [Word] {
    Array(folded.unicodeScalars).split { $0 == " " || SearchText.partsNoWords($0) }
  }

  /// Whether a word of the answer is one that is sought, as Arabic inflects it.
  private static func isForm(_ said: Word, of sought: Word) -> Bool {
    starts(of: said, sought).contains {
      $0.elementsEqual(sought) || isArabic(sought) && $0.elementsEqual(sought + [alef])
    }
  }

  /// Whether a word of the answer begins with what is sought: endings and particles come after it.
  private static func begins(_ said: Word, with sought: Word) -> Bool {
    starts(of: said, sought).contains { word in
      // Within a syllable of Hangul is within a word.
      word.starts(with: sought) && !(word.dropFirst(sought.count).first.map(isInSyllable) ?? false)
    }
  }

  /// The word, and what is left of it after each prefix that it may have.
  private static func starts(of said: Word, _ sought: Word) -> [Word] {
    guard isArabic(sought), sought.count >= fewestLetters else { return [said] }
    return [said] + arabicPrefixes.filter { said.starts(with: $0) }.map { said.dropFirst($0.count) }
  }

  private static func isArabic(_ word: Word) -> Bool { word.first.map { (0x620...0x6FF).contains($0.value) } ?? false }

  /// Whether a letter goes on with a syllable: vowels and final consonants of Hangul, which is folded into its letters.
  private static func isInSyllable(_ letter: Unicode.Scalar) -> Bool { (0x1160...0x11FF).contains(letter.value) }
}
