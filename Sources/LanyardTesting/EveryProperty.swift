package import LanyardDomain

/// What changes each property of a value that is enumerated in several places, by the property's name: tests that walk all of
/// them find the place that lacks one.
package struct EveryProperty<Value: Sendable>: Sendable {
  package let changes: [(name: String, change: @Sendable (inout Value) -> Void)]
  /// The one that says which value it is, and those that are told of by themselves.
  private let others: [String]

  fileprivate init(butFor others: String..., changes: [(name: String, change: @Sendable (inout Value) -> Void)]) {
    (self.others, self.changes) = (others, changes)
  }

  /// Names of properties that a value has and nothing here changes, or the other way round.
  package func missing(from value: Value) -> Set<String> {
    let all = Set(Mirror(reflecting: value).children.compactMap(\.label))
    return all.symmetricDifference(changes.map(\.name)).subtracting(others)
  }

  /// A value with all of them changed.
  package func changed(_ value: Value) -> Value {
    var value = value
    for (_, change) in changes { change(&value) }
    return value
  }
}

extension EveryProperty<Event> {
  package static var ofEvent: EveryProperty {
    EveryProperty(
      butFor: "slug",
      "questions",
      changes: [
        ("title", { $0.title = LocalizedText("Another", translations: [.french: "Un autre"]) }),
        ("startDate", { $0.startDate = SampleData.day(2) }), ("endDate", { $0.endDate = SampleData.day(30) }),
        ("timeZone", { $0.timeZone = "Asia/Tokyo" }), ("city", { $0.city = "Tokyo" }),
        ("country", { $0.country = "JP" }), ("organisers", { $0.organisers = "ITU" }),
        ("onsiteCapacity", { $0.onsiteCapacity = 7 }),
        ("movingUp", { $0.movingUp = MovingUp(isOn: false, ends: Instant(seconds: 9)) }),
        (
          "mail",
          { ($0.mail.reach, $0.mail.contact, $0.mail.remindsAt) = (.everyone, "a@b.example", Instant(seconds: 9)) }
        ),
        (
          "inPublic",
          { $0.inPublic = PublicRegistration(opens: Instant(seconds: 8), closes: Instant(seconds: 9)) }
        ),
        ("allowsRemote", { $0.allowsRemote.toggle() }),
        ("tracks", { $0.tracks = [Term(id: "AI", labels: [.french: "IA"])].numbered() }),
        (
          "stakeholderGroups",
          { $0.stakeholderGroups = [Term(id: "States", labels: [.french: "États"], quota: 5)].numbered() }
        ),
        ("guestRoles", { $0.guestRoles = [Term(id: "Speaker", labels: [.french: "Orateur"])].numbered() }),
        ("reviewedStakeholderGroups", { $0.reviewedStakeholderGroups = ["States"] }),
        ("reviewedGuestRoles", { $0.reviewedGuestRoles = ["Speaker"] }),
        ("deadlines", { $0.deadlines = ["registration": SampleData.day(1)] }),
        ("retentionDays", { $0.retentionDays = 30 }),
        ("listedNeeds", { $0.listedNeeds = ["wheelchair"] }), ("allowsMissedExits", { $0.allowsMissedExits.toggle() }),
        ("language", { $0.language = .french }), ("activatesBadges", { $0.activatesBadges.toggle() }),
        ("activatedStakeholderGroups", { $0.activatedStakeholderGroups = ["States"] }),
      ]
    )
  }
}

extension EveryProperty<Session> {
  package static var ofSession: EveryProperty {
    EveryProperty(
      butFor: "code",
      changes: [
        ("title", { $0.title = LocalizedText("Closing", translations: [.french: "Clôture"]) }),
        ("track", { $0.track = "AI" }), ("timeZone", { $0.timeZone = "Asia/Tokyo" }), ("venue", { $0.venue = "CICG" }),
        ("span", { $0.span = $0.span.upperBound..<$0.span.upperBound + .seconds(60) }), ("room", { $0.room = "B" }),
        ("city", { $0.city = "Geneva" }), ("country", { $0.country = "CH" }), ("capacity", { $0.capacity = 4 }),
        ("allowsRemote", { $0.allowsRemote.toggle() }), ("admittedGroups", { $0.admittedGroups = ["States"] }),
        ("requiresBooking", { $0.requiresBooking.toggle() }), ("isSample", { $0.isSample.toggle() }),
        ("checkpoint", { $0.checkpoint = "room-b" }), ("stream", { $0.stream = "https://live.example.org/b" }),
      ]
    )
  }
}

extension EveryProperty<Checkpoint> {
  package static var ofCheckpoint: EveryProperty {
    EveryProperty(
      butFor: "id",
      changes: [
        ("displayName", { $0.displayName = "North gate" }), ("kind", { $0.kind = .zone }),
        ("area", { $0.area = "lounge" }), ("within", { $0.within = "venue" }), ("capacity", { $0.capacity = 9 }),
        ("admits", { $0.admits = AdmissionList(groups: ["States"], roles: ["Speaker"], participations: [.remote]) }),
        ("directions", { $0.directions = .inOnly }), ("reentry", { $0.reentry = .never }),
        ("pause", { $0.pause = .seconds(60) }), ("mostEntries", { $0.mostEntries = 3 }),
        ("mostDays", { $0.mostDays = 2 }), ("earlyEntry", { $0.earlyEntry = .seconds(120) }),
        ("grace", { $0.grace = .seconds(60) }), ("isClosed", { $0.isClosed.toggle() }),
        ("hours", { $0.hours = DailyHours(opens: 480, closes: 1080) ?? .wholeDay }),
        ("days", { $0.days = [SampleData.day(3)] }), ("requiresBooking", { $0.requiresBooking.toggle() }),
        ("timeZone", { $0.timeZone = "Asia/Tokyo" }),
      ]
    )
  }
}

/// Values of which no property is one of those that `EveryProperty` gives.
package enum BareValues {
  package static let event = Event(
    slug: "bare",
    title: "Bare",
    startDate: SampleData.day(3),
    endDate: SampleData.day(5),
    timeZone: "Europe/Zurich"
  )
  package static let session = Session(
    code: "S1",
    title: "Opening",
    span: SampleData.firstMorning..<SampleData.firstMorning + .seconds(3600),
    timeZone: "Europe/Zurich",
    room: "A",
    checkpoint: "room-a"
  )
  package static let checkpoint = checkpoint("gate")

  package static func checkpoint(_ id: String) -> Checkpoint {
    Checkpoint(id: id, displayName: "Gate", kind: .entrance, area: "venue", timeZone: "Europe/Zurich")
  }
}
