import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardScanner

@Suite("A code typed through a wrong keyboard layout")
struct KeyboardLayoutTests {
  @Test("is recognised again, in upper and in lower case", arguments: KeyboardLayout.allCases, 0..<4 as Range<UInt64>)
  func recognised(layout: KeyboardLayout, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let code = try badgeCode(using: &random)
      for spelling in [code, code.lowercased()] {
        #expect(WedgeReading.readings(in: typed(spelling, through: layout)) == [.code(code, layout: layout)])
      }
    }
  }

  @Test("is recognised where the figures come from the number pad", arguments: KeyboardLayout.allCases)
  func numberPad(layout: KeyboardLayout) throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<50 {
      let code = try badgeCode(using: &random)
      let line = String(code.flatMap { $0.isNumber ? String($0) : typed(String($0), through: layout) })
      #expect(WedgeReading.readings(in: line) == [.code(code, layout: layout)])
    }
  }

  @Test("is recognised under a caps lock that shifts the figures too", arguments: KeyboardLayout.allCases)
  func shiftLock(layout: KeyboardLayout) throws {
    var random = SeededGenerator(seed: 6)
    let shifted: [Character: Character] = ["1": "!", "2": "@", "3": "#", "4": "$", "5": "%", "6": "^", "7": "&"]
    for _ in 0..<50 {
      let code = try badgeCode(using: &random)
      let keys = String(code.map { shifted[$0] ?? $0 })
      #expect(WedgeReading.readings(in: typed(keys, through: layout)) == [.code(code, layout: layout)])
    }
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

  @Test("keeps its symbology identifier and its neighbour out of the code", arguments: KeyboardLayout.allCases)
  func twoCodes(layout: KeyboardLayout) throws {
    var random = SeededGenerator(seed: 9)
    let (first, second) = (try badgeCode(using: &random), try badgeCode(using: &random))
    let line = typed("]Q3" + first + "]Q3" + second + first, through: layout)
    #expect(WedgeReading.readings(in: line) == [.code(first, layout: layout), .code(second, layout: layout)])
  }

  @Test("is the text as it came where the code is damaged", arguments: KeyboardLayout.allCases)
  func damaged(layout: KeyboardLayout) throws {
    var random = SeededGenerator(seed: 10)
    let line = typed(String(try badgeCode(using: &random).dropLast(5)), through: layout)
    #expect(WedgeReading.readings(in: line) == [.code(line, layout: nil)])
  }
}
