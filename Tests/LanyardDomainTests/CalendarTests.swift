import LanyardTesting
import Testing

@testable import LanyardDomain

@Suite("A local date") struct LocalDateTests {
  @Test("is a day that exists") func exists() {
    #expect(LocalDate("2024-02-29")?.number == 20_240_229)
    #expect(LocalDate("2024-05-07")?.description == "2024-05-07")
    for text in [
      "", "2023-02-29", "2100-02-29", "2024-13-01", "2024-00-01", "2024-04-31", "2024-5-7", "24-05-07",
      "2024/05/07", "2024-05-07T", "1969-12-31", "2106-01-01", "+024-05-07", "２０２４-05-07",
    ] { #expect(LocalDate(text) == nil, "\(text)") }
  }

  @Test("counts days since 1970 and back") func days() {
    #expect(day("1970-01-01").daysSince1970 == 0)
    #expect(day("2000-03-01").daysSince1970 == 11_017)
    var last = 0
    for days in 0..<49_673 {
      let date = LocalDate(daysSince1970: days)
      #expect(date.daysSince1970 == days && date.number > last && LocalDate(date.description) == date)
      last = date.number
    }
    #expect(last == 21_051_231)
    #expect(LocalDate(daysSince1970: -1).description == "1969-12-31")
  }
}

@Suite("A time with its offset") struct OffsetTimeTests {
  @Test("is read as RFC 3339 writes it") func good() {
    #expect(OffsetTime("1970-01-01T00:00:00Z")?.instant == Instant(seconds: 0))
    #expect(OffsetTime("2024-05-27T09:00:00+02:00")?.instant == Instant(seconds: 1_716_793_200))
    #expect(OffsetTime("2024-05-27t02:15:00.1234567-04:45")?.instant == Instant(microseconds: 1_716_793_200_123_456))
    #expect(OffsetTime("2024-05-27T02:15:00-04:45")?.offset == -17_100)
    #expect(OffsetTime.text(ofOffset: -17_100) == "-04:45" && OffsetTime.text(ofOffset: 0) == "+00:00")
  }

  @Test(
    "is refused in any other form",
    arguments: [
      "", "2024-05-27", "2024-05-27T09:00:00", "2024-05-27T09:00Z", "2024-05-27 09:00:00Z", "2024-05-27T24:00:00Z",
      "2024-05-27T09:60:00Z", "2024-05-27T09:00:60Z", "2024-02-30T09:00:00Z", "2024-05-27T09:00:00+0200",
      "2024-05-27T09:00:00+24:00", "2024-05-27T09:00:00.Z", "2024-05-27T09:00:00+02:00x", "2024-05-27T0é:00:00Z",
    ]
  )
  func bad(_ text: String) { #expect(OffsetTime(text) == nil) }

  @Test("is written in UTC with as many digits of a second as are asked for, and is the same when it is read")
  func written() {
    let moment = Instant(microseconds: 1_716_793_200_123_456)
    #expect(moment.rfc3339() == "2024-05-27T07:00:00Z")
    #expect(moment.rfc3339(digits: .three) == "2024-05-27T07:00:00.123Z")
    #expect(moment.rfc3339(digits: .six) == "2024-05-27T07:00:00.123456Z")
    for moment in [moment, Instant(seconds: 0), Instant(microseconds: 86_399_999_999)] {
      #expect(OffsetTime(moment.rfc3339(digits: .six))?.instant == moment)
    }
    #expect(Instant(microseconds: -1).rfc3339(digits: .three) == "1969-12-31T23:59:59.999Z")
  }
}

@Suite("A venue's calendar") struct VenueCalendarTests {
  private func zurich() throws -> VenueCalendar { try #require(VenueCalendar(timeZone: "Europe/Zurich")) }

  @Test("has days of 23 and 25 hours when the clocks change") func changes() throws {
    let calendar = try zurich()
    for (date, hours) in [("2024-03-30", 24), ("2024-03-31", 23), ("2024-04-01", 24), ("2024-10-27", 25)] {
      let start = try #require(calendar.start(of: day(date)))
      let end = try #require(calendar.end(of: day(date)))
      #expect(end - start == .seconds(hours * 3600))
      for moment in [start, start + .seconds(3 * 3600), end - .microseconds(1)] {
        #expect(calendar.day(containing: moment) == VenueDay(number: day(date).number, span: start..<end))
      }
      #expect(calendar.day(containing: end).number > day(date).number)
    }
    #expect(calendar.start(of: day("2024-03-31")) == at("2024-03-31T00:00:00+01:00"))
    #expect(calendar.offset(at: at("2024-03-31T01:00:00Z")) == 7200)
  }

  @Test("knows zones of the IANA database only") func zones() {
    for zone in ["Asia/Kolkata", "UTC", "Etc/GMT+3"] { #expect(VenueCalendar(timeZone: zone) != nil, "\(zone)") }
    for zone in ["", "Mars/Olympus", "europe/zurich", "GMT+5", "+02:00"] {
      #expect(VenueCalendar(timeZone: zone) == nil)
    }
  }

  @Test(
    "puts day after day without gap or overlap, whatever the clocks do",
    arguments: [
      "Europe/Zurich", "Asia/Tokyo", "America/Havana", "Africa/Cairo", "Asia/Beirut", "America/Santiago",
      "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Pacific/Auckland", "Africa/Casablanca",
    ]
  )
  func everyDay(_ zone: String) throws {
    let calendar = try #require(VenueCalendar(timeZone: zone))
    var generator = SeededGenerator(seed: 3)
    var day = calendar.day(containing: at("2024-01-01T12:00:00Z"))
    for _ in 0..<800 {
      let next = calendar.day(containing: day.span.upperBound)
      #expect(next.span.lowerBound == day.span.upperBound && next.number > day.number)
      for _ in 0..<3 {
        let micros = Int64.random(
          in: next.span.lowerBound.microseconds..<next.span.upperBound.microseconds,
          using: &generator
        )
        #expect(calendar.day(containing: Instant(microseconds: micros)) == next)
      }
      day = next
    }
  }
}
