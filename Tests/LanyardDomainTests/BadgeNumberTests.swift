import LanyardDomain
import Testing

@Suite("The number that is printed on a badge")
struct BadgeNumberTests {
  private static let number = BadgeNumber(BadgeSerial(0x1234_5678_9ABC_729B), issue: 3)

  @Test(
    "Is read as it is printed and as people type it",
    arguments: ["729B · 3", "729b 3", "729B·3", " 729b-3 ", "729B.3"]
  )
  func read(text: String) { #expect(BadgeNumber(text) == Self.number) }

  @Test(
    "Is not what says something else",
    arguments: ["729B", "729B 0", "729G 3", "3", "1729B 3", "Anna 3 4", "729B3"]
  )
  func other(text: String) { #expect(BadgeNumber(text) == nil) }

  @Test("Is written with the end of the serial") func written() {
    #expect(Self.number.description == "729B · 3")
    #expect(BadgeNumber(BadgeSerial(0xB), issue: 12).description == "000B · 12")
  }
}
