package import LanyardDomain

extension BadgeDesign {
  /// The delivered design of this name.
  package static func delivered(_ name: BadgeDesignName) -> BadgeDesign {
    switch name {
    case .conference: conference
    case .label: label
    }
  }

  private static let head = Colour(red: 0x0B, green: 0x25, blue: 0x45)

  /// A6 portrait, to hang from a lanyard: either side shows the name and the code, whichever way it turns.
  package static let conference = BadgeDesign(
    name: "conference",
    width: 105,
    height: 148,
    boxes: side(.front) + side(.back) + [
      Box(
        name: "zones",
        side: .back,
        x: 8,
        y: 61,
        width: 89,
        height: 17.5,
        content: .field(.zones),
        style: TextStyle(sizes: 6...13, lines: 3)
      )
    ]
  )

  /// What both sides of the conference badge have; organisation and country are on the front alone.
  private static func side(_ side: Side) -> [Box] {
    let common = [
      Box(name: "head", side: side, x: 0, y: 0, width: 105, height: 24, content: .nothing, fill: .colour(head)),
      Box(
        name: "event",
        side: side,
        x: 8,
        y: 3.5,
        width: 89,
        height: 11.5,
        content: .field(.eventTitle),
        style: TextStyle(sizes: 6...16, lines: 2, isBold: true),
        ink: .colour(.white)
      ),
      Box(
        name: "days",
        side: side,
        x: 8,
        y: 15.5,
        width: 89,
        height: 6,
        content: .field(.eventLine),
        style: TextStyle(sizes: 5...9),
        ink: .colour(.white)
      ),
      Box(
        name: "name",
        side: side,
        x: 6,
        y: 27,
        width: 93,
        height: 33,
        content: .field(.name),
        style: TextStyle(sizes: 9...40, lines: 3, isBold: true)
      ),
      Box(name: "code", side: side, x: 30, y: 79.5, width: 45, height: 45, content: .code),
      Box(
        name: "number",
        side: side,
        x: 76,
        y: 118,
        width: 25,
        height: 5,
        content: .field(.number),
        style: TextStyle(sizes: 5...7, alignment: .end)
      ),
      Box(
        name: "role",
        side: side,
        x: 6,
        y: 125,
        width: 93,
        height: 7,
        content: .field(.role),
        style: TextStyle(sizes: 6...13, isBold: true)
      ),
      Box(
        name: "group",
        side: side,
        x: 0,
        y: 133,
        width: 105,
        height: 15,
        content: .nothing,
        fill: .ofGroup
      ),
      Box(
        name: "group",
        side: side,
        x: 6,
        y: 134,
        width: 93,
        height: 13,
        content: .field(.group),
        style: TextStyle(sizes: 7...22, lines: 2, isBold: true),
        ink: .onGroup
      ),
    ]
    guard side == .front else { return common }
    return common + [
      Box(
        name: "organisation",
        x: 8,
        y: 61,
        width: 89,
        height: 11,
        content: .field(.organisation),
        style: TextStyle(sizes: 5...14, lines: 3)
      ),
      Box(
        name: "country",
        x: 8,
        y: 72.5,
        width: 89,
        height: 6.5,
        content: .field(.country),
        style: TextStyle(sizes: 6...12)
      ),
    ]
  }

  /// A label for a label printer, in black on white.
  package static let label = BadgeDesign(
    name: "label",
    width: 100,
    height: 62,
    boxes: [
      Box(
        name: "event",
        x: 3,
        y: 2,
        width: 94,
        height: 6,
        content: .field(.eventTitle),
        style: TextStyle(sizes: 4...9, lines: 2)
      ),
      Box(
        name: "name",
        x: 3,
        y: 9,
        width: 53,
        height: 25,
        content: .field(.name),
        style: TextStyle(sizes: 6...30, lines: 3, isBold: true, alignment: .start)
      ),
      Box(
        name: "organisation",
        x: 3,
        y: 35,
        width: 53,
        height: 9,
        content: .field(.organisation),
        style: TextStyle(sizes: 4...11, lines: 3, alignment: .start)
      ),
      Box(
        name: "country",
        x: 3,
        y: 44.5,
        width: 53,
        height: 5,
        content: .field(.country),
        style: TextStyle(sizes: 5...10, alignment: .start)
      ),
      Box(name: "code", x: 57, y: 9, width: 40, height: 40, content: .code),
      Box(
        name: "role",
        x: 3,
        y: 50,
        width: 53,
        height: 4.5,
        content: .field(.role),
        style: TextStyle(sizes: 5...10, isBold: true, alignment: .start)
      ),
      Box(
        name: "number",
        x: 60,
        y: 49.5,
        width: 37,
        height: 4,
        content: .field(.number),
        style: TextStyle(sizes: 5...7, alignment: .end)
      ),
      Box(
        name: "band",
        x: 0,
        y: 55,
        width: 100,
        height: 7,
        content: .nothing,
        fill: .colour(.black)
      ),
      Box(
        name: "group",
        x: 3,
        y: 55.5,
        width: 94,
        height: 6,
        content: .field(.group),
        style: TextStyle(sizes: 5...13, isBold: true),
        ink: .colour(.white)
      ),
    ]
  )
}
