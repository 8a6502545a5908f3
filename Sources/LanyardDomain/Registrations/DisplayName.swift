/// How a person's names are put together.
package enum DisplayName {
  /// Given name first, as most languages have it. Family name first and without a space where both are written in Chinese,
  /// Japanese or Korean script; family name first too where the bearer's language puts it there in any script. In Latin
  /// letters bearers of Chinese, Japanese and Korean names write them in either order, so that theirs stay as they are.
  ///
  /// - Parameter language: BCP 47 tag of the bearer's language; may be empty.
  package static func joined(given: String, family: String, language: String = "") -> String {
    if given.isEmpty { return family }
    if family.isEmpty { return given }
    if isEastAsian(given) && isEastAsian(family) { return family + given }
    return isFamilyFirst(language) ? "\(family) \(given)" : "\(given) \(family)"
  }

  /// Hungarian, Khmer and Vietnamese (Unicode CLDR, `nameOrderLocales` of family name first, without those whose bearers
  /// change the order in Latin letters).
  private static let familyFirst: Set<String> = ["hu", "km", "vi"]

  private static func isFamilyFirst(_ language: String) -> Bool {
    familyFirst.contains(language.prefix { $0 != "-" }.lowercased())
  }

  /// What is wrong with a name; nil where nothing is, or it is empty.
  static func fault(of name: String) -> Fault? { name.isEmpty || VisibleText.isSeen(name) ? nil : .invisibleName }

  private static func isEastAsian(_ name: String) -> Bool {
    name.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x3005, 0x3007, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0x20000...0x323AF:
        true
      default: false
      }
    }
  }
}
