package import LanyardDomain
import LanyardTexts
import LanyardYAML

extension BadgeDesign {
  /// Reads a design from its file; the manual's article for organisers has the keys.
  ///
  /// - Parameters:
  ///   - terms: What the event has; nil where no event is known, so that ids are not compared.
  ///   - fonts: With which fixed texts are measured; nil leaves that.
  package init(_ file: BadgeDesignFile, terms: BadgeTerms? = nil, fonts: BadgeFonts? = nil) throws(BadgeDesignFaults) {
    var reader = BadgeDesignReader(file, terms, fonts)
    guard let design = reader.read() else {
      throw BadgeDesignFaults(name: file.name, faults: reader.check.faults, unlisted: reader.check.unlisted)
    }
    self = design
  }

  /// The logos that the boxes of a design's text name, for whoever gathers the files; none where it cannot be read.
  package static func logoNames(in file: BadgeDesignFile) -> [String] {
    var reader = BadgeDesignReader(file, nil)
    _ = reader.read()
    return reader.logoNames.sorted()
  }
}

/// Reads a design from YAML: all of its faults, each with its line, key and box.
struct BadgeDesignReader {
  private static let keys = ["paper", "font", "palette", "group_colours", "both", "front", "back"]
  private static let paperRange = 20.0...420.0
  private static let colourLimit = 200
  /// Boxes of one list.
  static let boxLimit = 100

  let file: BadgeDesignFile
  let terms: BadgeTerms?
  private let fonts: BadgeFonts?
  var check = YAMLCheck()
  /// What boxes are set in that name no font.
  var font = BadgeFonts.usual
  /// The logos that boxes name, whether they are there or not.
  var logoNames: Set<String> = []
  /// Those that could be read, and those that could not.
  var logos: [String: BadgeLogo?] = [:]

  init(_ file: BadgeDesignFile, _ terms: BadgeTerms?, _ fonts: BadgeFonts? = nil) {
    self.file = file
    self.terms = terms
    self.fonts = fonts
  }

  /// Nil where there are faults.
  mutating func read() -> BadgeDesign? {
    let kibibytes = BadgeDesignFile.byteLimit >> 10
    let tooLong = Sentence(.badgeDesignTooLong, ["kibibytes": .count(kibibytes)])
    guard file.content.count <= BadgeDesignFile.byteLimit else {
      check.add("", tooLong)
      return nil
    }
    guard let text = check.text(of: file.content),
      let fields = check.document(
        text,
        limit: BadgeDesignFile.byteLimit,
        tooLong: tooLong,
        empty: Sentence(.badgeDesignEmpty)
      )?.fields(Self.keys, &check)
    else { return nil }
    let design = design(fields)
    return check.count == 0 ? design : nil
  }

  private mutating func design(_ fields: YAMLFields) -> BadgeDesign {
    let advice = Sentence.write(.whatPaper, suchAs: "paper: {width: 105, height: 148}")
    let paper = fields.value("paper", required: advice, &check)?.fields(["width", "height"], &check)
    func length(_ name: String) -> Double? {
      paper?.value(name, required: .write(.whatMillimetres, suchAs: "\(name): 105"), &check)?
        .number(Self.paperRange, .whatMillimetres, suchAs: "105", &check)
    }
    let (width, height) = (length("width"), length("height"))
    if let value = fields.value("font", &check) { font = fontName(value) ?? font }
    var design = BadgeDesign(name: file.name, width: width ?? 0, height: height ?? 0, boxes: [])
    if let value = fields.value("palette", &check) { design.palette = palette(value) }
    if let value = fields.value("group_colours", &check) { design.groupColours = groupColours(value) }
    let both = boxes(fields, "both", side: .front)
    let sides = [(Side.front, boxes(fields, "front", side: .front)), (Side.back, boxes(fields, "back", side: .back))]
    let hasBack = fields.has("both") || fields.has("back")
    var placed: [Placed] = []
    for (side, own) in sides where side == .front || hasBack {
      placed += both.map { $0.on(side) } + own
    }
    if let width, let height { checkPlaces(placed, width: width, height: height) }
    checkContents(placed)
    checkInks(placed)
    if let fonts { checkTexts(placed, fonts) }
    design.boxes = placed.map(\.box)
    return design
  }

  private typealias Side = BadgeDesign.Side

  private mutating func palette(_ value: YAMLValue) -> [Colour] {
    let before = check.count
    let entries = value.entries(limit: Self.colourLimit, .whatColours, &check)
    if entries.isEmpty, check.count == before {
      check.add(value.path, .yamlNoEntry, ["advice": .sentence(.write(.whatColours, suchAs: "[\"#0072B2\"]"))])
    }
    return entries.compactMap { colour($0) }
  }

  private mutating func groupColours(_ value: YAMLValue) -> [String: Colour] {
    var colours: [String: Colour] = [:]
    for (name, value) in value.named(limit: Self.colourLimit, .whatGroupColours, &check) {
      checkTerm(name, value.path, terms?.groups)
      colours[name] = colour(value)
    }
    return colours
  }

  /// A colour that is the same on each badge.
  private mutating func colour(_ value: YAMLValue) -> Colour? {
    if let colour = Self.colours[value.text ?? ""] ?? Colour(value.text ?? "") { return colour }
    noteNoColour(value, names: Self.colours.keys.sorted())
    return nil
  }

  /// A colour of a box, which may be that of the group.
  mutating func paint(_ value: YAMLValue) -> BadgeDesign.Paint? {
    switch value.text {
    case "group": return .ofGroup
    case "on_group": return .onGroup
    case let text:
      if let colour = Self.colours[text ?? ""] ?? Colour(text ?? "") { return .colour(colour) }
      noteNoColour(value, names: Self.colours.keys.sorted() + ["group", "on_group"])
      return nil
    }
  }

  private static let colours = ["black": Colour.black, "white": Colour.white]

  private mutating func noteNoColour(_ value: YAMLValue, names: [String]) {
    check.add(
      value.path,
      .badgeNoColour,
      ["shown": value.shown, "example": .text("\"#1B5FAA\""), "names": .list(names)]
    )
  }

  mutating func fontName(_ value: YAMLValue) -> String? {
    let known = BadgeFonts.families.map(\.name)
    if let text = value.text, known.contains(text) { return text }
    value.noteOther(known: known, &check)
    return nil
  }

  /// Notes an id that the event does not have.
  mutating func checkTerm(_ id: String, _ path: String, _ known: [String]?) {
    guard let known, !known.contains(id) else { return }
    let advice = known.isEmpty ? Sentence(.badgeNoTerms) : Sentence(NearestName.advice(for: id, known: known))
    check.add(path, .badgeUnknownTerm, ["name": .text(YAMLValue.shown(id)), "advice": .sentence(advice)])
  }
}
