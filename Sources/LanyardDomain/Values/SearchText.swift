import Foundation

/// Text as it is compared for finding people and terms: without case, width, marks such as accents and Arabic vowel signs,
/// joiners, apostrophes, and without the differences between letters that one keyboard has and another has not. Everything
/// goes by Unicode scalars, since a `Character` may be a comma with a mark.
package enum SearchText {
  /// The different words of a text, folded, in the order in which each comes first. Commas and hyphens part words.
  package static func words(of text: String) -> [String] {
    unique(tokens(of: text).flatMap { $0.map(\.plain) })
  }

  /// Those words that name something: punctuation alone would fit everybody, or nobody.
  package static func namingWords(of text: String) -> [String] {
    words(of: text).filter { word in
      word.unicodeScalars.contains { !punctuation.contains($0.properties.generalCategory) }
    }
  }

  private static let punctuation: Set<Unicode.GeneralCategory> = [
    .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
    .finalPunctuation,
    .otherPunctuation,
  ]

  /// By what people are listed in the order of their names, word by word: of two whose words begin alike, who has fewer comes
  /// first, whatever organisation follows the name.
  ///
  /// - Parameter key: As `key(of:others:)` gives it.
  package static func order(of key: String) -> String {
    var order = "".unicodeScalars
    for scalar in key.unicodeScalars {
      if scalar == "\u{B7}" { order.append(contentsOf: otherOrder.unicodeScalars) } else { order.append(scalar) }
    }
    return String(order)
  }

  /// What stands for `otherStart` there: it comes before all that a word of a name begins with.
  package static let otherOrder = "  "

  /// The text folded, with one blank between its words.
  package static func folded(_ text: String) -> String {
    tokens(of: text).flatMap { $0.map(\.plain) }.joined(separator: " ")
  }

  /// What words are looked for in: each word of the texts once, between blanks, so that a word's beginning is a text of its
  /// own. A word also stands there as others write it: `müller` as `mueller` and that as `muller`, `jean-pierre` as
  /// `jeanpierre`. Two blanks end it, so that three letters begin at each letter of its words.
  ///
  /// - Parameters:
  ///   - texts: What somebody is called.
  ///   - others: Whom somebody is of: `otherStart` stands before each of their words, in place of a blank.
  package static func key(of texts: [String], others: [String] = []) -> String {
    let words = unique(texts.flatMap(spellings))
    let known = Set(words)
    let rest = unique(others.flatMap(spellings)).filter { !known.contains($0) }
    let own = words.map { " " + $0 }.joined()
    return own + rest.map { "\(otherStart)\($0)" }.joined() + "  "
  }

  /// What stands before a word of an organisation where a blank stands before one of a name; no word has it.
  package static let otherStart: Character = "\u{B7}"

  /// The words of a text, each in all ways of writing it.
  private static func spellings(of text: String) -> [String] {
    tokens(of: text).flatMap { pieces in
      let joined = pieces.count > 1 ? [Piece(joining: pieces)] : []
      return (pieces + joined).flatMap(\.spellings)
    }
  }

  /// Whether one letter of the text is a word or a syllable, or the consonant that one is looked for by in Korean (`ㄱ`), so that it
  /// says enough by itself; as it is written or folded.
  package static func hasWholeLetter(_ text: String) -> Bool {
    text.decomposedStringWithCompatibilityMapping.unicodeScalars.contains { scalar in
      scalar.properties.isIdeographic || (0x3041...0x30FF).contains(scalar.value) || jamo.contains(scalar.value)
    }
  }

  /// What Hangul syllables are made of.
  private static let jamo: ClosedRange<UInt32> = 0x1100...0x11FF

  /// Whether a letter is of a script that parts no words by blanks: Han, kana, Thai, Lao, Tibetan, Burmese, Khmer.
  package static func partsNoWords(_ letter: Unicode.Scalar) -> Bool {
    letter.properties.isIdeographic || blankless.contains { $0.contains(letter.value) }
  }

  private static let blankless: [ClosedRange<UInt32>] = [
    0x3041...0x30FF, 0xE00...0xFFF, 0x1000...0x109F, 0x1780...0x17FF,
  ]

  /// A word, or the part of one before or after a hyphen.
  private struct Piece {
    /// Each letter without its marks.
    var plain = ""
    /// As German and the Nordic languages write it without marks: `ue` for `ü`.
    var expanded = ""

    init() {}

    init(joining pieces: [Piece]) {
      (plain, expanded) = (pieces.map(\.plain).joined(), pieces.map(\.expanded).joined())
    }

    /// All ways of writing it.
    var spellings: [String] {
      if plain != expanded { return [plain, expanded] }
      let contracted = contractions.reduce(plain) { $0.replacing($1.written, with: $1.meant) }
      return plain == contracted ? [plain] : [plain, contracted]
    }
  }

  /// What stands for a letter with two dots.
  private static let contractions = [("ae", "a"), ("oe", "o"), ("ue", "u")].map { (written: $0.0, meant: $0.1) }

  private static func unique(_ words: [String]) -> [String] {
    var seen: Set<[UInt8]> = []
    return words.filter { !$0.isEmpty && seen.insert(Array($0.utf8)).inserted }
  }

  /// The words of a text, each as the pieces that hyphens part.
  private static func tokens(of text: String) -> [[Piece]] {
    var tokens: [[Piece]] = []
    var pieces: [Piece] = []
    var piece = Piece()
    func endPiece() {
      if !piece.plain.isEmpty { pieces.append(piece) }
      piece = Piece()
    }
    func endToken() {
      endPiece()
      if !pieces.isEmpty { tokens.append(pieces) }
      pieces = []
    }
    let written = String(String.UnicodeScalarView(text.unicodeScalars.filter { !apostrophes.contains($0) }))
    var last = Unicode.Scalar(0 as UInt8)
    for scalar in written.decomposedStringWithCompatibilityMapping.unicodeScalars {
      let category = scalar.properties.generalCategory
      if scalar.properties.isWhitespace || commas.contains(scalar) {
        endToken()
      } else if category == .dashPunctuation || dots.contains(scalar) {
        endPiece()
      } else if category == .nonspacingMark {
        if let addition = expansions[String(last)]?[scalar] { piece.expanded.append(addition) }
        continue
      } else if category != .format && category != .enclosingMark && !apostrophes.contains(scalar) && scalar != tatweel
      {
        let lower = scalar.properties.lowercaseMapping
        let (plain, expanded) = letters[lower] ?? (lower, lower)
        append(plain, expanded, of: scalar, to: &piece)
        last = lower.unicodeScalars.first ?? scalar
        continue
      }
      last = Unicode.Scalar(0 as UInt8)
    }
    endToken()
    return tokens
  }

  private static func append(_ plain: String, _ expanded: String, of scalar: Unicode.Scalar, to piece: inout Piece) {
    if let digit = scalar.properties.numericType == .decimal ? scalar.properties.numericValue : nil {
      piece.plain.append(String(Int(digit)))
      piece.expanded.append(String(Int(digit)))
    } else if katakana.contains(scalar.value), let hiragana = Unicode.Scalar(scalar.value - 0x60) {
      piece.plain.unicodeScalars.append(hiragana)
      piece.expanded.unicodeScalars.append(hiragana)
    } else {
      piece.plain.unicodeScalars.append(contentsOf: plain.unicodeScalars)
      piece.expanded.unicodeScalars.append(contentsOf: expanded.unicodeScalars)
    }
  }

  /// Those that have a hiragana letter of the same sound.
  private static let katakana: ClosedRange<UInt32> = 0x30A1...0x30F6
  /// What lengthens Arabic letters for the eye.
  private static let tatweel: Unicode.Scalar = "\u{640}"
  /// Apostrophes, and what is typed or printed for them; they are left out, and so are `ʿ` and `ʾ` of transliterations.
  private static let apostrophes = Set(
    "'`\u{B4}\u{2B9}\u{2BB}\u{2BC}\u{2BD}\u{2BE}\u{2BF}\u{2C8}\u{55A}\u{5F3}\u{2018}\u{2019}\u{201B}\u{2032}\u{2035}\u{A78C}\u{FF07}"
      .unicodeScalars
  )
  /// Of any script.
  private static let commas = Set(",;\u{55D}\u{60C}\u{61B}\u{3001}\u{FF64}".unicodeScalars)
  /// What parts names as a hyphen does: the minus, and the middle dots of Catalan and Japanese.
  private static let dots = Set("\u{2212}\u{B7}\u{2022}\u{2027}\u{30FB}".unicodeScalars)
  /// Marks that are written as a letter of their own, by the letter that they stand on.
  private static let expansions: [String: [Unicode.Scalar: Character]] = [
    "a": ["\u{308}": "e", "\u{30A}": "a"], "o": ["\u{308}": "e"], "u": ["\u{308}": "e"],
  ]

  /// Letters that no decomposition makes alike, in lower case: what each is found as, and written out as.
  private static let letters: [String: (plain: String, expanded: String)] = {
    var letters: [String: (plain: String, expanded: String)] = ["ø": ("o", "oe")]
    let alike: [(String, String)] = [
      ("ł", "l"), ("đ", "d"), ("ð", "d"), ("ħ", "h"), ("ŧ", "t"), ("ı", "i"), ("ŋ", "n"), ("ĸ", "k"),
      ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"), ("ς", "σ"),
      ("ך", "כ"), ("ם", "מ"), ("ן", "נ"), ("ף", "פ"), ("ץ", "צ"),
      ("\u{649}", "\u{64A}"), ("\u{6CC}", "\u{64A}"), ("\u{6D2}", "\u{64A}"), ("\u{6A9}", "\u{643}"),
      ("\u{6AA}", "\u{643}"), ("\u{671}", "\u{627}"), ("\u{629}", "\u{647}"), ("\u{6C1}", "\u{647}"),
      ("\u{6BE}", "\u{647}"), ("\u{6C3}", "\u{647}"), ("\u{6D5}", "\u{647}"),
    ]
    for (letter, plain) in alike { letters[letter] = (plain, plain) }
    return letters
  }()
}
