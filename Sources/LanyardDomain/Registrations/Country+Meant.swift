import Foundation

extension Country {
  /// The code of the country that a person means by a text: its code in any case, or its name in one of the six languages,
  /// without regard to case, accents and signs. Nil where it is none, or the name of several.
  package static func meant(by text: String) -> String? {
    let code = text.uppercased()
    if codes.contains(code) { return code }
    return codesByName[key(text)] ?? nil
  }

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
    for line in otherNames.split(separator: "\n") {
      let names = line.split(separator: "|")
      for name in names.dropFirst() { add(String(name), String(names[0])) }
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
