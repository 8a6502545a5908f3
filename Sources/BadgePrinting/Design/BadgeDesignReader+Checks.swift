import BadgeCodes
import LanyardDomain
import LanyardTexts
import LanyardYAML

/// What boxes have to do with one another and with the paper.
extension BadgeDesignReader {
  /// The least side of a module of a code in millimetres, which scanners and telephones read from any printer of 300 dots to
  /// the inch (GS1 General Specifications 5.12.3: 0.396 mm).
  static let leastModule = 0.4
  /// Modules of a side of the largest code with its quiet zone: that of an event whose slug is as long as it may be.
  static let mostModules = 73
  /// How far boxes may lie over one another or over the edge, for what numbers are rounded by.
  private static let tolerance = 0.01

  mutating func checkPlaces(_ placed: [Placed], width: Double, height: Double) {
    var told: Set<String> = []
    for one in placed where one.isPlaced && told.insert(one.path).inserted {
      let beyond = max(one.box.x + one.box.width - width, one.box.y + one.box.height - height)
      if beyond > Self.tolerance {
        check.add(one.path, .badgeOutsidePaper, ["millimetres": .text(YAMLValue.words(Self.rounded(beyond)))])
      }
      if one.box.content == .code { checkCode(one) }
    }
    checkOverlaps(placed)
  }

  private static func rounded(_ length: Double) -> Double { (length * 100).rounded() / 100 }

  private mutating func checkCode(_ one: Placed) {
    let least = Self.leastModule * Double(Self.mostModules)
    guard min(one.box.width, one.box.height) < least - Self.tolerance else { return }
    check.add(
      one.path,
      .badgeCodeTooSmall,
      [
        "least": .text(YAMLValue.words(Self.leastModule)), "modules": .count(Self.mostModules),
        "side": .text(YAMLValue.words(Self.rounded(least))),
      ]
    )
  }

  /// No box covers the text or the code of one that is drawn before it.
  private mutating func checkOverlaps(_ placed: [Placed]) {
    var told: Set<[String]> = []
    for (place, upper) in placed.enumerated() where upper.isPlaced && upper.isKnown {
      for lower in placed[..<place] where lower.isPlaced && lower.box.isRead && lower.box.side == upper.box.side {
        guard Self.overlap(lower.box, upper.box), lower.box.condition.meets(upper.box.condition),
          told.insert([lower.path, upper.path]).inserted
        else { continue }
        check.add(upper.path, .badgeOverlap, ["box": .text(lower.path)])
      }
    }
  }

  static func overlap(_ one: BadgeDesign.Box, _ other: BadgeDesign.Box) -> Bool {
    min(one.x + one.width, other.x + other.width) - max(one.x, other.x) > tolerance
      && min(one.y + one.height, other.y + other.height) - max(one.y, other.y) > tolerance
  }

  /// Each badge shows whose it is, and can be scanned.
  mutating func checkContents(_ placed: [Placed]) {
    guard placed.allSatisfy(\.isKnown) else { return }
    if !placed.contains(where: { $0.box.content == .field(.name) }) {
      check.add("", .badgeNoName, ["example": .text("shows: name")])
    }
    if !placed.contains(where: { $0.box.content == .code }) {
      check.add("", .badgeNoCode, ["example": .text("shows: code")])
    }
  }
}

extension BadgeDesign.Box {
  /// Whether somebody reads or scans it, so that nothing may lie over it.
  fileprivate var isRead: Bool { content.isText || content == .code }
}
