import LanyardDomain
import LanyardTexts
import LanyardYAML

/// Whether letters can be drawn and seen, as far as that is the same on each badge.
extension BadgeDesignReader {
  /// The least contrast ratio (WCAG 2.2) of letters that somebody sees at all.
  private static let leastContrast = 1.1

  /// Fixed texts fit their boxes, in each language, and have characters that fonts have.
  mutating func checkTexts(_ placed: [Placed], _ fonts: BadgeFonts) {
    let setter = TextSetter(fonts)
    var told: Set<String> = []
    for one in placed where one.isPlaced && one.isKnown && told.insert(one.path).inserted {
      guard case .text(let same) = one.box.content, one.box.width > 0, one.box.height > 0 else { continue }
      var texts: [String] = []
      for text in Language.allCases.map({ same.text(in: $0) }) where !texts.contains(text) { texts.append(text) }
      for text in texts {
        let request = TextSetter.Request(
          text: text,
          style: one.box.style,
          width: one.box.width * BadgePainter.point,
          height: one.box.height * BadgePainter.point,
          language: ""
        )
        let fit = DrawingTurn.take { setter.fit(request) }
        if !fit.missing.isEmpty {
          check.add(one.path, .badgeTextUndrawn, ["characters": .text(String(fit.missing.prefix(20)))])
        }
        if fit.isTooLong { check.add(one.path, .badgeTextTooLong, ["text": .text(YAMLValue.shown(text))]) }
      }
    }
  }

  /// Letters have not the colour of what is behind them.
  mutating func checkInks(_ placed: [Placed]) {
    var told: Set<String> = []
    for (place, one) in placed.enumerated() where one.isPlaced && one.isKnown && one.box.content.isText {
      guard let ground = Self.ground(of: one.box, over: placed[..<place]), Self.areAlike(one.box.ink, ground),
        told.insert(one.path).inserted
      else { continue }
      check.add(one.path, .badgeInkOnInk, ["colour": .text(Self.words(ground))])
    }
  }

  /// The colour that is behind all of a box; nil where several may be.
  private static func ground(of box: BadgeDesign.Box, over lower: ArraySlice<Placed>) -> BadgeDesign.Paint? {
    if let fill = box.fill { return fill }
    for other in lower.reversed().map(\.box) where other.side == box.side && overlap(other, box) {
      if case .logo = other.content { return nil }
      guard let fill = other.fill else { continue }
      let isAlwaysThere = other.condition == BadgeDesign.Condition() || other.condition == box.condition
      return isAlwaysThere && holds(other, box) ? fill : nil
    }
    return .colour(.white)
  }

  private static func holds(_ one: BadgeDesign.Box, _ other: BadgeDesign.Box) -> Bool {
    one.x <= other.x && one.y <= other.y && one.x + one.width >= other.x + other.width
      && one.y + one.height >= other.y + other.height
  }

  private static func areAlike(_ ink: BadgeDesign.Paint, _ ground: BadgeDesign.Paint) -> Bool {
    switch (ink, ground) {
    case (.colour(let ink), .colour(let ground)): ink.contrast(to: ground) < leastContrast
    case (.ofGroup, .ofGroup), (.onGroup, .onGroup): true
    case (.colour, _), (.ofGroup, _), (.onGroup, _): false
    }
  }

  /// A colour as a design's file says it.
  private static func words(_ paint: BadgeDesign.Paint) -> String {
    switch paint {
    case .ofGroup: "group"
    case .onGroup: "on_group"
    case .colour(let colour):
      "#"
        + [colour.red, colour.green, colour.blue].map { byte in
          let digits = String(byte, radix: 16, uppercase: true)
          return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
  }
}
