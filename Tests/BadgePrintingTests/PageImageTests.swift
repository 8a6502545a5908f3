import BadgePrinting
import Foundation
import LanyardDomain
import LanyardTesting
import Testing

/// Pages are compared with pictures of them, in the folder Pages, which somebody looked at. Where a design is changed, look at
/// the picture whose path the test says, and put it in the other one's place.
@Suite("Pages look as they were looked at", .blocking)
struct PageImageTests {
  /// Another version of FreeType draws the edges of letters a little otherwise; a word that moved by a millimetre, is missing or
  /// has another colour differs by more.
  private static let limit = (mean: 1.5, share: 0.01)
  private static let pages = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Pages")

  private static func check(_ painter: BadgePainter, _ side: BadgeDesign.Side, name: String) throws {
    let badge = try BadgeDocumentTests.badge(
      "สมเด็จพระนางเจ้ารำไพพรรณี Lovelace",
      "th",
      code: String(repeating: "LY1", count: 60)
    )
    let drawn = try painter.png(side, of: badge, width: 300)
    let place = FileManager.default.temporaryDirectory.appending(path: "lanyard-page-\(name).png")
    func isAlike() throws -> Bool {
      let known = pages.appending(path: "\(name).png")
      guard FileManager.default.fileExists(atPath: known.path) else { return false }
      let (one, other) = (try PageImage(file: known), try PageImage(drawn))
      guard one.width == other.width, one.height == other.height else { return false }
      let difference = one.difference(to: other)
      return difference.mean <= limit.mean && difference.share <= limit.share
    }
    guard try !isAlike() else { return }
    try Data(drawn).write(to: place)
    Issue.record("\(name) looks otherwise: \(place.path)")
  }

  @Test("Delivered designs", arguments: BadgeDesignName.allCases)
  func delivered(name: BadgeDesignName) throws {
    let painter = BadgePainter(.delivered(name), try BadgeFonts(), in: .english)
    for side in BadgeDesign.Side.allCases where painter.design.boxes.contains(where: { $0.side == side }) {
      try Self.check(painter, side, name: "\(name.rawValue.lowercased())-\(side)")
    }
  }

  @Test("A design with a logo, another font, fixed words and boxes for some")
  func own() throws {
    let yaml = """
      paper: {width: 90, height: 60}
      font: Noto Serif
      group_colours: {civil-society: "#1B7837"}
      front:
        ground: {x: 0, y: 0, width: 90, height: 10, fill: group}
        logo: {x: 2, y: 1, width: 20, height: 8, shows: {logo: mark.svg}}
        event:
          {x: 24, y: 1, width: 64, height: 8, shows: event_title, letters: {least: 5, most: 12, align: end, colour: on_group}}
        name: {x: 2, y: 12, width: 52, height: 24, shows: name, letters: {least: 8, most: 30, lines: 3, weight: bold}}
        welcome:
          {x: 2, y: 38, width: 52, height: 7, shows: {text: {en: Welcome, fr: Bienvenue}}, letters: {most: 14, font: Noto Sans}}
        speaker: {x: 2, y: 47, width: 52, height: 11, shows: role, letters: {most: 24, colour: group}, only: {roles: [speaker]}}
        press: {x: 2, y: 47, width: 52, height: 11, shows: {text: PRESS}, only: {roles: [press]}}
        code: {x: 56, y: 14, width: 32, height: 32, shows: code}
      """
    let svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 16"><circle cx="8" cy="8" r="8" fill="#ffd700"/>\
      <path d="M20 0h20l-10 16z" fill="#fff"/></svg>
      """
    let file = BadgeDesignFile(name: "own.yaml", content: Array(yaml.utf8), logos: ["mark.svg": Array(svg.utf8)])
    try Self.check(BadgePainter(BadgeDesign(file), BadgeFonts(), in: .french), .front, name: "own")
  }
}
