import Glibc
package import LanyardDomain

/// How badges look: boxes in millimetres from the top left corner, and what each shows.
package struct BadgeDesign: Hashable, Sendable {
  /// A field of a badge that a box shows.
  package enum Field: String, CaseIterable, Sendable {
    case eventTitle = "event_title"
    case eventLine = "event_line"
    case name
    case organisation
    case country
    case group
    case role
    case zones
    case number
  }

  package enum Content: Hashable, Sendable {
    case nothing
    case field(Field)
    /// The same on each badge, in the language of its event.
    case text(LocalizedText)
    /// A picture, as large as it fits, in the middle.
    case logo(BadgeLogo)
    /// The badge's code, with its quiet zone.
    case code
  }

  package enum Alignment: String, CaseIterable, Sendable {
    /// At the left, of texts that are written from right to left at the right.
    case start
    case centre
    case end
  }

  package struct TextStyle: Hashable, Sendable {
    /// From the smallest to the largest letters, in points.
    package var sizes: ClosedRange<Double>
    /// The most lines.
    package var lines: Int
    package var isBold: Bool
    package var alignment: Alignment
    /// Of `BadgeFonts.families`; letters that it has not are set in the others.
    package var font: String

    package init(
      sizes: ClosedRange<Double> = 6...10,
      lines: Int = 1,
      isBold: Bool = false,
      alignment: Alignment = .centre,
      font: String = BadgeFonts.usual
    ) {
      self.sizes = sizes
      self.lines = lines
      self.isBold = isBold
      self.alignment = alignment
      self.font = font
    }
  }

  package enum Paint: Hashable, Sendable {
    case colour(Colour)
    /// The colour of the person's stakeholder group.
    case ofGroup
    /// Black or white, whichever is read better on the colour of the group.
    case onGroup
  }

  package enum Side: String, CaseIterable, Sendable {
    case front
    case back
  }

  /// Whose badges have a box; an empty list leaves it to the others.
  package struct Condition: Hashable, Sendable {
    /// Ids of stakeholder groups.
    package var groups: [String] = []
    /// Ids of guest roles.
    package var roles: [String] = []
    /// Ids of checkpoints.
    package var zones: [String] = []

    package init(groups: [String] = [], roles: [String] = [], zones: [String] = []) {
      self.groups = groups
      self.roles = roles
      self.zones = zones
    }

    /// Whether there may be a badge for which both hold.
    func meets(_ other: Condition) -> Bool {
      func meet(_ one: [String], _ other: [String]) -> Bool {
        one.isEmpty || other.isEmpty || !Set(one).isDisjoint(with: other)
      }
      // Who has one zone may have another.
      return meet(groups, other.groups) && meet(roles, other.roles)
    }

    func holds(for badge: PrintedBadge) -> Bool {
      (groups.isEmpty || groups.contains(badge.group.id))
        && (roles.isEmpty || badge.role.map { roles.contains($0.id) } ?? false)
        && (zones.isEmpty || badge.zones.contains { zones.contains($0.id) })
    }
  }

  package struct Box: Hashable, Sendable {
    /// What it is called in the design's file.
    package var name: String
    package var side: Side
    /// From the left and from the top, in millimetres.
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double
    package var content: Content
    package var style: TextStyle
    package var ink: Paint
    /// Nil leaves the paper.
    package var fill: Paint?
    package var condition: Condition

    package init(
      name: String,
      side: Side = .front,
      x: Double,
      y: Double,
      width: Double,
      height: Double,
      content: Content,
      style: TextStyle = TextStyle(),
      ink: Paint = .colour(.black),
      fill: Paint? = nil,
      condition: Condition = Condition()
    ) {
      self.name = name
      self.side = side
      (self.x, self.y, self.width, self.height) = (x, y, width, height)
      self.content = content
      self.style = style
      self.ink = ink
      self.fill = fill
      self.condition = condition
    }
  }

  package var name: String
  /// Width and height of a badge, in millimetres.
  package var width: Double
  package var height: Double
  package var boxes: [Box]
  /// Colours of stakeholder groups by their ids.
  package var groupColours: [String: Colour]
  /// Of those that have none, by the groups' numbers.
  package var palette: [Colour]

  package init(
    name: String,
    width: Double,
    height: Double,
    boxes: [Box],
    groupColours: [String: Colour] = [:],
    palette: [Colour] = BadgeDesign.palette
  ) {
    self.name = name
    self.width = width
    self.height = height
    self.boxes = boxes
    self.groupColours = groupColours
    self.palette = palette
  }

  /// Twelve colours, of which the first can be told apart by people who see few colours too (Wong, Nature Methods 8, 2011);
  /// the groups' names stand on them in words.
  package static let palette = [
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#333333", "#7B3294", "#A6611A",
    "#1B7837",
    "#8C8C8C",
  ].compactMap(Colour.init)

  /// The colour of a badge's stakeholder group.
  func colour(ofGroup badge: PrintedBadge) -> Colour {
    if let colour = groupColours[badge.group.id] { return colour }
    return palette.isEmpty ? .black : palette[max(0, badge.groupNumber - 1) % palette.count]
  }

  /// The sides that are printed.
  var sides: [Side] { Side.allCases.filter { side in boxes.contains { $0.side == side } } }
}

/// A colour of sRGB.
package struct Colour: Hashable, Sendable {
  package static let black = Colour(red: 0, green: 0, blue: 0)
  package static let white = Colour(red: 0xFF, green: 0xFF, blue: 0xFF)

  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A colour as `#1B5FAA`; nil where the text is none.
  package init?(_ text: String) {
    guard text.utf8.count == 7, text.first == "#", text.dropFirst().allSatisfy(\.isHexDigit),
      let number = UInt32(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(red: UInt8(number >> 16), green: UInt8(number >> 8 & 0xFF), blue: UInt8(number & 0xFF))
  }

  /// Black or white, whichever stands out more on this.
  package var readable: Colour { contrast(to: .black) >= contrast(to: .white) ? .black : .white }

  /// The contrast ratio of WCAG 2.2, 1 to 21.
  package func contrast(to other: Colour) -> Double {
    let (dark, light) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (light + 0.05) / (dark + 0.05)
  }

  private var luminance: Double {
    func linear(_ value: UInt8) -> Double {
      let share = Double(value) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
}
