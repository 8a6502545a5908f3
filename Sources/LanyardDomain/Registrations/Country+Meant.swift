import Foundation

extension Country {
  /// The code of the country that a person means by a text: its code of two or three letters in any case, or its name in one of
  /// the six languages or in its own, without regard to case, accents and signs, as it stands in lists (`Netherlands (Kingdom of the)`), and with
  /// what a state calls itself before or behind it (`Confédération suisse`). Nil where it is none, or the name of several.
  package static func meant(by text: String) -> String? {
    let code = text.uppercased()
    if codes.contains(code) { return code }
    let key = key(text)
    if let known = codesByName[key] { return known }
    if let known = codesByThreeLetters[code], codes.contains(known) { return known }
    let words = key.split(separator: " ").map(String.init)
    if let known = codesByWords[words.sorted().joined(separator: " ")] { return known }
    let rest = words.filter { !statehood.contains($0) && !particles.contains($0) }
    guard !rest.isEmpty, rest.count < words.count, words.contains(where: statehood.contains),
      let known = codesByWords[rest.sorted().joined(separator: " ")] ?? nil, !divided.contains(known)
    else { return nil }
    return known
  }

  /// Names whose words are the same in another order; nil where they are those of several.
  private static let codesByWords: [String: String?] = {
    var found: [String: String?] = [:]
    for (name, code) in codesByName {
      let words = name.split(separator: " ").sorted().joined(separator: " ")
      if let other = found[words], other != code { found[words] = .some(nil) } else { found[words] = code }
    }
    return found
  }()

  /// Of these the same name with another form of state before it is another state, or was one.
  private static let divided: Set<String> = [
    "CN", "TW", "CG", "CD", "KR", "KP", "DE", "VN", "YE", "SD", "SS", "CY", "IE", "MK",
  ]

  static func words(_ text: String) -> Set<String> { Set(key(text).split(separator: " ").map(String.init)) }

  /// Nil where a name is that of several.
  private static let codesByName: [String: String?] = {
    var found: [String: String?] = [:]
    func add(_ name: String, _ code: String) {
      let key = key(name)
      guard !key.isEmpty else { return }
      if let other = found[key], other != code { found[key] = .some(nil) } else { found[key] = code }
    }
    for language in Language.allCases {
      let locale = Locale(identifier: language.tag)
      for code in codes { if let name = locale.localizedString(forRegionCode: code) { add(name, code) } }
    }
    for line in [otherNames, usualNames, printedNames].joined(separator: "\n").split(separator: "\n") {
      let names = line.split(separator: "|")
      for name in names.dropFirst() { add(String(name), String(names[0])) }
    }
    // What people call their own country, where no name of the six languages is that of another.
    for code in codes {
      let own = Locale(identifier: Locale.Language(identifier: "und-\(code)").maximalIdentifier)
      if let name = own.localizedString(forRegionCode: code), found[key(name)] == nil { add(name, code) }
    }
    return found
  }()

  /// A name as names are compared: its words, without signs, `and` written out or not, and articles.
  private static func key(_ name: String) -> String {
    let letters = name.unicodeScalars.map { scalar in
      scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark ? Character(scalar) : " "
    }
    let words = SearchText.folded(String(letters)).split(separator: " ")
    return words.filter { !["the", "and"].contains($0) }.joined(separator: " ")
  }
}
