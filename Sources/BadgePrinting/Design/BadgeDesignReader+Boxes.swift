import LanyardDomain
import LanyardTexts
import LanyardYAML

extension BadgeDesignReader {
  /// A box with the keys that lead to it.
  struct Placed {
    var path: String
    var box: BadgeDesign.Box
    /// Whether its place could be read.
    var isPlaced: Bool
    /// Whether it could be read what it shows.
    var isKnown: Bool

    func on(_ side: BadgeDesign.Side) -> Placed {
      var placed = self
      placed.box.side = side
      return placed
    }
  }

  private static let boxKeys = ["x", "y", "width", "height", "shows", "letters", "fill", "only"]
  private static let letterKeys = ["least", "most", "lines", "weight", "align", "colour", "font"]
  private static let nameLimit = 40
  private static let textLimit = 500
  private static let termLimit = 100
  private static let sizeRange = 3.0...400.0
  private static let lengthRange = 0.0...420.0

  private enum Weight: String, CaseIterable {
    case regular, bold
  }

  /// The boxes under a key, in the order in which they are drawn.
  mutating func boxes(_ fields: YAMLFields, _ key: String, side: BadgeDesign.Side) -> [Placed] {
    guard let value = fields.value(key, &check) else { return [] }
    return value.named(limit: Self.boxLimit, .whatBoxes, &check).compactMap { name, value in
      let isName = (1...Self.nameLimit).contains(name.utf8.count) && name.utf8.allSatisfy(Self.isNameByte)
      if !isName { check.add(value.path, .badgeBoxName, ["most": .count(Self.nameLimit)]) }
      return box(value, name: name, side: side)
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private mutating func box(_ value: YAMLValue, name: String, side: BadgeDesign.Side) -> Placed? {
    let start = check.count
    guard let fields = value.fields(Self.boxKeys, &check) else { return nil }
    let hasKnownKeys = check.count == start
    let lengths = ["x", "y", "width", "height"].map { key in
      fields.value(key, required: .write(.whatMillimetres, suchAs: "\(key): 10"), &check)?
        .number(Self.lengthRange, .whatMillimetres, suchAs: "10", &check)
    }
    var box = BadgeDesign.Box(
      name: name,
      side: side,
      x: lengths[0] ?? 0,
      y: lengths[1] ?? 0,
      width: lengths[2] ?? 0,
      height: lengths[3] ?? 0,
      content: .nothing
    )
    for (key, length) in [("width", lengths[2]), ("height", lengths[3])] where length == 0 {
      check.add("\(value.path).\(key)", .badgeNoExtent)
    }
    let before = check.count
    if let shows = fields.value("shows", &check) { box.content = content(shows) ?? .nothing }
    let isKnown = check.count == before
    let fill = fields.value("fill", noted: .badgeEmptyColour, &check)
    box.fill = fill.flatMap { paint($0) }
    if hasKnownKeys, isKnown, box.content == .nothing, !fields.has("fill") { check.add(value.path, .badgeNothingShown) }
    box.style.font = font
    if let letters = fields.value("letters", &check) {
      if isKnown, !box.content.isText { check.add(letters.path, .badgeNoLetters) }
      readLetters(letters, &box)
    }
    if let only = fields.value("only", &check) { box.condition = condition(only) }
    return Placed(path: value.path, box: box, isPlaced: !lengths.contains(nil), isKnown: isKnown)
  }

  private mutating func content(_ value: YAMLValue) -> BadgeDesign.Content? {
    let fields = BadgeDesign.Field.allCases.map(\.rawValue)
    guard value.isMapping else {
      if let field = value.text.flatMap(BadgeDesign.Field.init) { return .field(field) }
      if value.text == "code" { return .code }
      value.noteOther(known: fields + ["code", "{text: TEXT}", "{logo: FILE}"], &check)
      return nil
    }
    let advice = Sentence.write(.whatShown, suchAs: "{text: {en: Press, fr: Presse}}, {logo: logo.svg}")
    guard let (name, value) = value.fields(["text", "logo"], &check)?.only(of: ["text", "logo"], advice, &check) else {
      return nil
    }
    return name == "logo" ? logo(value).map { .logo($0) } : text(value).map { .text($0) }
  }

  /// A text, or one for each language.
  private mutating func text(_ value: YAMLValue) -> LocalizedText? {
    guard value.isMapping else {
      return value.line(limit: Self.textLimit, .whatText, &check).map { LocalizedText($0) }
    }
    guard let fields = value.fields(Language.tags, &check) else { return nil }
    let texts = Language.allCases.compactMap { language -> (language: Language, text: String)? in
      guard let value = fields.value(language.tag, &check) else { return nil }
      return value.line(limit: Self.textLimit, .whatText, &check).map { (language, $0) }
    }
    guard let text = LocalizedText(texts, of: .english) else {
      if !Language.tags.contains(where: fields.has) {
        check.add(value.path, .yamlNoEntry, ["advice": .sentence(.write(.whatText, suchAs: "{en: Press}"))])
      }
      return nil
    }
    return text
  }

  private mutating func logo(_ value: YAMLValue) -> BadgeLogo? {
    guard let name = value.text, !name.isEmpty, !name.utf8.contains(UInt8(ascii: "/")), !name.hasPrefix("."),
      name.utf8.count <= 200
    else {
      check.add(value.path, .badgeLogoName, ["shown": value.shown])
      return nil
    }
    logoNames.insert(name)
    guard logoNames.count <= BadgeDesignFile.logoLimit else {
      check.add(value.path, .badgeManyLogos, ["logos": .count(BadgeDesignFile.logoLimit)])
      return nil
    }
    if let known = logos[name] { return known }
    let shown = Sentence.Fact.text(YAMLValue.shown(name))
    guard let bytes = file.logos[name] else {
      check.add(value.path, .badgeLogoMissing, ["file": shown])
      return nil
    }
    do throws(BadgeLogo.Fault) {
      let logo = try BadgeLogo(name: name, bytes: bytes)
      logos[name] = logo
      return logo
    } catch {
      logos[name] = BadgeLogo?.none
      check.add(value.path, error.sentence(file: shown))
      return nil
    }
  }

  private mutating func readLetters(_ value: YAMLValue, _ box: inout BadgeDesign.Box) {
    guard let fields = value.fields(Self.letterKeys, &check) else { return }
    func size(_ key: String) -> Double? {
      fields.value(key, &check)?.number(Self.sizeRange, .whatPoints, suchAs: "10", &check)
    }
    let sizes = box.style.sizes
    let least = size("least")
    let most = size("most") ?? max(sizes.upperBound, least ?? 0)
    let low = least ?? min(sizes.lowerBound, most)
    if low <= most {
      box.style.sizes = low...most
    } else {
      check.add("\(value.path).least", .badgeSizesReversed, ["most": .text(YAMLValue.words(most))])
    }
    if let value = fields.value("lines", &check) { box.style.lines = value.whole(1...20, .whatLines, &check) ?? 1 }
    if let value = fields.value("weight", &check) {
      box.style.isBold = value.choice(of: Weight.self, &check) == .bold
    }
    if let value = fields.value("align", &check) { box.style.alignment = value.choice(&check) ?? .centre }
    if let value = fields.value("colour", noted: .badgeEmptyColour, &check) { box.ink = paint(value) ?? box.ink }
    if let value = fields.value("font", &check) { box.style.font = fontName(value) ?? font }
  }

  private mutating func condition(_ value: YAMLValue) -> BadgeDesign.Condition {
    guard let fields = value.fields(["groups", "roles", "zones"], &check) else { return BadgeDesign.Condition() }
    func ids(_ key: String, _ known: [String]?) -> [String] {
      guard let value = fields.value(key, &check) else { return [] }
      let entries = value.entries(limit: Self.termLimit, .whatIDs, &check)
      return entries.compactMap { entry in
        guard let id = entry.line(limit: 200, .whatID, &check) else { return nil }
        checkTerm(id, entry.path, known)
        return id
      }
    }
    return BadgeDesign.Condition(
      groups: ids("groups", terms?.groups),
      roles: ids("roles", terms?.roles),
      zones: ids("zones", terms?.zones)
    )
  }
}

extension BadgeDesign.Content {
  /// Whether letters are drawn.
  var isText: Bool {
    switch self {
    case .field, .text: true
    case .nothing, .code, .logo: false
    }
  }
}

extension BadgeLogo.Fault {
  fileprivate func sentence(file: Sentence.Fact) -> Sentence {
    switch self {
    case .tooLarge:
      Sentence(.badgeLogoTooLarge, ["file": file, "kibibytes": .count(BadgeDesignFile.logoByteLimit >> 10)])
    case .tooManyPixels:
      Sentence(.badgeLogoPixels, ["file": file, "pixels": .count(BadgeLogo.pixelLimit)])
    case .otherFormat: Sentence(.badgeLogoFormat, ["file": file])
    case .element(let name): Sentence(.badgeLogoElement, ["file": file, "element": .text(name)])
    case .unreadable(let cause):
      Sentence(.badgeLogoUnread, ["file": file, "cause": .sentence(.told(YAMLValue.shown(cause)))])
    }
  }
}
