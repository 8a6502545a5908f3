import LanyardDomain
import Testing

@Suite("A page cursor")
struct PageCursorTests {
  private static let list = "events/e/badges of "

  private static func cursor(_ random: inout SeededGenerator) -> PageCursor.Key {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: .number([Int64.min, -1, 0, .max].randomElement(using: &random) ?? 0)
    case 1: .number(Int64.random(in: .min ... .max, using: &random))
    default:
      .text(
        (0..<Int.random(in: 0...60, using: &random)).map { _ in "aé漢-0".randomElement() ?? "a" }.map(String.init)
          .joined()
      )
    }
  }

  @Test("Is read from its token for the same list, and for no other", arguments: 0..<20)
  func roundTrip(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<100 {
      let cursor = PageCursor(Self.cursor(&random), Self.cursor(&random), Self.cursor(&random))
      let token = cursor.token(of: Self.list)
      #expect(try PageCursor(token: token, of: Self.list) == cursor)
      #expect(
        token.utf8.allSatisfy {
          "-_".utf8.contains($0) || Character(Unicode.Scalar($0)).isLetter || Character(Unicode.Scalar($0)).isNumber
        }
      )
      for other in ["", "events/f/badges of ", Self.list + "x"] {
        #expect(throws: PageCursor.refusal) { try PageCursor(token: token, of: other) }
      }
    }
  }

  @Test("Is refused, by the name of its field, where anything of its token is changed", arguments: 0..<20)
  func changed(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let alphabet = Array("ABCabc019-_=+/ é%")
    for _ in 0..<200 {
      let token = PageCursor(Self.cursor(&random), Self.cursor(&random)).token(of: Self.list)
      var letters = Array(token)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: letters[Int.random(in: letters.indices, using: &random)] = alphabet.randomElement(using: &random) ?? "A"
      case 1: letters.removeLast(Int.random(in: 1...letters.count, using: &random))
      default: letters.append(alphabet.randomElement(using: &random) ?? "A")
      }
      guard String(letters) != token else { continue }
      #expect(throws: PageCursor.refusal) { try PageCursor(token: String(letters), of: Self.list) }
    }
    #expect(PageCursor.refusal.violations.map(\.field) == ["page_token"])
  }

  @Test("Orders as the store does: numbers by value, texts by their scalars")
  func order() {
    let keys: [PageCursor.Key] = [
      .number(.min), .number(-1), .number(2), .text(""), .text("Z"), .text("a"), .text("é"),
    ]
    #expect(keys.shuffled().sorted() == keys)
  }
}
