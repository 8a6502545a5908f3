import CPangoCairo

/// How hard a badge is to set; lengths are points.
package struct NameMeasure: Hashable, Sendable {
  /// Size of the letters in which the name is set.
  package let size: Double
  /// In how many lines.
  package let lines: Int
  /// Of the name in one line of letters of `TextSetter.sampleSize`.
  package let width: Double
  /// Of those letters with their marks.
  package let height: Double
  /// Of the organisation in one line of such letters; 0 where the badge has none.
  package let organisationWidth: Double
}

extension BadgePainter {
  /// How hard a badge is to set; nil where it shows no name.
  package func measure(_ badge: PrintedBadge) -> NameMeasure? {
    guard let name = request(for: .name, badge) else { return nil }
    return DrawingTurn.take {
      let set = setter.measure(name)
      return NameMeasure(
        size: set.size,
        lines: set.lines,
        width: set.width,
        height: set.height,
        organisationWidth: request(for: .organisation, badge).map { setter.measure($0).width } ?? 0
      )
    }
  }

  /// The text of the first box that shows a field of this badge.
  private func request(for field: BadgeDesign.Field, _ badge: PrintedBadge) -> TextSetter.Request? {
    design.boxes.lazy.filter { $0.content == .field(field) }.compactMap { self.request($0, badge) }.first
  }
}

/// The scripts of letters (Unicode Standard Annex 24) as ISO 15924 calls them.
enum Scripts {
  /// The codes of those that a text has, such as `Thai`.
  static func codes(of text: String) -> Set<String> {
    Set(
      text.unicodeScalars.compactMap { scalar -> String? in
        let script = g_unichar_get_script(scalar.value)
        guard script != G_UNICODE_SCRIPT_COMMON, script != G_UNICODE_SCRIPT_INHERITED,
          script != G_UNICODE_SCRIPT_UNKNOWN, script != G_UNICODE_SCRIPT_INVALID_CODE
        else { return nil }
        let code = g_unicode_script_to_iso15924(script)
        return String(decoding: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: code >> $0) }, as: UTF8.self)
      }
    )
  }
}
