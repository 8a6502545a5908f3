import LanyardDomain
import LanyardTesting
import LanyardTexts
import Testing

@testable import LanyardScanner

@Suite("A code typed through a wrong keyboard layout")
struct KeyboardLayoutTests {
  /// A code whose capitals each layout gives a key of its own: Greek has Σ for both S and W.
  private static func code(for layout: KeyboardLayout, using random: inout SeededGenerator) throws -> String {
    let code = try badgeCode(using: &random)
    return layout == .greek ? code.lowercased() : code
  }

  /// Whether a line is read as codes, each through the layout or one that gives the same for it.
  private static func isRead(_ line: String, as codes: String..., through layout: KeyboardLayout) -> Bool {
    let readings = WedgeReading.readings(in: line)
    guard readings.count == codes.count else { return false }
    return zip(readings, codes).allSatisfy { reading, code in
      guard case .code(code.uppercased(), let found) = reading else { return false }
      let given = typed(code, through: layout)
      return found.map { $0 == layout || typed(code, through: $0) == given } ?? (given == code)
    }
  }

  @Test("is recognised again, in upper and in lower case", arguments: KeyboardLayout.allCases, 0..<4 as Range<UInt64>)
  func recognised(layout: KeyboardLayout, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let code = try Self.code(for: layout, using: &random)
      for spelling in [code, code.lowercased()] {
        #expect(Self.isRead(typed(spelling, through: layout), as: spelling, through: layout))
      }
    }
  }

  @Test("is recognised where the figures come from the number pad", arguments: KeyboardLayout.allCases)
  func numberPad(layout: KeyboardLayout) throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<50 {
      let code = try Self.code(for: layout, using: &random)
      let line = String(code.flatMap { $0.isNumber ? String($0) : typed(String($0), through: layout) })
      let readings = WedgeReading.readings(in: line)
      #expect(readings.map(\.code) == [code.uppercased()])
    }
  }

  @Test("is recognised under a caps lock that shifts the figures too", arguments: KeyboardLayout.allCases)
  func shiftLock(layout: KeyboardLayout) throws {
    var random = SeededGenerator(seed: 6)
    let shifted: [Character: Character] = ["1": "!", "2": "@", "3": "#", "4": "$", "5": "%", "6": "^", "7": "&"]
    // What an input method makes of a sign is that sign, and no figure.
    for _ in 0..<50 where layout != .fullWidth {
      let code = try Self.code(for: layout, using: &random)
      let keys = String(code.map { shifted[$0] ?? $0 })
      #expect(WedgeReading.readings(in: typed(keys, through: layout)).map(\.code) == [code.uppercased()])
    }
  }

  @Test("is known as it begins on a Czech keyboard")
  func czech() throws {
    var random = SeededGenerator(seed: 11)
    let line = typed(try badgeCode(using: &random), through: .czech)
    #expect(line.hasPrefix("LZ+"))
    guard case .code(_, .czech)? = WedgeReading.readings(in: line).first else {
      Issue.record("it is not read")
      return
    }
  }

  @Test(
    "is said to be mistyped where the layout gives one letter for two, or is none that is known",
    arguments: Language.allCases
  )
  func unknownLayout(language: Language) throws {
    var random = SeededGenerator(seed: 12)
    let code = try badgeCode(using: &random)
    let hebrew = Dictionary(uniqueKeysWithValues: zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "שנבגקכעיןחלךצמםפ/רדאוה'סטז"))
    for line in [typed(code, through: .greek), String(code.map { hebrew[$0] ?? $0 })] {
      let reading = try #require(WedgeReading.readings(in: line).first)
      #expect(reading == .code(line, layout: nil))
      #expect(Phrasebook.of(language).text(try #require(reading.notice(isAlone: true))).contains("Setting up lanes"))
    }
    // A damaged code, a sentence, and what is shorter or longer were typed as they are.
    for line in [
      String(code.dropLast(5)), String(repeating: "word ", count: 30), "4006381333931",
      String(repeating: "A", count: 400),
    ] {
      for reading in WedgeReading.readings(in: line) { #expect(reading.notice(isAlone: true) == nil) }
    }
  }

  @Test("is no web address where Greek gives three sigmas and the sign that another layout has for a full stop")
  func sigmas() {
    let line = typed("LY1BADSWSQXI2SQ", through: .greek)
    #expect(line.contains("ΣΣΣ:"))
    #expect(WedgeReading.readings(in: line) == [.code(line, layout: nil)])
    #expect(WedgeReading.readings(in: typed("WWW.EXAMPLE.ORG", through: .greek)) == [.noCode(.webAddress)])
  }

  @Test("is recognised under a caps lock that makes capitals of accented letters")
  func accentedCapitals() throws {
    var random = SeededGenerator(seed: 7)
    let code = try badgeCode(using: &random)
    let line = typed(code.lowercased(), through: .azerty).uppercased()
    #expect(WedgeReading.readings(in: line) == [.code(code, layout: .azerty)])
  }

  @Test("is recognised on Belgian and Apple keyboards, which have § on the 6")
  func paragraphSign() throws {
    var random = SeededGenerator(seed: 8)
    let code = try badgeCode(using: &random)
    let line = typed(code, through: .azerty).replacing("-", with: "§")
    #expect(WedgeReading.readings(in: line) == [.code(code, layout: .azerty)])
  }

  @Test(
    "keeps its symbology identifier and its neighbour out of the code",
    arguments: KeyboardLayout.allCases.filter { $0 != .fullWidth }
  )
  func twoCodes(layout: KeyboardLayout) throws {
    var random = SeededGenerator(seed: 9)
    let first = try Self.code(for: layout, using: &random)
    let second = try Self.code(for: layout, using: &random)
    let line = typed("]Q3" + first + "]Q3" + second + first, through: layout)
    #expect(Self.isRead(line, as: first, second, through: layout))
  }

  @Test("is the text as it came where the code is damaged", arguments: KeyboardLayout.allCases)
  func damaged(layout: KeyboardLayout) throws {
    var random = SeededGenerator(seed: 10)
    let code = String(try badgeCode(using: &random).dropLast(5))
    let line = typed(code, through: layout)
    #expect(WedgeReading.readings(in: line) == [.code(line, layout: nil)])
  }
}
