import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardScanner

@Suite("Lines that a scanner types where there is no screen")
struct TypedLinesTests {
  private var random = SeededGenerator(seed: 1)
  private var lines = TypedLines()
  private var now = Instant(seconds: 100)

  private mutating func type(_ text: String) -> [String] {
    text.utf8.compactMap { lines.take($0, at: now) }
  }

  private mutating func end() -> String? { lines.end() }
  private mutating func erase() -> Int? { lines.erase() }
  private mutating func eraseAll() -> Int { lines.eraseAll() }
  private mutating func lacksEnter() -> Bool { lines.lacksEnter(at: now) }

  private mutating func pause(_ time: Duration) -> String? {
    now = now + time
    return lines.rest(at: now)
  }

  @Test("end with each line break, and blank ones are none")
  mutating func enters() throws {
    let code = try badgeCode(using: &random)
    #expect(type("\(code)\r\n\n \t\n  Zoë \nlast") == [code, "Zoë"])
    #expect(end() == "last")
    #expect(end() == nil && !lines.isWaiting)
  }

  @Test("are whole without Enter once a code is whole and nothing follows, each code for itself")
  mutating func codes() throws {
    let codes = try (0..<3).map { _ in try badgeCode(using: &random) }
    for code in codes {
      #expect(type(code).isEmpty)
      #expect(pause(.milliseconds(39)) == nil)
      #expect(lines.isWaiting)
      #expect(pause(.milliseconds(1)) == code)
    }
  }

  @Test("are no code yet where its end is missing, and then what was typed as fast as by a scanner is a line")
  mutating func damaged() throws {
    let half = String(try badgeCode(using: &random).dropLast(3))
    #expect(type(half).isEmpty)
    #expect(pause(.milliseconds(499)) == nil)
    #expect(pause(.milliseconds(1)) == half)
  }

  @Test("that are piped are never cut by a silence: the next block of a pipe may be late")
  mutating func piped() throws {
    lines = TypedLines(endInSilence: false)
    let code = try badgeCode(using: &random)
    #expect(type(String(code.prefix(70))).isEmpty)
    #expect(pause(.seconds(5)) == nil && !lines.isWaiting)
    #expect(type(String(code.dropFirst(70))).isEmpty)
    #expect(pause(.seconds(5)) == nil && lacksEnter() == false)
    #expect(type("\n\(code)") == [code])
    #expect(end() == code)
  }

  @Test("wait for the Enter of a person, however long that takes")
  mutating func person() {
    for letter in "Moreau" {
      #expect(type(String(letter)).isEmpty)
      #expect(pause(.milliseconds(200)) == nil)
    }
    #expect(pause(.seconds(60)) == nil)
    #expect(type("\n") == ["Moreau"])
  }

  @Test("tell once that no Enter comes, and not where it comes late")
  mutating func told() throws {
    let code = try badgeCode(using: &random)
    _ = type(code)
    #expect(pause(.milliseconds(50)) == code)
    #expect(lines.isWaiting)
    now = now + .milliseconds(100)
    #expect(type("\n").isEmpty)
    #expect(!lines.isWaiting)
    now = now + .seconds(2)
    #expect(lacksEnter() == false)
    lines = TypedLines()
    #expect(type(code).isEmpty)
    #expect(pause(.milliseconds(50)) == code)
    now = now + .milliseconds(900)
    #expect(lacksEnter() == false)
    now = now + .milliseconds(100)
    #expect(lacksEnter() == true)
    now = now + .seconds(5)
    #expect(lacksEnter() == false)
    #expect(!lines.isWaiting)
  }

  @Test("can be taken back by the character and as a whole, with the columns that they take")
  mutating func erased() {
    #expect(type("aé王").isEmpty)
    #expect(erase() == 2)
    #expect(erase() == 1)
    #expect(type("b\n") == ["ab"])
    #expect(erase() == nil)
    #expect(type("王王").isEmpty)
    #expect(eraseAll() == 4)
    #expect(lines.isEmpty)
  }

  @Test("are cut where they are longer than any line")
  mutating func long() {
    #expect(type(String(repeating: "x", count: 5000) + "\n").map(\.count) == [4096])
  }
}
