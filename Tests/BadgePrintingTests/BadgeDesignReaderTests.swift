import BadgeCodes
import BadgePrinting
import Foundation
import LanyardDomain
import LanyardTesting
import LanyardTexts
import Testing

@Suite("Designs of badges as files")
struct BadgeDesignReaderTests {
  /// A small design that can be used, after which tests write what is wrong.
  private static let sound = """
    paper: {width: 80, height: 50}
    front:
      name: {x: 2, y: 2, width: 40, height: 20, shows: name}
      code: {x: 48, y: 2, width: 30, height: 30, shows: code}

    """

  private static func faults(_ yaml: String, logos: [String: [UInt8]] = [:], terms: BadgeTerms? = nil) -> [String] {
    let file = BadgeDesignFile(name: "forum.yaml", content: Array(yaml.utf8), logos: logos)
    do throws(BadgeDesignFaults) {
      _ = try BadgeDesign(file, terms: terms)
      return []
    } catch {
      return error.sentences.map { Phrasebook.of(.english).text($0) }
    }
  }

  @Test("Are read with all that a box may have")
  func whole() throws {
    let yaml = """
      paper: {width: 90, height: 60}
      font: Noto Serif
      palette: ["#0072B2", black]
      group_colours: {media: "#1B7837"}
      both:
        band: {x: 0, y: 50, width: 90, height: 10, fill: group}
        name: {x: 2, y: 2, width: 50, height: 20, shows: name}
        code: {x: 60, y: 2, width: 29.5, height: 29.5, shows: code}
      front:
        press:
          x: 2
          y: 30.5
          width: 50
          height: 8
          shows: {text: {en: Press, fr: Presse}}
          letters: {least: 6, most: 12.5, lines: 2, weight: bold, align: start, colour: "#112233", font: Noto Sans}
          only: {groups: [media], roles: [speaker], zones: [press-room]}
        logo: {x: 60, y: 32, width: 28, height: 10, shows: {logo: mark.svg}}
      """
    let svg = Array(#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1z"/></svg>"#.utf8)
    let terms = BadgeTerms(groups: ["media"], roles: ["speaker"], zones: ["press-room"])
    let file = BadgeDesignFile(name: "d.yaml", content: Array(yaml.utf8), logos: ["mark.svg": svg])
    #expect(BadgeDesign.logoNames(in: BadgeDesignFile(name: "d.yaml", content: file.content)) == ["mark.svg"])
    let design = try BadgeDesign(file, terms: terms)
    #expect(design.boxes.map(\.name) == ["band", "name", "code", "press", "logo", "band", "name", "code"])
    #expect(design.boxes.map(\.side) == [.front, .front, .front, .front, .front, .back, .back, .back])
    #expect(design.palette == [Colour("#0072B2"), .black] && design.groupColours["media"] == Colour("#1B7837"))
    let press = design.boxes[3]
    #expect(
      press.style
        == BadgeDesign.TextStyle(sizes: 6...12.5, lines: 2, isBold: true, alignment: .start, font: "Noto Sans")
    )
    #expect(design.boxes[1].style.font == "Noto Serif" && design.boxes[0].fill == .ofGroup)
    #expect(press.ink == Colour("#112233").map { .colour($0) })
    #expect(press.content == .text(LocalizedText("Press", translations: [.english: "Press", .french: "Presse"])))
    #expect(press.condition == .init(groups: ["media"], roles: ["speaker"], zones: ["press-room"]))
    #expect(try design.boxes[4].content == .logo(BadgeLogo(name: "mark.svg", bytes: svg)))
  }

  @Test(
    "Say what is wrong with the file, the line, the box and the key, and what to do",
    arguments: [
      (
        "  far: {x: 70, y: 40, width: 12.5, height: 5, fill: black}",
        "line 5: front.far reaches 2.5 mm over the edge of the paper"
      ),
      (
        "  role: {x: 30, y: 10, width: 15, height: 5, shows: role}",
        "line 5: front.role lies over front.name, which could not be read then"
      ),
      ("  cover: {x: 50, y: 2, width: 5, height: 5, fill: white}", "line 5: front.cover lies over front.code"),
      (
        "  role: {x: 2, y: 30, width: 20, height: 5, show: role}",
        "line 5: front.role.show is not a key that can stand here; did you mean shows?"
      ),
      (
        "  role: {x: 2, y: 30, width: 20, height: 5, fill: mauve}",
        "line 5: front.role.fill is \"mauve\"; write a colour in quotes, such as \"#1B5FAA\""
      ),
      (
        "  role:\n    x: 2\n    y: 30\n    width: 20\n    height: 5\n    fill: #1B5FAA",
        "line 10: front.role.fill is empty: what begins with # is a comment"
      ),
      (
        "back:\n  code: {x: 2, y: 2, width: 20, height: 30, shows: code}",
        "line 6: back.code is too small for a code, which takes up to 73 modules of 0.4 mm side by side; make it 29.2 mm"
      ),
      (
        "  role: {x: 2, y: 30, width: 20, height: 5, shows: role, letters: {font: Comic Sans}}",
        "line 5: front.role.letters.font is \"Comic Sans\"; known are: Noto Sans, "
      ),
      (
        "  logo: {x: 2, y: 30, width: 20, height: 5, shows: {logo: gone.png}}",
        "line 5: front.logo.shows.logo names gone.png, which is not there; put it beside the design"
      ),
      (
        "  logo: {x: 2, y: 30, width: 20, height: 5, shows: {logo: ../passwd}}",
        "line 5: front.logo.shows.logo is \"../passwd\"; write the name of a PNG or SVG file"
      ),
      (
        "  role: {x: 2, y: 30, width: 20, height: 5, shows: rôle}",
        "line 5: front.role.shows is \"rôle\"; did you mean role?"
      ),
      (
        "  role: {x: 2, y: 30, width: 20, height: 5, shows: role, letters: {least: 12, most: 8}}",
        "line 5: front.role.letters.least is more than most, which is 8"
      ),
      (
        "  role: {x: 2, y: 30, width: 20, height: 5, shows: role, letters: {lines: 0}}",
        "line 5: front.role.letters.lines is \"0\"; write the most lines, 1 to 20"
      ),
      ("  bare: {x: 2, y: 30, width: 20, height: 5}", "line 5: front.bare shows nothing and has no fill"),
      ("  flat: {x: 2, y: 30, width: 20, height: 0, fill: black}", "line 5: front.flat.height is nothing at all"),
      (
        "  wide: {x: 2, y: 30, width: 1e9, height: 5, fill: black}",
        "line 5: front.wide.width is \"1e9\"; write a length in millimetres, 0 to 420"
      ),
      ("  a box: {x: 2, y: 30, width: 20, height: 5, fill: black}", "line 5: front.a box is no name of a box"),
      (
        "  fill: {x: 2, y: 30, width: 20, height: 5, fill: black, letters: {lines: 2}}",
        "line 5: front.fill.letters is for boxes that show a text"
      ),
      ("  half: {x: 2, y: 30, height: 5, fill: black}", "line 5: front.half.width is missing; write a length"),
      (
        "  both: {x: 2, y: 30, width: 20, height: 5, shows: {text: A, logo: b.png}}",
        "line 5: front.both.shows has more than one of text, logo"
      ),
      ("palette: []", "line 5: palette has no entry"),
      ("back: 7", "line 5: back is \"7\"; write boxes, each with its name as a key"),
    ]
  )
  func faults(yaml: String, fault: String) {
    let faults = Self.faults(Self.sound + yaml)
    #expect(faults.count == 1 && faults.first?.hasPrefix("forum.yaml: \(fault)") == true, "\(faults)")
  }

  @Test("Say what the whole file lacks")
  func lacking() {
    #expect(
      Self.faults("") == ["forum.yaml: is empty; begin from a delivered design: lanyard badge design show conference"]
    )
    let faults = Self.faults("front: {}")
    #expect(faults.contains { $0.hasPrefix("forum.yaml: paper is missing; write the size of a badge, such as paper:") })
    #expect(faults.contains("forum.yaml: no box shows the name; write one with shows: name"))
    #expect(
      faults.contains("forum.yaml: no box shows the code, so that nobody could scan it; write one with shows: code")
    )
    #expect(
      Self.faults(String(repeating: "# long\n", count: 10_000)).first?.hasPrefix("forum.yaml: is longer than 64")
        == true
    )
    #expect(Self.faults("paper: {width: 80, height: 50}\nfront: [[[").first?.contains(": this is not YAML: ") == true)
  }

  @Test("May lay boxes over one another that no badge has both of, and texts on areas and logos")
  func conditions() {
    let role = "  role: {x: 2, y: 2, width: 40, height: 20, shows: role, only: {groups: [media]}}\n"
    #expect(Self.faults(Self.sound + role).count == 1)
    let other = Self.sound.replacing("shows: name}", with: "shows: name, only: {groups: [academia]}}")
    #expect(Self.faults(other + role) == [])
    // The same box of both sides is told once.
    let both = Self.sound.replacing("front:", with: "both:")
    #expect(Self.faults(both + "  role: {x: 2, y: 2, width: 40, height: 20, shows: role}").count == 1)
    let below = Self.sound.replacing(
      "front:\n",
      with: "front:\n  ground: {x: 0, y: 0, width: 80, height: 50, fill: group}\n"
    )
    #expect(Self.faults(below) == [])
  }

  @Test("Name no group, role or zone that the event does not have")
  func terms() {
    let terms = BadgeTerms(groups: ["media", "academia"], roles: [], zones: ["vip"])
    let yaml = """
      group_colours: {medai: black}
      back:
        a: {x: 2, y: 2, width: 40, height: 20, fill: black, only: {groups: [academia], roles: [speaker], zones: [vip]}}
      """
    #expect(
      Self.faults(Self.sound + yaml, terms: terms) == [
        "forum.yaml: line 5: group_colours.medai names medai, which the event does not have; did you mean media?",
        "forum.yaml: line 7: back.a.only.roles[0] names speaker, which the event does not have; it has none at all",
      ]
    )
    #expect(Self.faults(Self.sound + yaml) == [])
  }

  @Test("Have fixed texts that fit and that fonts have, and letters that can be told from their ground")
  func letters() throws {
    let yaml = """
        long: {x: 2, y: 40, width: 20, height: 4, shows: {text: {en: OK, fr: "Accès réservé à la presse accréditée"}}}
        odd: {x: 24, y: 40, width: 20, height: 4, shows: {text: "𐎀 Press"}}
        pale: {x: 2, y: 24, width: 20, height: 4, shows: organisation, letters: {colour: white}}
        band: {x: 24, y: 24, width: 20, height: 8, fill: group}
        role: {x: 25, y: 25, width: 10, height: 4, shows: role, letters: {colour: group}}
        fine: {x: 2, y: 30, width: 20, height: 4, shows: country, fill: black, letters: {colour: white}}

      """
    let file = BadgeDesignFile(name: "forum.yaml", content: Array((Self.sound + yaml).utf8))
    let fonts = try BadgeFonts()
    let error = #expect(throws: BadgeDesignFaults.self) { try BadgeDesign(file, fonts: fonts) }
    let told = error?.sentences.map { Phrasebook.of(.english).text($0) } ?? []
    let places = told.map { String($0.split(separator: " ").prefix(4).joined(separator: " ")) }.sorted()
    let wanted = ["5: front.long", "6: front.odd", "7: front.pale", "9: front.role"].map { "forum.yaml: line \($0)" }
    #expect(places == wanted, "\(told)")
    #expect(told.contains { $0.contains("𐎀") } && told.contains { $0.contains("Accès") }, "\(told)")
  }

  @Test("Are told of a name that two boxes have by its keys, beside all else that is wrong")
  func doubled() {
    let yaml = """
        foo: {x: 2, y: 24, width: 20, height: 4, shows: organisation}
        # Again.
        foo:
          x: 2
          y: 30
          width: 20
          height: 4
          shows: role
        bar: {x: 70, y: 40, width: 20, height: 4, shows: country}
      back:
        bar: {x: 2, y: 2, width: 20, height: 4, shows: role}
        bar: {x: 2, y: 2, width: 20, height: 4, shows: role}

      """
    let told = Self.faults(Self.sound + yaml)
    #expect(told.count == 3, "\(told)")
    #expect(told.first?.hasPrefix("forum.yaml: line 7: front.foo ") == true, "\(told)")
    #expect(told.contains { $0.hasPrefix("forum.yaml: line 13: front.bar ") }, "\(told)")
    #expect(told.contains { $0.hasPrefix("forum.yaml: line 16: back.bar ") }, "\(told)")
  }

  @Test("Are told in each language", arguments: Language.allCases)
  func languages(language: Language) {
    let file = BadgeDesignFile(name: "forum.yaml", content: Array((Self.sound + "paper: 1").utf8))
    let error = #expect(throws: BadgeDesignFaults.self) { try BadgeDesign(file) }
    #expect(error?.sentences.allSatisfy { Phrasebook.of(language).text($0).hasPrefix("forum.yaml") } == true)
  }

  @Test("Are delivered with what a badge has", arguments: BadgeDesignName.allCases)
  func delivered(name: BadgeDesignName) {
    let design = BadgeDesign.delivered(name)
    let shown = Set(design.boxes.compactMap { if case .field(let field) = $0.content { field } else { nil } })
    let all = Set(BadgeDesign.Field.allCases)
    let left: Set<BadgeDesign.Field> =
      switch name {
      case .conference: []
      case .label: [.eventLine, .zones]
      case .phone: [.zones]
      }
    #expect(shown == all.subtracting(left))
    #expect(design.boxes.contains { $0.content == .code })
  }

  @Test("Are explained by one that can be used")
  func manual() throws {
    let manual = SampleData.root.appending(path: "Sources/lanyard/Manual.docc/Organisers.md")
    let text = try String(contentsOf: manual, encoding: .utf8)
    let example = try #require(text.firstMatch(of: /```yaml\n(paper:.*?)```/.dotMatchesNewlines())?.output.1)
    #expect(Self.faults(String(example)) == [])
  }

  @Test("Leave room for the largest code that there is")
  func largestCode() throws {
    let payload = try BadgePayload(
      keyID: .max,
      serial: .max,
      event: String(repeating: "w", count: 40),
      stakeholderGroup: Int(UInt32.max),
      participation: .remote,
      validFrom: Int64(UInt32.max) - 1,
      validUntil: Int64(UInt32.max)
    )
    let symbol = try QRSymbol(ofBadge: SigningKey.generate(id: .max).sign(payload))
    // With four modules of quiet zone on either side; the fault of a code that is too small says as many.
    #expect(symbol.width + 8 == 73)
  }

  @Test("Never fall over what is written", arguments: 0..<4 as Range<UInt64>)
  func spoilt(seed: UInt64) {
    var random = SeededNumbers(seed)
    for name in BadgeDesignName.allCases {
      let sound = BadgeDesign.file(ofDelivered: name).content
      for _ in 0..<150 {
        var bytes = sound
        for _ in 0..<Int.random(in: 1...8, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes.remove(at: place)
          default: bytes.insert(contentsOf: Array("[{-:#\"".utf8), at: place)
          }
        }
        do throws(BadgeDesignFaults) {
          _ = try BadgeDesign(BadgeDesignFile(name: "spoilt.yaml", content: bytes))
        } catch {
          #expect(!error.sentences.isEmpty)
        }
      }
    }
  }
}

/// The same numbers for the same seed (SplitMix64).
private struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
