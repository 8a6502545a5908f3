import CPangoCairo

/// The fonts in which badges are set. They are stated here and not left to the machine: what another font would draw
/// elsewhere is reported as missing, and never drawn as boxes.
package final class BadgeFonts: Sendable {
  /// A family, with the Debian package that brings it.
  package struct Family: Hashable, Sendable {
    package let name: String
    package let package: String
  }

  /// What texts are set in where a design says nothing.
  package static let usual = "Noto Sans"

  /// Noto Sans for Latin, Greek and Cyrillic, one family for each other script, and four for the forms that Han
  /// characters have in China, Taiwan, Japan and Korea; Noto Serif for designs that ask for it.
  package static let families =
    [
      "", "Arabic", "Hebrew", "Devanagari", "Thai", "Bengali", "Tamil", "Telugu", "Kannada", "Malayalam", "Gujarati",
      "Gurmukhi", "Oriya", "Sinhala", "Khmer", "Lao", "Myanmar", "Georgian", "Armenian", "Ethiopic", "Thaana", "Syriac",
      "NKo", "Tifinagh", "Cherokee", "Mongolian", "Adlam", "Vai", "Canadian Aboriginal", "Symbols",
    ].map { Family(name: $0.isEmpty ? usual : "Noto Sans \($0)", package: "fonts-noto-core") }
    + [Family(name: "Noto Serif Tibetan", package: "fonts-noto-core")]
    + HanForm.allCases.map { Family(name: $0.family, package: "fonts-noto-cjk") }
    + [Family(name: "Noto Serif", package: "fonts-noto-core")]

  /// Where the forms of Han characters are those of one place.
  enum HanForm: String, CaseIterable {
    case simplified = "SC"
    case traditional = "TC"
    case japanese = "JP"
    case korean = "KR"

    var family: String { "Noto Sans CJK \(rawValue)" }

    /// The form in which a text is to be set: by its own letters, else by the language of whoever bears it.
    init(of text: String, language: String) {
      let scalars = text.unicodeScalars
      if scalars.contains(where: { (0x3040...0x30FF).contains($0.value) }) {
        self = .japanese
      } else if scalars.contains(where: { (0x1100...0x11FF).contains($0.value) || (0xAC00...0xD7AF).contains($0.value) }
      ) {
        self = .korean
      } else {
        switch language.lowercased() {
        case let tag where tag.hasPrefix("ja"): self = .japanese
        case let tag where tag.hasPrefix("ko"): self = .korean
        case let tag where tag.hasPrefix("zh-hant"): self = .traditional
        case let tag where !tag.hasPrefix("zh-hans") && tag.contains(/^zh-(tw|hk|mo)\b/): self = .traditional
        default: self = .simplified
        }
      }
    }

    /// BCP 47 tag of its language.
    var language: String {
      switch self {
      case .simplified: "zh-Hans"
      case .traditional: "zh-Hant"
      case .japanese: "ja"
      case .korean: "ko"
      }
    }
  }

  /// Address of the configuration, which fontconfig counts and guards with locks of its own.
  private let configuration: UInt

  /// - Throws: `DrawingError.fontsMissing` where a family is not on the machine.
  package init() throws(DrawingError) {
    guard let installed = FcInitLoadConfigAndFonts(), let configuration = FcConfigCreate() else {
      throw .drawing("fontconfig")
    }
    defer { FcConfigDestroy(installed) }
    self.configuration = UInt(bitPattern: configuration)
    var missing: [Family] = []
    for family in Self.families {
      let files = Self.files(of: family.name, in: installed)
      if files.isEmpty { missing.append(family) }
      for file in files { FcConfigAppFontAddFile(configuration, file) }
    }
    guard missing.isEmpty else {
      throw .fontsMissing(missing.map(\.name), packages: Set(missing.map(\.package)).sorted())
    }
  }

  deinit { FcConfigDestroy(OpaquePointer(bitPattern: configuration)) }

  /// Has a map of fonts find these and no others; the map counts the configuration too.
  func fill(_ map: OpaquePointer) { pango_fc_font_map_set_config(map, OpaquePointer(bitPattern: configuration)) }

  /// The families in the order in which a text tries them.
  static func order(_ font: String, _ han: HanForm) -> String {
    var order: [String] = []
    for name in [font, usual, han.family] + families.map(\.name) where !order.contains(name) { order.append(name) }
    return order.joined(separator: ",")
  }

  /// The files of a family's regular and bold faces.
  private static func files(of family: String, in installed: OpaquePointer) -> Set<String> {
    let (pattern, wanted) = (FcPatternCreate(), FcObjectSetCreate())
    defer {
      FcPatternDestroy(pattern)
      FcObjectSetDestroy(wanted)
    }
    FcPatternAddString(pattern, FC_FAMILY, family)
    for object in [FC_FILE, FC_WEIGHT, FC_SLANT, FC_WIDTH] { FcObjectSetAdd(wanted, object) }
    guard let found = FcFontList(installed, pattern, wanted) else { return [] }
    defer { FcFontSetDestroy(found) }
    return Set(
      (0..<Int(found.pointee.nfont)).compactMap { index in
        let face = found.pointee.fonts[index]
        guard [FC_WEIGHT_REGULAR, FC_WEIGHT_BOLD].contains(number(FC_WEIGHT, of: face)),
          number(FC_SLANT, of: face) == FC_SLANT_ROMAN, number(FC_WIDTH, of: face) == FC_WIDTH_NORMAL
        else { return nil }
        var file: UnsafeMutablePointer<FcChar8>?
        guard FcPatternGetString(face, FC_FILE, 0, &file) == FcResultMatch, let file else { return nil }
        return String(cString: file)
      }
    )
  }

  private static func number(_ object: String, of face: OpaquePointer?) -> Int32? {
    var number: Int32 = 0
    return FcPatternGetInteger(face, object, 0, &number) == FcResultMatch ? number : nil
  }
}
