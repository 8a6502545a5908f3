import LanyardDomain
import Testing

@Suite("The answer to a scan") struct AdmissionTests {
  private let venue = Venue()

  @Test("is admitted for a badge in order") func admitted() {
    #expect(venue.decide(Venue.badge()) == .admitted)
  }

  @Test(
    "names what is wrong with the code",
    arguments: [
      (BadgeReading.unreadable, RefusalReason.unreadable), (.forged, .forged), (.unknownKey, .unknownKey),
      (.unrecorded(event: "forum"), .unknownBadge), (.unrecorded(event: "fair"), .otherEvent),
      (Venue.badge { $0.event = Key(2) }, .otherEvent),
    ]
  )
  func code(_ reading: BadgeReading, _ reason: RefusalReason) {
    #expect(venue.decide(reading).reason == reason)
  }

  @Test(
    "names what is wrong with the badge or registration",
    arguments: [
      (Venue.badge { $0.badgeState = .replaced }, RefusalReason.replaced),
      (Venue.badge { $0.badgeState = .revoked }, .revoked),
      (Venue.badge { $0.badgeState = .notActivated }, .notActivated),
      (Venue.badge { $0.registrationState = .cancelled }, .cancelled),
      (Venue.badge { $0.registrationState = .submitted }, .notConfirmed),
      (Venue.badge { $0.registrationState = .waitlisted }, .notConfirmed),
      (Venue.badge { $0.registrationState = .rejected }, .notConfirmed),
      (Venue.badge { $0.participation = .remote }, .remoteOnly),
    ]
  )
  func badge(_ reading: BadgeReading, _ reason: RefusalReason) {
    #expect(venue.decide(reading).reason == reason)
  }

  @Test("is a matter of the badge's time and the event's days") func time() {
    let early = venue.decide(Venue.badge(), Venue.lane1, "2024-05-26T23:59:59+02:00").refusal
    #expect(early?.reason == .notYetValid && early?.opensAt == at("2024-05-27T00:00:00+02:00"))
    #expect(venue.decide(Venue.badge(), Venue.lane1, "2024-05-30T00:00:00+02:00").reason == .expired)
    let always = Venue.badge { $0.validity = at("2024-01-01T00:00:00Z")..<at("2025-01-01T00:00:00Z") }
    let before = venue.decide(always, Venue.lane1, "2024-05-26T12:00:00+02:00").refusal
    #expect(before?.reason == .outsideHours && before?.opensAt == at("2024-05-27T00:00:00+02:00"))
    let after = venue.decide(always, Venue.lane1, "2024-05-30T00:00:00+02:00").refusal
    #expect(after?.reason == .outsideHours && after?.opensAt == nil)
  }

  @Test("is a matter of whom and whether the place admits") func place() {
    var venue = venue
    venue.checkpoints[Venue.lane1]?.admits = AdmissionList(groups: ["Academia"], roles: ["Minister"])
    #expect(venue.decide(Venue.badge()).refusal?.admittedHere == ["Academia", "Minister"])
    #expect(venue.decide(Venue.badge()).reason == .notAdmittedHere)
    #expect(venue.decide(Venue.badge { $0.role = "Minister" }) == .admitted)
    venue.checkpoints[Venue.lane2]?.directions = .outOnly
    #expect(venue.decide(Venue.badge(), Venue.lane2) == .left(wasInside: false))
    #expect(venue.decide(Venue.badge(), Venue.lane2, direction: .into).reason == .notAdmittedHere)
    venue.checkpoints[Venue.terrace]?.isClosed = true
    #expect(venue.decide(Venue.badge(), Venue.terrace).reason == .checkpointClosed)
  }

  @Test("says where and when the person came in, through another lane too") func alreadyInside() {
    let earlier = venue.presence(Venue.lane2, "2024-05-27T08:00:00+02:00")
    let refusal = venue.decide(Venue.badge(), presences: [earlier]).refusal
    #expect(refusal == Refusal(.alreadyInside, earlier: earlier))
    #expect(venue.decide(Venue.badge(), Venue.terrace, presences: [earlier]) == .admitted)
  }

  @Test("admits again who left, unless re-entry is off") func reentry() {
    var venue = venue
    let earlier = venue.presence(Venue.lane2, "2024-05-27T08:00:00+02:00", inside: false)
    #expect(venue.decide(Venue.badge(), presences: [earlier]) == .admitted)
    venue.checkpoints[Venue.lane1]?.reentry = .never
    #expect(venue.decide(Venue.badge(), presences: [earlier]).refusal == Refusal(.alreadyAdmitted, earlier: earlier))
    #expect(venue.decide(Venue.badge(), Venue.lane1, "2024-05-28T08:00:00+02:00", presences: [earlier]) == .admitted)
  }

  @Test("admits who forgot to leave yesterday") func yesterday() {
    let earlier = venue.presence(Venue.lane1, "2024-05-27T08:00:00+02:00")
    #expect(venue.decide(Venue.badge(), Venue.lane1, "2024-05-28T08:00:00+02:00", presences: [earlier]) == .admitted)
  }

  @Test("is full at the least limit of the area") func full() {
    var venue = venue
    venue.checkpoints[Venue.lane2]?.capacity = 2
    for lane in [Venue.lane1, Venue.lane2] {
      #expect(venue.decide(Venue.badge(), lane, inside: 1) == .admitted)
      #expect(venue.decide(Venue.badge(), lane, inside: 2).reason == .full)
    }
    #expect(venue.decide(Venue.badge(), Venue.terrace, inside: 2) == .admitted)
  }

  @Test("never refuses a badge on record the way out", arguments: BadgeState.allCases)
  func wayOut(_ state: BadgeState) {
    var venue = venue
    venue.checkpoints[Venue.lane1]?.isClosed = true
    venue.checkpoints[Venue.lane1]?.directions = .inOnly
    let reading = Venue.badge {
      $0.badgeState = state
      $0.registrationState = .cancelled
      $0.participation = .remote
    }
    let inside = venue.presence(Venue.lane2, "2024-05-27T08:00:00+02:00")
    #expect(venue.decide(reading, direction: .out, presences: [inside]) == .left(wasInside: true))
    #expect(venue.decide(reading, Venue.lane1, "2025-01-01T00:00:00Z", direction: .out) == .left(wasInside: false))
    #expect(venue.decide(.forged, direction: .out).reason == .forged)
    #expect(venue.decide(Venue.badge { $0.event = Key(2) }, direction: .out).reason == .otherEvent)
  }

  @Test("goes by turns where the checkpoint does") func byTurns() {
    var venue = venue
    venue.checkpoints[Venue.lane1]?.directions = .byTurns
    let earlier = venue.presence(Venue.lane2, "2024-05-27T08:00:00+02:00")
    #expect(venue.decide(Venue.badge(), presences: [earlier]) == .left(wasInside: true))
    #expect(venue.decide(Venue.badge()) == .admitted)
    #expect(venue.decide(Venue.badge(), direction: .into, presences: [earlier]).reason == .alreadyInside)
  }

  @Test("is one reason, the first that holds") func order() {
    var venue = venue
    venue.checkpoints[Venue.lane1]?.admits.groups = ["Academia"]
    venue.checkpoints[Venue.lane1]?.isClosed = true
    venue.checkpoints[Venue.lane1]?.reentry = .never
    venue.checkpoints[Venue.lane1]?.capacity = 1
    var holder = BadgeHolder(
      registration: Key(1),
      event: Key(2),
      badgeState: .replaced,
      validity: at("2024-01-01T00:00:00Z")..<at("2024-01-02T00:00:00Z"),
      registrationState: .cancelled,
      participation: .remote,
      group: "Government",
      role: ""
    )
    let used = venue.presence(Venue.lane2, "2024-05-27T08:00:00+02:00")
    var presences = [used]
    func next() -> RefusalReason? {
      venue.decide(.recorded(holder), presences: presences, inside: 1).reason
    }
    #expect(next() == .otherEvent)
    holder.event = Venue.event
    #expect(next() == .replaced)
    holder.badgeState = .active
    #expect(next() == .cancelled)
    holder.registrationState = .waitlisted
    #expect(next() == .notConfirmed)
    holder.registrationState = .confirmed
    #expect(next() == .remoteOnly)
    holder.participation = .onsite
    #expect(next() == .expired)
    holder.validity = at("2024-05-01T00:00:00Z")..<at("2024-06-01T00:00:00Z")
    #expect(next() == .notAdmittedHere)
    holder.group = "Academia"
    #expect(next() == .checkpointClosed)
    venue.checkpoints[Venue.lane1]?.isClosed = false
    #expect(next() == .alreadyInside)
    presences[0].isInside = false
    #expect(next() == .alreadyAdmitted)
    presences = []
    #expect(next() == .full)
    venue.checkpoints[Venue.lane1]?.capacity = 2
    #expect(next() == nil)
  }
}
