/// How a person's names are put together.
package enum DisplayName {
  /// Given name first, but family name first and without a space where both are written in Chinese, Japanese or Korean
  /// script, as is the custom there.
  package static func joined(given: String, family: String) -> String {
    if given.isEmpty { return family }
    if family.isEmpty { return given }
    return isEastAsian(given) && isEastAsian(family) ? family + given : "\(given) \(family)"
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
