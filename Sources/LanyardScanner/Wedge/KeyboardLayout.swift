/// A keyboard layout that a host believes in while the scanner types for a US keyboard.
package enum KeyboardLayout: Hashable, Sendable, CaseIterable {
  /// French, and the Belgian and Apple kinds of it.
  case azerty
  /// German, and all others that differ from it in signs and accents only.
  case qwertz
  case czech, czechQwerty, slovak, slovakQwerty, hungarian, hungarianQwerty, turkishQ, turkishF, russian, greek, dvorak
  /// What an input method of East Asia makes of Latin letters.
  case fullWidth

  /// As it is called in every language.
  package var name: String {
    switch self {
    case .azerty: "AZERTY"
    case .qwertz: "QWERTZ"
    case .czech: "Čeština QWERTZ"
    case .czechQwerty: "Čeština QWERTY"
    case .slovak: "Slovenčina QWERTZ"
    case .slovakQwerty: "Slovenčina QWERTY"
    case .hungarian: "Magyar QWERTZ"
    case .hungarianQwerty: "Magyar QWERTY"
    case .turkishQ: "Türkçe Q"
    case .turkishF: "Türkçe F"
    case .russian: "ЙЦУКЕН"
    case .greek: "Ελληνικά"
    case .dvorak: "Dvorak"
    case .fullWidth: "ＡＢＣ"
    }
  }

  /// Whether some keyboard that is known here gives a character to a scanner: Latin, Greek and Cyrillic letters, signs, and
  /// full-width forms.
  static func mayGive(_ character: Unicode.Scalar) -> Bool {
    switch character.value {
    case 0...0x052F, 0x1E00...0x214F, 0xFF01...0xFF5E, 0xFFFD: true
    default: false
    }
  }

  /// What the scanner meant by a character that came through this layout; lower case for a letter that moved.
  ///
  /// Only characters of badge codes count, and those by which a web address is known. Caps lock shifts the figures too on
  /// some hosts, so a key's figure is found from both of its characters.
  func meaning(of character: Unicode.Scalar) -> Unicode.Scalar {
    if self == .fullWidth {
      guard (0xFF01...0xFF5E).contains(character.value) else { return character }
      return Unicode.Scalar(character.value - 0xFEE0) ?? character
    }
    return Self.meanings[self]?[character] ?? character
  }

  /// What the keys give that bear a to z, 1 to 7 and the signs of web addresses on a US keyboard.
  private struct Keys {
    /// Of a to z.
    let letters: String
    /// The same with shift.
    let capitals: String
    /// Of 1 to 7; further strings are what else those keys give, by make or with a lock of shift.
    let figures: [String]
    /// For `:`, `/` and `.`.
    let address: String

    /// - Parameter capitals: Nil where they are those of the letters.
    init(_ letters: String, _ capitals: String? = nil, figures: [String], address: String) {
      self.letters = letters
      self.capitals = capitals ?? letters.uppercased()
      self.figures = figures
      self.address = address
    }
  }

  private static let latin = "abcdefghijklmnopqrstuvwxyz"
  private static let latinWithoutYZ = "abcdefghijklmnopqrstuvwxzy"

  /// As Debian's xkb-data has them.
  private var keys: Keys? {
    switch self {
    case .azerty:
      // The 6 has § on Belgian and Apple keyboards.
      Keys(
        "qbcdefghijkl,noparstuvzxyw",
        "QBCDEFGHIJKL?NOPARSTUVZXYW",
        figures: ["&é\"'(-è", "&É\"'(§È"],
        address: "M!:"
      )
    case .qwertz: Keys(Self.latinWithoutYZ, figures: ["!\"§$%&/"], address: "Ö-.")
    case .czech: Keys(Self.latinWithoutYZ, figures: ["+ěščřžý", "+ĚŠČŘŽÝ"], address: "\"-.")
    case .czechQwerty: Keys(Self.latin, figures: ["+ěščřžý", "+ĚŠČŘŽÝ"], address: "\"-.")
    case .slovak: Keys(Self.latinWithoutYZ, figures: ["+ľščťžý", "+ĽŠČŤŽÝ"], address: "\"-.")
    case .slovakQwerty: Keys(Self.latin, figures: ["+ľščťžý", "+ĽŠČŤŽÝ"], address: "\"-.")
    case .hungarian: Keys(Self.latinWithoutYZ, figures: ["'\"+!%/="], address: "É-.")
    case .hungarianQwerty: Keys(Self.latin, figures: ["'\"+!%/="], address: "É-.")
    case .turkishQ: Keys("abcdefghıjklmnopqrstuvwxyz", Self.latin.uppercased(), figures: ["!'^+%&/"], address: "Ş.ç")
    case .turkishF:
      Keys("uçveğaütnkmlszhpfıiorcgödj", "UÇVEĞAÜTNKMLSZHPFIİORCGÖDJ", figures: ["!\"^$%&'"], address: "Y,.")
    case .russian:
      Keys("фисвуапршолдьтщзйкыегмцчня", figures: ["!\"№;%:?"], address: "Ж.ю")
    case .greek:
      // Shift gives Σ for both s and w: a code in capitals is read through this layout where it has neither.
      Keys(
        "αβψδεφγηιξκλμνοπ;ρστθωςχυζ",
        "ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠ:Ρ\u{0}ΤΘΩ\u{0}ΧΥΖ",
        figures: ["!@#$%^&"],
        address: "\u{A8}/."
      )
    case .dvorak:
      Keys("axje.uidchtnmbrl'poygk,qf;", "AXJE>UIDCHTNMBRL\"POYGK<QF:", figures: ["!@#$%^&"], address: "Szv")
    case .fullWidth: nil
    }
  }

  private static let meanings: [KeyboardLayout: [Unicode.Scalar: Unicode.Scalar]] = {
    let pairs = allCases.compactMap { layout in layout.keys.map { (layout, table(of: $0)) } }
    return Dictionary(uniqueKeysWithValues: pairs)
  }()

  private static func table(of keys: Keys) -> [Unicode.Scalar: Unicode.Scalar] {
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    func add(_ given: String, _ meant: String) {
      for (given, meant) in zip(given.unicodeScalars, meant.unicodeScalars) where given != "\u{0}" {
        if table[given] == nil { table[given] = meant }
      }
    }
    add(keys.letters, latin)
    add(keys.capitals, latin)
    for figures in keys.figures { add(figures, "1234567") }
    add(keys.address, ":/.")
    // A letter that none of those keys gives came from a key that no code has.
    let others = (latin + latin.uppercased()).unicodeScalars.filter { table[$0] == nil }
    for letter in others { table[letter] = "\u{FFFD}" }
    return table
  }
}
