import LanyardTexts
import Testing

@testable import LanyardDomain

@Suite("A resource id") struct ResourceIDTests {
  @Test("is 1 to 40 of a-z, 0-9 and inner hyphens") func valid() {
    for text in ["a", "0", "wsis20-forum-2024", String(repeating: "a", count: 40)] { #expect(ResourceID.isValid(text)) }
    for text in ["", "-a", "a-", "A", "a_b", "a b", "é", "a.b", String(repeating: "a", count: 41)] {
      #expect(!ResourceID.isValid(text), "\(text)")
    }
  }

  @Test("is suggested by names with Latin letters or digits, and then valid") func suggested() {
    #expect(ResourceID.suggested(by: "Entrance lane 1") == "entrance-lane-1")
    #expect(ResourceID.suggested(by: "  Room -- A! ") == "room-a")
    #expect(ResourceID.suggested(by: "会議室") == nil)
    let long = ResourceID.suggested(by: String(repeating: "abc ", count: 30))
    #expect(long.map(ResourceID.isValid) == true)
  }
}

@Suite("A badge serial") struct BadgeSerialTests {
  @Test("is shown as 16 hexadecimal digits and read back") func roundTrip() {
    #expect(BadgeSerial(0xAB).description == "00000000000000ab")
    for serial in [BadgeSerial(0), BadgeSerial(.max), .random()] { #expect(BadgeSerial(serial.description) == serial) }
  }

  @Test(
    "is nothing else",
    arguments: ["", "ab", "00000000000000AB", "+0000000000000ab", "0000000000000000a", "000000000000000g"]
  )
  func refused(_ text: String) { #expect(BadgeSerial(text) == nil) }
}

@Suite("A UUID") struct UUIDBytesTests {
  private static let text = "0190163d-8694-739b-aea5-966c26f8ad91"

  @Test("is read in either case and written in lower case") func roundTrip() {
    #expect(UUIDBytes(Self.text)?.description == Self.text)
    #expect(UUIDBytes(Self.text.uppercased())?.description == Self.text)
    #expect(UUIDBytes(Self.text)?.high == 0x0190_163D_8694_739B)
  }

  @Test("is refused in any other form") func refused() {
    for text in [
      "", "\(Self.text)0", String(Self.text.dropLast()), "{\(Self.text)}", Self.text.replacing("-", with: ""),
      Self.text.replacing("a", with: "g"), Self.text.replacing("-", with: "é"),
    ] { #expect(UUIDBytes(text) == nil, "\(text)") }
  }

  @Test("made later sorts later, and is of version 7") func timeOrdered() {
    let ids = (0..<50).map { UUIDBytes.timeOrdered(at: at("2024-05-27T09:00:00Z") + .milliseconds($0)).description }
    #expect(ids == ids.sorted() && Set(ids).count == 50)
    for id in ids {
      let letters = Array(id)
      #expect(letters[14] == "7" && "89ab".contains(letters[19]))
    }
  }
}

@Suite("An instant") struct InstantTests {
  @Test("counts whole seconds downwards, also before 1970") func seconds() {
    #expect(Instant(microseconds: 1_999_999).seconds == 1)
    #expect(Instant(microseconds: -1).seconds == -1)
    #expect(Instant(microseconds: -1_000_000).seconds == -1)
  }

  @Test("adds and takes away durations") func durations() {
    let instant = Instant(seconds: 100)
    #expect(instant + .milliseconds(1500) == Instant(microseconds: 101_500_000))
    #expect(instant - .milliseconds(1500) == Instant(microseconds: 98_500_000))
    #expect(instant - Instant(seconds: 40) == .seconds(60))
  }
}

@Suite("Text that people write") struct PlainTextTests {
  private func faults(_ text: String, limit: Int = 10) -> [FieldViolation] {
    violations { () throws(InvalidInput) in _ = try PlainText.validated(text, limit: limit, field: "name") }
  }

  @Test("is trimmed and brought into NFC") func normalised() throws {
    #expect(try PlainText.validated("  Ann ", limit: 10, field: "name") == "Ann")
    let text = try PlainText.validated("Ame\u{301}lie", limit: 10, field: "name")
    #expect(Array(text.utf8) == Array("Am\u{E9}lie".utf8))
  }

  @Test("keeps every script", arguments: ["محمد\u{200C}رضا", "क्षितिज", "加藤桃子", "Phạm", "ศรีสุข", "ខ្មែរ", "👩🏽‍🚀", "‏א"])
  func scripts(_ text: String) { #expect(faults(text).isEmpty) }

  @Test(
    "holds nothing invisible that reorders or hides",
    arguments: [
      "a\u{0}b", "a\nb", "a\tb", "a\u{7F}b", "a\u{85}b", "a\u{202E}b", "a\u{2066}b", "a\u{2028}b", "a\u{FFFD}b",
      "a\u{E000}b", "a\u{FFFE}b", "a\u{FEFF}b", "a\u{E0041}b", "a\u{FFF9}b",
    ]
  )
  func forbidden(_ text: String) {
    #expect(faults(text).first?.reason.hasPrefix("holds the character U+") == true)
  }

  @Test("is measured in characters, and marks cannot be stacked") func limits() {
    #expect(faults(String(repeating: "क्षि", count: 10)).isEmpty)
    #expect(faults(String(repeating: "क्षि", count: 11)).count == 1)
    #expect(faults("abcdefghijk").first?.reason == "is longer than 10 characters; shorten it")
    #expect(faults("a" + String(repeating: "\u{301}", count: 100)).count == 1)
    #expect(faults(String(repeating: " ", count: 1000)).count == 1)
  }
}

@Suite("Advice for a misspelt name") struct NearestNameTests {
  @Test("gives the nearest of the known, else all") func advice() {
    let known = ["id", "title", "track"]
    #expect(NearestName.advice(for: "Titel", known: known) == .meant("title"))
    #expect(NearestName.advice(for: "trak", known: known) == .meant("track"))
    #expect(NearestName.advice(for: "xy", known: known) == .known(known, more: 0))
    let many = (0..<25).map { "abc\($0)" }
    #expect(NearestName.advice(for: "xyzxyz", known: many) == .known(Array(many.prefix(20)), more: 5))
  }
}
