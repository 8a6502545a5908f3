import LanyardDomain
import LanyardTesting
import Testing

@Suite("A door with a rule on coming again") struct DoorRuleTests {
  private static let start = at("2024-05-27T08:00:00+02:00")

  /// A fold that knows nobody yet.
  private static func fold(_ people: Int64...) -> AdmissionFold {
    var fold = AdmissionFold()
    for person in people { fold.load([Presence](), of: Key(person)) }
    return fold
  }

  /// Lets the fold decide on a scan some minutes after the start.
  private static func scan(
    _ fold: inout AdmissionFold,
    _ venue: Venue,
    _ checkpoint: Key<Checkpoint> = Venue.terrace,
    _ minutes: Int,
    person: Int64 = 1,
    _ direction: Direction = .into,
    isMissedExit: Bool = false
  ) -> Decision {
    let (plan, now) = (venue.plan, start + .seconds(minutes * 60))
    let door = venue.door(checkpoint, now)
    for other in door.area {
      let key = AdmissionFold.OccupancyKey(checkpoint: other, period: door.period)
      if !fold.hasOccupancy(of: key) { fold.load(0, at: key) }
    }
    return fold.admit(
      Venue.badge(person),
      direction: direction,
      isBooked: { _ in false },
      isMissedExit: isMissedExit,
      door: door,
      plan: plan,
      now: now
    ).decision
  }

  @Test("lets out who did not scan out only where they are let in again: neither is recorded before the pause is over")
  func missedExit() {
    var venue = Venue()
    venue.checkpoints[Venue.lane1]?.pause = .seconds(1800)
    var fold = Self.fold(1)
    #expect(Self.scan(&fold, venue, Venue.lane1, 0) == .admitted)
    let before = fold.presences(of: Key(1))
    #expect(Self.scan(&fold, venue, Venue.lane1, 10, .out, isMissedExit: true).reason == .tooSoon)
    #expect(fold.presences(of: Key(1)) == before)
    #expect(Self.scan(&fold, venue, Venue.lane1, 30, .out, isMissedExit: true) == .left(wasInside: true))
    #expect(Self.scan(&fold, venue, Venue.lane1, 30) == .admitted)
    venue.checkpoints[Venue.lane1]?.mostEntries = 2
    #expect(Self.scan(&fold, venue, Venue.lane1, 70, .out, isMissedExit: true).reason == .alreadyAdmitted)
    // A scan out is never refused.
    #expect(Self.scan(&fold, venue, Venue.lane1, 71, .out) == .left(wasInside: true))
  }

  @Test("lets out and in again through a full area who has a place in it, and nobody else in between")
  func missedExitOfFull() {
    var venue = Venue()
    venue.checkpoints[Venue.lane1]?.capacity = 1
    var fold = Self.fold(1)
    #expect(Self.scan(&fold, venue, Venue.lane1, 0) == .admitted)
    #expect(Self.scan(&fold, venue, Venue.lane1, 1, .out, isMissedExit: true) == .left(wasInside: true))
    #expect(Self.scan(&fold, venue, Venue.lane1, 1) == .admitted)
  }

  @Test("admits without a scan out, counts a person once, and takes no second place of a full area") func unscanned() {
    var venue = Venue()
    for lane in [Venue.lane1, Venue.lane2] { venue.checkpoints[lane]?.reentry = .unscanned }
    venue.checkpoints[Venue.lane1]?.capacity = 1
    var fold = Self.fold(1, 2)
    for (minute, lane) in [Venue.lane1, Venue.lane1, Venue.lane2, Venue.lane1].enumerated() {
      #expect(Self.scan(&fold, venue, lane, minute) == .admitted)
    }
    #expect(fold.occupancyChanges.values.reduce(0, +) == 1)
    let lane1 = fold.tallyChanges.filter { $0.key.checkpoint == Venue.lane1 && $0.key.counted == .admitted }
    #expect(lane1.map(\.value) == [1])
    #expect(Self.scan(&fold, venue, Venue.lane2, 9, person: 2).reason == .full)
    #expect(Self.scan(&fold, venue, Venue.lane2, 10, .out) == .left(wasInside: true))
    #expect(fold.occupancyChanges.values.reduce(0, +) == 0)
  }

  @Test("sees no conflict in what two lanes let in again without a scan out") func noConflict() {
    var venue = Venue()
    let passages = [Venue.lane1, Venue.lane2].enumerated().map { index, lane in
      Passage(
        scan: Int64(index),
        way: .into,
        checkpoint: lane,
        session: nil,
        moment: Self.start + .seconds(index),
        isOverride: false,
        isOffline: true
      )
    }
    #expect(PassageHistory(passages, of: Key(1), plan: venue.plan).conflicts.count == 1)
    venue.checkpoints[Venue.lane2]?.reentry = .unscanned
    #expect(PassageHistory(passages, of: Key(1), plan: venue.plan).conflicts.isEmpty)
  }

  @Test("keeps a pause between two entries to its area, and says when it ends") func pause() {
    var venue = Venue()
    venue.checkpoints[Venue.lane1]?.pause = .seconds(600)
    var fold = Self.fold(1)
    #expect(Self.scan(&fold, venue, Venue.lane2, 0) == .admitted)
    #expect(Self.scan(&fold, venue, Venue.lane1, 1).reason == .alreadyInside)
    #expect(Self.scan(&fold, venue, Venue.lane2, 2, .out) == .left(wasInside: true))
    let refusal = Self.scan(&fold, venue, Venue.lane1, 9).refusal
    #expect(refusal?.reason == .tooSoon && refusal?.opensAt == Self.start + .seconds(600))
    #expect(refusal?.earlier?.checkpoint == Venue.lane2)
    #expect(Self.scan(&fold, venue, Venue.lane1, 10) == .admitted)
  }

  @Test("keeps no pause for an entry that a clock decided which was far ahead") func pauseOfClockAhead() {
    var venue = Venue()
    venue.checkpoints[Venue.lane1]?.pause = .seconds(600)
    var fold = Self.fold(1)
    #expect(Self.scan(&fold, venue, Venue.lane1, 60) == .admitted)
    #expect(Self.scan(&fold, venue, Venue.lane1, 61, .out) == .left(wasInside: true))
    var behind = fold
    #expect(Self.scan(&fold, venue, Venue.lane1, 49) == .admitted)
    // So near it may as well be a device's clock that is a little behind.
    #expect(Self.scan(&behind, venue, Venue.lane1, 51).reason == .tooSoon)
  }

  @Test("admits so many times, through whichever door of its area") func entries() {
    var venue = Venue()
    for lane in [Venue.lane1, Venue.lane2] {
      venue.checkpoints[lane]?.reentry = .unscanned
      venue.checkpoints[lane]?.mostEntries = 3
    }
    var fold = Self.fold(1, 2)
    for (minute, lane) in [Venue.lane1, Venue.lane2, Venue.lane1].enumerated() {
      #expect(Self.scan(&fold, venue, lane, minute) == .admitted)
    }
    let refusal = Self.scan(&fold, venue, Venue.lane2, 3).refusal
    #expect(refusal?.reason == .alreadyAdmitted && refusal?.used == .entries(3))
    #expect(refusal?.earlier?.checkpoint == Venue.lane1)
    #expect(Self.scan(&fold, venue, Venue.lane2, 3, person: 2) == .admitted)
    #expect(Self.scan(&fold, venue, Venue.lane1, 24 * 60).refusal?.used == .entries(3))
  }

  @Test("admits on so many days, as often as somebody comes on each") func days() {
    var venue = Venue()
    venue.checkpoints[Venue.lane1]?.mostDays = 2
    venue.checkpoints[Venue.lane1]?.reentry = .unscanned
    let day = 24 * 60
    var fold = Self.fold(1)
    for minutes in [0, 60, day, day + 60] { #expect(Self.scan(&fold, venue, Venue.lane1, minutes) == .admitted) }
    #expect(Self.scan(&fold, venue, Venue.lane1, 2 * day).refusal?.used == .days(2))
    #expect(fold.presences(of: Key(1)).map(\.earlierDays) == [[20_240_527]])
    #expect(fold.presences(of: Key(1)).map(\.entries) == [4])
  }

  @Test("counts what is open past midnight on the day on which it opened") func night() {
    var venue = Venue()
    venue.checkpoints[Venue.terrace]?.hours = DailyHours(opens: 1200, closes: 240) ?? .wholeDay
    venue.checkpoints[Venue.terrace]?.reentry = .unscanned
    venue.checkpoints[Venue.terrace]?.mostDays = 1
    // From 08:00: the evening's 23:00, half past midnight, and 23:00 of that day.
    let (late, later, next) = (15 * 60, 16 * 60 + 30, 39 * 60)
    var fold = Self.fold(1)
    for minutes in [late, later] { #expect(Self.scan(&fold, venue, Venue.terrace, minutes) == .admitted) }
    #expect(Self.scan(&fold, venue, Venue.terrace, next).refusal?.used == .days(1))
    venue.checkpoints[Venue.terrace]?.mostDays = 2
    fold = Self.fold(1)
    for minutes in [later, next] { #expect(Self.scan(&fold, venue, Venue.terrace, minutes) == .admitted) }
    #expect(fold.presences(of: Key(1)).map(\.earlierDays) == [[20_240_527]])
    #expect(Self.scan(&fold, venue, Venue.terrace, next + 24 * 60).refusal?.used == .days(2))
  }

  @Test("counts entries anew where one is taken back") func undone() {
    let venue = Venue()
    let passages = [0, 30, 60].map { minutes in
      Passage(
        scan: Int64(minutes),
        way: minutes == 30 ? .out : .into,
        checkpoint: Venue.lane1,
        session: nil,
        moment: Self.start + .seconds(minutes * 60),
        isOverride: false
      )
    }
    func entries(_ passages: [Passage]) -> [Int] {
      PassageHistory(passages, of: Key(1), plan: venue.plan).presences.map(\.entries)
    }
    #expect(entries(passages) == [2] && entries([passages[0], passages[1]]) == [1])
  }

  @Test("leads to a session for its grace, where no other has begun to let people in") func grace() {
    var venue = Venue()
    venue.checkpoints[Venue.roomA]?.grace = .seconds(20 * 60)
    venue.checkpoints[Venue.roomB]?.grace = .seconds(3600)
    func session(_ room: Key<Checkpoint>, _ time: String) -> String? {
      venue.door(room, at("2024-05-27T\(time):00+02:00")).session?.session.id
    }
    #expect(session(Venue.roomA, "10:29") == "room-a-1" && session(Venue.roomA, "10:30") == "room-a-1")
    // Early entry to the next begins before the grace is over.
    #expect(session(Venue.roomA, "10:44") == "room-a-1" && session(Venue.roomA, "10:45") == "room-a-2")
    #expect(session(Venue.roomA, "14:19") == "room-a-3" && session(Venue.roomA, "14:20") == nil)
    #expect(session(Venue.roomB, "14:59") == "room-b-3")
  }
}

@Suite("A registration for some days") struct RegistrationDayTests {
  private static let tuesday = Venue.badge { $0.days = [day("2024-05-28")] }

  @Test("is refused on others, with the opening of the next") func otherDays() {
    var venue = Venue()
    venue.checkpoints[Venue.lane1]?.hours = DailyHours(opens: 480, closes: 1080) ?? .wholeDay
    let early = venue.decide(Self.tuesday).refusal
    #expect(early?.reason == .otherDay && early?.opensAt == at("2024-05-28T08:00:00+02:00"))
    #expect(venue.decide(Self.tuesday, Venue.lane1, "2024-05-28T09:00:00+02:00") == .admitted)
    let late = venue.decide(Self.tuesday, Venue.lane1, "2024-05-29T09:00:00+02:00").refusal
    #expect(late?.reason == .otherDay && late?.opensAt == nil)
    #expect(venue.decide(Self.tuesday, direction: .out) == .left(wasInside: false))
  }

  @Test("is told that it is closed once that is so on the day, and only of openings on days of its own") func closed() {
    var venue = Venue()
    for hours in [[Venue.lane1], [Venue.lane1, Venue.lane2]] {
      for lane in hours { venue.checkpoints[lane]?.hours = DailyHours(opens: 480, closes: 1080) ?? .wholeDay }
      func refusal(_ time: String, _ days: String...) -> Refusal? {
        let badge = Venue.badge { $0.days = days.map { day("2024-05-\($0)") } }
        return venue.decide(badge, Venue.lane1, "2024-05-\(time):00+02:00").refusal
      }
      let over = refusal("28T19:00", "28")
      #expect(over?.reason == .outsideHours && over?.opensAt == nil)
      let again = refusal("27T19:00", "27", "29")
      #expect(again?.reason == .outsideHours && again?.opensAt == at("2024-05-29T08:00:00+02:00"))
      let early = refusal("28T07:00", "28")
      #expect(early?.reason == .outsideHours && early?.opensAt == at("2024-05-28T08:00:00+02:00"))
      let other = refusal("27T19:00", "29")
      #expect(other?.reason == .otherDay && other?.opensAt == at("2024-05-29T08:00:00+02:00"))
      #expect(refusal("29T00:30", "28")?.reason == .otherDay)
    }
  }

  @Test("names no day on which the door is shut") func doorDays() {
    var venue = Venue()
    venue.checkpoints[Venue.lane1]?.days = [day("2024-05-27"), day("2024-05-29")]
    let badge = Venue.badge { $0.days = [day("2024-05-28"), day("2024-05-29")] }
    let refusal = venue.decide(badge, Venue.lane1, "2024-05-27T09:00:00+02:00").refusal
    #expect(refusal?.reason == .otherDay && refusal?.opensAt == at("2024-05-29T00:00:00+02:00"))
  }

  @Test("goes on past midnight with what opened on its day") func night() {
    var venue = Venue()
    venue.checkpoints[Venue.terrace]?.hours = DailyHours(opens: 1200, closes: 240) ?? .wholeDay
    #expect(venue.decide(Self.tuesday, Venue.terrace, "2024-05-29T03:59:00+02:00") == .admitted)
    #expect(venue.decide(Self.tuesday, Venue.terrace, "2024-05-28T03:59:00+02:00").reason == .otherDay)
    #expect(venue.decide(Self.tuesday, Venue.terrace, "2024-05-29T04:00:00+02:00").reason == .otherDay)
    // After midnight the evening of the day that has begun is still to come.
    for time in ["27T23:50", "28T00:05", "28T03:59"] {
      let refusal = venue.decide(Self.tuesday, Venue.terrace, "2024-05-\(time):00+02:00").refusal
      #expect(refusal?.opensAt == at("2024-05-28T20:00:00+02:00"), "\(time)")
    }
  }

  @Test("comes after the badge's own validity and before the hours") func order() {
    var venue = Venue()
    venue.checkpoints[Venue.lane1]?.hours = DailyHours(opens: 1200, closes: 1260) ?? .wholeDay
    #expect(venue.decide(Self.tuesday).reason == .otherDay)
    #expect(venue.decide(Self.tuesday, Venue.lane1, "2024-06-28T09:00:00+02:00").reason == .expired)
    let held = Venue.badge { ($0.badgeState, $0.registrationState, $0.days) = (.held, .cancelled, [day("2024-05-28")]) }
    #expect(venue.decide(held).reason == .held)
  }

  @Test("is read from a table with blanks, commas or semicolons, in order and within the event") func table() throws {
    let header = "email,given_name,family_name,stakeholder_group,participation,days"
    let event = Venue().plan.event
    func days(_ text: String) throws -> RegistrationDetails {
      let csv = Array("\(header)\na@example.org,Ada,L,Government,ONSITE,\"\(text)\"\n".utf8)
      return try RegistrationTable.rows(csv: csv)[0].content.get().validated(for: event)
    }
    let two = [day("2024-05-27"), day("2024-05-28")]
    for text in ["2024-05-28 2024-05-27", "2024-05-28;2024-05-27", "2024-05-27, 2024-05-28 2024-05-27"] {
      #expect(try days(text).days == two)
    }
    #expect(try days("2024-05-28 2024-05-27").text(of: .days) == "2024-05-27 2024-05-28")
    #expect(try days("").days.isEmpty)
    for text in ["Tuesday", "2024-05-30", "2024-05-26"] {
      let refused = #expect(throws: InvalidInput.self) { try days(text) }
      #expect(refused?.violations.map(\.field) == ["days"])
    }
  }
}

@Suite("What would help who is refused") struct RefusalHelpTests {
  private static func help(
    _ venue: Venue,
    _ checkpoint: Key<Checkpoint>,
    _ time: String,
    _ change: (inout BadgeHolder) -> Void = { _ in }
  ) -> RefusalHelp? {
    refusal(venue, checkpoint, time, change)?.help
  }

  private static func refusal(
    _ venue: Venue,
    _ checkpoint: Key<Checkpoint>,
    _ time: String,
    _ change: (inout BadgeHolder) -> Void = { _ in },
    isBooked: (Door) -> Bool = { _ in false }
  ) -> Refusal? {
    let now = at("2024-05-27T\(time):00+02:00")
    var fold = AdmissionFold()
    fold.load([Presence](), of: Key(1))
    let door = venue.door(checkpoint, now)
    let badge = Venue.badge(1, change)
    return fold.decide(badge, direction: .into, isBooked: isBooked, door: door, plan: venue.plan, now: now).decision
      .refusal
  }

  @Test("is the session that the person is booked for, before one that everybody may go to") func booked() {
    var venue = Venue()
    for index in venue.sessions.indices {
      let record = venue.sessions[index]
      var session = record.session
      if session.id == "room-a-1" { session.admittedGroups = ["Academia"] }
      session.requiresBooking = session.id == "room-a-2"
      venue.sessions[index] = SessionRecord(key: record.key, session: session)
    }
    func named(isBooked: Bool) -> String? {
      Self.refusal(venue, Venue.roomA, "09:10", isBooked: { isBooked && $0.session?.session.id == "room-a-2" })?.help?
        .nextSession?.session.id
    }
    #expect(named(isBooked: true) == "room-a-2" && named(isBooked: false) == "room-a-3")
  }

  @Test("comes with a time from which the door admits the person, or with none") func opening() {
    var venue = Venue()
    let first = Self.refusal(venue, Venue.roomA, "07:00")
    #expect(first?.reason == .outsideHours && first?.opensAt == at("2024-05-27T08:45:00+02:00"))
    for index in venue.sessions.indices where venue.sessions[index].session.id == "room-a-1" {
      let record = venue.sessions[index]
      var session = record.session
      session.admittedGroups = ["Academia"]
      venue.sessions[index] = SessionRecord(key: record.key, session: session)
    }
    // The first is not for the person; the second is.
    let second = Self.refusal(venue, Venue.roomA, "07:00")
    #expect(second?.reason == .outsideHours && second?.opensAt == at("2024-05-27T10:45:00+02:00"))
    venue.checkpoints[Venue.roomA]?.admits = AdmissionList(groups: ["Academia"])
    #expect(Self.refusal(venue, Venue.roomA, "07:00").map { $0.opensAt == nil } == true)
    // A room without a session on the person's day does not open then.
    let other = Self.refusal(venue, Venue.roomB, "09:10") { $0.days = [day("2024-05-28")] }
    #expect(other?.reason == .otherDay && other?.opensAt == nil)
  }

  @Test("is the next session at the door that is for the person, from when the door leads to it") func sessions() {
    var venue = Venue()
    // 12:30 to 14:00 begins as the one before ends.
    for index in venue.sessions.indices where venue.sessions[index].session.id != "room-a-3" {
      let record = venue.sessions[index]
      var session = record.session
      session.admittedGroups = ["Academia"]
      venue.sessions[index] = SessionRecord(key: record.key, session: session)
    }
    let next = Self.help(venue, Venue.roomA, "09:10")?.nextSession
    #expect(next?.session.id == "room-a-3" && next?.opensAt == at("2024-05-27T12:30:00+02:00"))
    #expect(Self.help(venue, Venue.roomA, "07:00") { $0.group = "Academia" }?.nextSession?.session.id == "room-a-1")
    #expect(Self.help(venue, Venue.roomB, "09:10") == nil)
    #expect(Self.help(venue, Venue.roomA, "15:00") == nil)
    // A day later, and no session is named of a day on which the person may not come.
    for index in venue.sessions.indices where venue.sessions[index].session.id == "room-a-3" {
      let record = venue.sessions[index]
      var session = record.session
      session.span = session.span.lowerBound + .seconds(86_400)..<session.span.upperBound + .seconds(86_400)
      venue.sessions[index] = SessionRecord(key: record.key, session: session)
    }
    func named(_ days: [LocalDate]) -> String? {
      Self.help(venue, Venue.roomA, "15:00") { $0.days = days }?.nextSession?.session.id
    }
    #expect(named([]) == "room-a-3" && named([day("2024-05-27"), day("2024-05-28")]) == "room-a-3")
    #expect(named([day("2024-05-27")]) == nil)
  }

  @Test("is another way into the same area that is open and for the person") func doors() {
    var venue = Venue()
    venue.checkpoints[Venue.lane1]?.admits = AdmissionList(groups: ["Academia"])
    #expect(Self.help(venue, Venue.lane1, "09:00")?.doors == [Venue.lane2])
    venue.checkpoints[Venue.lane2]?.isClosed = true
    #expect(Self.help(venue, Venue.lane1, "09:00") == nil)
    #expect(Self.help(venue, Venue.lane2, "09:00") == nil)
    #expect(Self.help(venue, Venue.lane2, "09:00") { $0.group = "Academia" }?.doors == [Venue.lane1])
    venue.checkpoints[Venue.lane1]?.hours = DailyHours(opens: 1200, closes: 1260) ?? .wholeDay
    #expect(Self.help(venue, Venue.lane2, "09:00") { $0.group = "Academia" } == nil)
  }

  @Test("is another door of the room, before a later session") func doorsOfRoom() {
    var venue = Venue()
    venue.checkpoints[Venue.roomB]?.area = "room-a"
    venue.checkpoints[Venue.roomA]?.admits = AdmissionList(groups: ["Academia"])
    let help = Self.help(venue, Venue.roomA, "09:10")
    #expect(help?.doors == [Venue.roomB] && help?.nextSession == nil)
    // The other door leads to no session now.
    #expect(Self.help(venue, Venue.roomA, "10:35") == nil)
    venue.checkpoints[Venue.roomA]?.admits = AdmissionList()
    #expect(Self.help(venue, Venue.roomA, "10:35")?.nextSession?.session.id == "room-a-2")
    venue.checkpoints[Venue.roomA]?.isClosed = true
    #expect(Self.help(venue, Venue.roomA, "09:10")?.doors == [Venue.roomB])
    #expect(Self.help(venue, Venue.roomA, "10:35") == nil)
    venue.checkpoints[Venue.roomB]?.requiresBooking = true
    #expect(Self.help(venue, Venue.roomA, "09:10") == nil)
  }

  @Test("is nothing where the badge or the registration is at fault") func none() {
    let venue = Venue()
    #expect(Self.help(venue, Venue.lane1, "09:00") { $0.badgeState = .held } == nil)
    #expect(Self.help(venue, Venue.lane1, "09:00") { $0.registrationState = .cancelled } == nil)
  }
}

@Suite("A need that the event lists") struct ListedNeedTests {
  private static let listed = [
    "Wheelchair", "guide dog", "fauteuil roulant", "轮椅", "кресло-коляска", "휠체어", "안내", "كرسي متحرك", "كلب", "รถเข็น",
    "車椅子",
  ]

  @Test(
    "shows where an answer names it, compared as names are",
    arguments: [
      ("I use a wheelchair.", "Wheelchair"), ("WHEELCHAIRS, and a Guide  Dog", "Wheelchair, guide dog"),
      ("En fauteuil roulant", "fauteuil roulant"), ("我使用轮椅", "轮椅"), ("Кресло-коляска", "кресло-коляска"),
      ("휠체어가 필요합니다", "휠체어"), ("저는 휠체어를 탑니다", "휠체어"), ("전동휠체어", ""), ("안내견", "안내"), ("안낸다", ""),
      ("أحتاج إلى كرسي متحرك", "كرسي متحرك"), ("بالكرسي المتحرك", "كرسي متحرك"), ("أستخدم كرسيًا متحركًا", "كرسي متحرك"),
      ("وللكلب مكان", "كلب"), ("كلبي", "كلب"), ("متحرك كرسي", ""), ("المكلب", ""), ("ฉันใช้รถเข็น", "รถเข็น"),
      ("車椅子で行きます", "車椅子"),
      ("我用wheelchair", "Wheelchair"), ("我有轮胎", ""),
      ("Vegetarian", ""), ("electricwheelchair", ""), ("a dog and a guide", ""), ("", ""),
    ]
  )
  func names(answer: String, needs: String) {
    #expect(Event.needs(Self.listed, in: answer) == needs)
    #expect(Event.needs([], in: answer).isEmpty)
  }

  @Test("marks a badge for attention, beside what somebody noted") func mark() {
    #expect(AttentionMark.none.showing("") == .none)
    #expect(AttentionMark.none.showing("wheelchair") == AttentionMark(attention: .specialNeeds, note: "wheelchair"))
    let escort = AttentionMark(attention: .escort, note: "Gate 2")
    #expect(escort.showing("wheelchair") == AttentionMark(attention: .escort, note: "Gate 2 · wheelchair"))
  }
}
