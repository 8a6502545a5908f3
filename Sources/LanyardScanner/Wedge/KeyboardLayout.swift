/// A keyboard layout that a host believes in while the scanner types for a US keyboard.
package enum KeyboardLayout: Hashable, Sendable, CaseIterable {
  /// French, and the Belgian and Apple kinds of it.
  case azerty
  /// German.
  case qwertz

  /// As it is called in every language.
  package var name: String {
    switch self {
    case .azerty: "AZERTY"
    case .qwertz: "QWERTZ"
    }
  }

  /// What the scanner meant by a character that came through this layout; lower case for a letter that moved.
  ///
  /// Only characters of badge codes count. Caps lock shifts the figures too on some hosts, so a key's figure is found from
  /// both of its characters.
  func meaning(of character: Unicode.Scalar) -> Unicode.Scalar {
    switch self {
    case .azerty: Self.azertyMeanings[character] ?? character
    case .qwertz: Self.qwertzMeanings[character] ?? character
    }
  }

  private static let azertyMeanings: [Unicode.Scalar: Unicode.Scalar] = [
    "a": "q", "A": "q", "q": "a", "Q": "a", "w": "z", "W": "z", "z": "w", "Z": "w",
    ",": "m", "?": "m", "m": ";", "M": ";",
    "&": "1", "é": "2", "É": "2", "\"": "3", "'": "4", "(": "5", "-": "6", "§": "6", "è": "7", "È": "7",
  ]

  private static let qwertzMeanings: [Unicode.Scalar: Unicode.Scalar] = [
    "y": "z", "Y": "z", "z": "y", "Z": "y",
    "!": "1", "\"": "2", "§": "3", "$": "4", "%": "5", "&": "6", "/": "7",
  ]
}
