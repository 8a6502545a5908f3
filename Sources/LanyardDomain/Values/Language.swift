/// A language that Lanyard speaks: the six of the United Nations.
package enum Language: String, Codable, CodingKeyRepresentable, Sendable, CaseIterable {
  case arabic = "ar"
  case english = "en"
  case spanish = "es"
  case french = "fr"
  case russian = "ru"
  case chinese = "zh"

  /// The language of a tag such as `fr`, `zh-Hans-CN` (BCP 47) or `fr_CH.UTF-8` (a locale of the system), whatever its
  /// region; nil where Lanyard does not speak it.
  package init?(tag: some StringProtocol) {
    let primary = tag.prefix { !"-_.@".contains($0) }.lowercased()
    self.init(rawValue: primary)
  }

  /// The tags of all.
  package static let tags = allCases.map(\.rawValue)

  /// The BCP 47 tag.
  package var tag: String { rawValue }

  /// Whether it is written from right to left.
  package var isRightToLeft: Bool { self == .arabic }

  /// The name that its speakers know it by.
  package var name: String {
    switch self {
    case .arabic: "العربية"
    case .english: "English"
    case .spanish: "español"
    case .french: "français"
    case .russian: "русский"
    case .chinese: "中文"
    }
  }
}
