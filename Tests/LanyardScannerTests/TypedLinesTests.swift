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

  private mutating func pause(_ time: Duration) -> String? {
    now = now + time
    return lines.rest(at: now)
  }

  @Test("end with each line break, and blank ones are none")
  mutating func enters() throws {
    let code = try badgeCode(using: &random)
    #expect(type("\(code)\r\n\n \t\n  Zoë \nlast") == [code, "Zoë"])
    #expect(lines.end() == "last" && lines.end() == nil && !lines.isWaiting)
  }

  @Test("are whole without Enter once a code is whole and nothing follows, each code for itself")
  mutating func codes() throws {
    let codes = try (0..<3).map { _ in try badgeCode(using: &random) }
    for code in codes {
      #expect(type(code).isEmpty)
      #expect(pause(.milliseconds(39)) == nil && lines.isWaiting)
      #expect(pause(.milliseconds(1)) == code)
    }
  }

  @Test("are no code yet where its end is missing, and then what was typed as fast as by a scanner is a line")
  mutating func damaged() throws {
    let half = String(try badgeCode(using: &random).dropLast(3))
    #expect(type(half).isEmpty && pause(.milliseconds(499)) == nil)
    #expect(pause(.milliseconds(1)) == half)
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
    var isLacking = lines.lacksEnter(at: now)
    #expect(!isLacking && lines.isWaiting)
    now = now + .milliseconds(100)
    #expect(type("\n").isEmpty && !lines.isWaiting)
    now = now + .seconds(2)
    isLacking = lines.lacksEnter(at: now)
    #expect(!isLacking)
    var other = TypedLines()
    for byte in code.utf8 {
      let line = other.take(byte, at: now)
      #expect(line == nil)
    }
    let rest = other.rest(at: now + .milliseconds(50))
    #expect(rest == code)
    for (later, isTold) in [(900, false), (1_100, true), (5_000, false)] {
      isLacking = other.lacksEnter(at: now + .milliseconds(later))
      #expect(isLacking == isTold)
    }
    #expect(!other.isWaiting)
  }

  @Test("can be taken back by the character and as a whole, with the columns that they take")
  mutating func erased() {
    #expect(type("aé王").isEmpty)
    #expect(lines.erase() == 2 && lines.erase() == 1)
    #expect(type("b\n") == ["ab"])
    #expect(lines.erase() == nil && type("王王").isEmpty && lines.eraseAll() == 4 && lines.isEmpty)
  }

  @Test("are cut where they are longer than any line")
  mutating func long() {
    #expect(type(String(repeating: "x", count: 5000) + "\n").map(\.count) == [4096])
  }
}
