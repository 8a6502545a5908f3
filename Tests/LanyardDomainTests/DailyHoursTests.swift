import LanyardDomain
import LanyardTesting
import Testing

@Suite("The hours of a checkpoint")
struct DailyHoursTests {
  private func venue(_ opens: String, _ closes: String) throws -> Venue {
    var venue = Venue()
    let (from, until) = (try #require(DailyHours.minutes(opens)), try #require(DailyHours.minutes(closes)))
    let hours = try #require(DailyHours(opens: from, closes: until))
    for key in [Venue.lane1, Venue.lane2, Venue.terrace] { venue.checkpoints[key]?.hours = hours }
    return venue
  }

  @Test("are read as times of day, to the end of the day", arguments: ["00:00", "08:30", "24:00"])
  func reading(text: String) { #expect(DailyHours.minutes(text).map(DailyHours.text) == text) }

  @Test("that are none are refused", arguments: ["8:30", "08:60", "24:01", "25:00", "", "08-30", "٠٨:٣٠", "-1:00"])
  func faults(text: String) { #expect(DailyHours.minutes(text) == nil) }

  @Test("end with the day where they close at minute 0 or say nothing, and are the whole day from 0 on")
  func midnight() {
    #expect(DailyHours(opens: 0, closes: 0) == .wholeDay && DailyHours(opens: 0, closes: 1440) == .wholeDay)
    #expect(DailyHours(opens: 480, closes: 0) == DailyHours(opens: 480, closes: 1440))
    for (opens, closes) in [(-1, 0), (1440, 0), (0, -1), (0, 1441)] {
      #expect(DailyHours(opens: opens, closes: closes) == nil)
    }
  }

  @Test("refuse before the opening and after the closing, and say when it opens next") func openings() throws {
    let venue = try venue("08:00", "20:00")
    let early = venue.decide(Venue.badge(), Venue.lane1, "2024-05-27T07:59:59+02:00").refusal
    #expect(early?.reason == .outsideHours && early?.opensAt == at("2024-05-27T08:00:00+02:00"))
    #expect(venue.decide(Venue.badge(), Venue.lane1, "2024-05-27T08:00:00+02:00") == .admitted)
    #expect(venue.decide(Venue.badge(), Venue.lane1, "2024-05-27T19:59:59+02:00") == .admitted)
    let late = venue.decide(Venue.badge(), Venue.lane1, "2024-05-27T20:00:00+02:00").refusal
    #expect(late?.reason == .outsideHours && late?.opensAt == at("2024-05-28T08:00:00+02:00"))
    let last = venue.decide(Venue.badge(), Venue.lane1, "2024-05-29T21:00:00+02:00").refusal
    #expect(last?.reason == .outsideHours && last?.opensAt == nil)
  }

  @Test("put everybody out at the closing, who still gets out by name") func everybodyOut() throws {
    let venue = try venue("08:00", "20:00")
    let inside = venue.presence(Venue.lane1, "2024-05-27T19:00:00+02:00")
    let before = venue.decide(Venue.badge(), Venue.lane1, "2024-05-27T19:30:00+02:00", presences: [inside])
    #expect(before.reason == .alreadyInside)
    let out = venue.decide(
      Venue.badge(),
      Venue.lane1,
      "2024-05-27T20:10:00+02:00",
      direction: .out,
      presences: [inside]
    )
    #expect(out == .left(wasInside: true))
    let next = venue.decide(Venue.badge(), Venue.lane1, "2024-05-28T08:00:00+02:00", presences: [inside])
    #expect(next == .admitted)
    #expect(
      venue.door(Venue.lane1, at("2024-05-27T19:59:59+02:00")).period
        != venue.door(Venue.lane1, at("2024-05-27T20:00:00+02:00")).period
    )
  }

  @Test("that end after midnight keep people inside until then") func night() throws {
    let venue = try venue("18:00", "02:00")
    let inside = venue.presence(Venue.terrace, "2024-05-27T23:30:00+02:00")
    let after = venue.decide(Venue.badge(), Venue.terrace, "2024-05-28T01:00:00+02:00", presences: [inside])
    #expect(after.reason == .alreadyInside)
    #expect(venue.decide(Venue.badge(), Venue.terrace, "2024-05-28T01:59:00+02:00") == .admitted)
    let closed = venue.decide(Venue.badge(), Venue.terrace, "2024-05-28T02:00:00+02:00").refusal
    #expect(closed?.reason == .outsideHours && closed?.opensAt == at("2024-05-28T18:00:00+02:00"))
    let evening = venue.decide(Venue.badge(), Venue.terrace, "2024-05-28T18:00:00+02:00", presences: [inside])
    #expect(evening == .admitted)
  }

  @Test("that pass midnight on the last day count to their closing, for badges too") func lastNight() throws {
    let venue = try venue("20:00", "04:00")
    for time in ["29T23:59", "30T00:01", "30T03:59"] {
      #expect(venue.decide(Venue.badge(), Venue.lane1, "2024-05-\(time):00+02:00") == .admitted)
    }
    #expect(venue.decide(Venue.badge(), Venue.lane1, "2024-05-30T04:00:00+02:00").reason == .expired)
    #expect(venue.decide(Venue.badge(), Venue.lane1, "2024-05-30T20:00:00+02:00").reason == .expired)
    // A day of the badge's own ends in the same way, and no badge is longer valid for what begins after it.
    let short = Venue.badge { $0.validity = $0.validity.lowerBound..<at("2024-05-28T00:00:00+02:00") }
    #expect(venue.decide(short, Venue.lane1, "2024-05-28T00:01:00+02:00") == .admitted)
    #expect(venue.decide(short, Venue.lane1, "2024-05-28T20:00:00+02:00").reason == .expired)
    let long = Venue.badge { $0.validity = $0.validity.lowerBound..<at("2024-06-30T00:00:00+02:00") }
    let after = venue.decide(long, Venue.lane1, "2024-05-30T20:00:00+02:00").refusal
    #expect(after?.reason == .outsideHours && after?.opensAt == nil)
    #expect(
      try self.venue("00:00", "24:00").decide(Venue.badge(), Venue.lane1, "2024-05-30T00:01:00+02:00").reason
        == .expired
    )
  }

  @Test("that pass midnight on the last day leave badges valid at every door until then") func lastNightElsewhere()
    throws
  {
    var venue = try venue("20:00", "04:00")
    venue.checkpoints[Venue.lane2]?.hours = try #require(DailyHours(opens: 8 * 60, closes: 22 * 60))
    venue.checkpoints[Venue.terrace]?.hours = .wholeDay
    let lastDay = Venue.badge { $0.days = [day("2024-05-29")] }
    for badge in [Venue.badge(), lastDay] {
      #expect(venue.decide(badge, Venue.terrace, "2024-05-30T00:01:00+02:00") == .admitted)
      let shut = venue.decide(badge, Venue.lane2, "2024-05-30T00:01:00+02:00").refusal
      #expect(shut?.reason == .outsideHours && shut?.opensAt == nil)
      for door in [Venue.lane1, Venue.lane2, Venue.terrace] {
        #expect(venue.decide(badge, door, "2024-05-30T04:00:00+02:00").reason == .expired)
      }
    }
    // It is one night there too, at whose end everybody is out.
    for came in ["29T23:00", "30T00:01"] {
      let inside = venue.presence(Venue.terrace, "2024-05-\(came):00+02:00")
      #expect(venue.door(Venue.terrace, at("2024-05-30T03:59:59+02:00")).counts(inside))
      #expect(!venue.door(Venue.terrace, at("2024-05-30T04:00:00+02:00")).counts(inside))
    }
    let short = Venue.badge { $0.validity = $0.validity.lowerBound..<at("2024-05-29T00:00:00+02:00") }
    #expect(venue.decide(short, Venue.terrace, "2024-05-30T00:01:00+02:00").reason == .expired)
  }

  @Test("of a door that opens on some days alone close the others no later on any other day") func lateOnOneDay() throws
  {
    var venue = try venue("08:00", "22:00")
    venue.checkpoints[Venue.lane2]?.hours = try #require(DailyHours(opens: 20 * 60, closes: 4 * 60))
    venue.checkpoints[Venue.lane2]?.days = [day("2024-05-29")]
    venue.checkpoints[Venue.terrace]?.hours = .wholeDay
    for (date, time, isInside) in [
      ("28", "28T21:59:59", true), ("28", "28T22:00:20", false), ("29", "29T23:00:00", true),
      ("29", "30T03:59:00", true), ("29", "30T04:00:00", false),
    ] {
      for door in [Venue.lane1, Venue.terrace] where door == Venue.lane1 || time.hasPrefix(date) {
        let inside = venue.presence(door, "2024-05-\(date)T21:00:00+02:00")
        #expect(venue.door(door, at("2024-05-\(time)+02:00")).counts(inside) == isInside, "\(date) \(time)")
      }
    }
  }

  @Test("of the last door of an area put everybody out, whichever door they came by") func mixed() throws {
    var venue = try venue("08:00", "20:00")
    venue.checkpoints[Venue.lane2]?.hours = try #require(DailyHours(opens: 9 * 60, closes: 19 * 60))
    let inside = venue.presence(Venue.lane1, "2024-05-27T18:00:00+02:00")
    for time in ["18:30", "19:30"] {
      let again = venue.decide(Venue.badge(), Venue.lane2, "2024-05-27T\(time):00+02:00", presences: [inside])
      #expect(again.reason == (time == "18:30" ? .alreadyInside : .outsideHours))
      let out = venue.decide(
        Venue.badge(),
        Venue.lane2,
        "2024-05-27T\(time):00+02:00",
        direction: .out,
        presences: [inside]
      )
      #expect(out == .left(wasInside: true))
    }
    let next = venue.decide(Venue.badge(), Venue.lane2, "2024-05-28T09:00:00+02:00", presences: [inside])
    #expect(next == .admitted)
  }

  @Test("hold on the days that are named, and the next of them is said") func days() throws {
    var venue = try venue("08:00", "20:00")
    venue.checkpoints[Venue.lane1]?.days = [day("2024-05-29"), day("2024-05-27")]
    #expect(venue.decide(Venue.badge(), Venue.lane1, "2024-05-27T09:00:00+02:00") == .admitted)
    let between = venue.decide(Venue.badge(), Venue.lane1, "2024-05-28T09:00:00+02:00").refusal
    #expect(between?.reason == .outsideHours && between?.opensAt == at("2024-05-29T08:00:00+02:00"))
    #expect(venue.decide(Venue.badge(), Venue.lane2, "2024-05-28T09:00:00+02:00") == .admitted)
    #expect(venue.decide(Venue.badge(), Venue.lane1, "2024-05-29T09:00:00+02:00") == .admitted)
    let after = venue.decide(Venue.badge(), Venue.lane1, "2024-05-29T21:00:00+02:00").refusal
    #expect(after?.reason == .outsideHours && after?.opensAt == nil)
  }

  @Test("may be changed while people are inside, who stay inside") func changed() throws {
    var venue = try venue("08:00", "20:00")
    let inside = venue.presence(Venue.lane1, "2024-05-27T10:00:00+02:00")
    for closes in [18 * 60, 23 * 60, 1440, 120] {
      for key in [Venue.lane1, Venue.lane2, Venue.terrace] {
        venue.checkpoints[key]?.hours = try #require(DailyHours(opens: 7 * 60, closes: closes))
      }
      let again = venue.decide(Venue.badge(), Venue.lane1, "2024-05-27T11:00:00+02:00", presences: [inside])
      #expect(again.reason == .alreadyInside)
    }
  }

  @Test("follow the clock on the wall through its changes", arguments: ["2024-03-31", "2024-10-27"])
  func clockChanges(date: String) throws {
    let calendar = Venue.zone.calendar
    let before = calendar.day(containing: at("\(date)T12:00:00Z"))
    for (minutes, time) in [(8 * 60, "08:00"), (20 * 60, "20:00"), (30, "00:30")] {
      let moment = calendar.moment(minutes, of: before)
      #expect(VenueTime(zone: Venue.zone).dateAndTime(moment) == "\(date) \(time)")
    }
    // 02:30 does not exist in March and exists twice in October: the day has one closing all the same.
    let odd = calendar.moment(150, of: before)
    #expect(calendar.day(containing: odd) == before)
    #expect(calendar.moment(DailyHours.minutesOfDay, of: before) == calendar.end(of: before.date))
    let nextMorning = calendar.moment(DailyHours.minutesOfDay + 8 * 60, of: before)
    #expect(nextMorning == calendar.moment(8 * 60, of: calendar.day(1, from: before)))
    #expect(calendar.day(-1, from: calendar.day(1, from: before)) == before)
  }

  @Test(
    "cover every moment with one period, however the clocks go",
    arguments: ["Europe/Zurich", "Asia/Beirut"] as [ZoneID]
  )
  func periods(zone: ZoneID) throws {
    var checkpoint = Checkpoint(id: "door", displayName: "Door", kind: .entrance, area: "venue", timeZone: zone)
    var event = Event(
      slug: "e",
      title: "E",
      startDate: day("2024-03-25"),
      endDate: day("2024-04-05"),
      timeZone: zone
    )
    event.stakeholderGroups = ["Government"]
    for closes in [0, 2 * 60 + 30, 20 * 60] {
      checkpoint.hours = try #require(DailyHours(opens: 6 * 60, closes: closes))
      let plan = VenuePlan(eventKey: Key(1), event: event, checkpoints: [Key(1): checkpoint], sessions: [])
      var periods: [Instant] = []
      var moment = at("2024-03-28T00:00:00Z")
      while moment < at("2024-04-03T00:00:00Z") {
        let period = try #require(plan.door(Key(1), now: moment)).period
        if periods.last != period { periods.append(period) }
        moment = moment + .seconds(600)
      }
      #expect(periods == periods.sorted() && Set(periods).count == periods.count)
      #expect((6...8).contains(periods.count))
    }
  }
}
