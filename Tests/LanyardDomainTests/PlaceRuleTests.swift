import LanyardDomain
import Testing

@Suite("Whom a place admits")
struct PlaceRuleTests {
  private func decide(
    _ venue: Venue,
    _ badge: BadgeReading = Venue.badge(),
    booked: Bool = false,
    overriding: Bool = false
  ) -> Verdict {
    let now = at("2024-05-27T08:50:00+02:00")
    return AdmissionFold().decide(
      badge,
      direction: nil,
      isBooked: { _ in booked },
      overriding: overriding,
      door: venue.door(Venue.terrace, now),
      plan: venue.plan,
      now: now
    )
  }

  @Test("who is booked, where booking is asked for, after the groups and before it is closed") func booked() {
    var venue = Venue()
    venue.checkpoints[Venue.terrace]?.requiresBooking = true
    #expect(decide(venue).decision.reason == .notBooked)
    #expect(decide(venue, booked: true).decision == .admitted)
    venue.checkpoints[Venue.terrace]?.isClosed = true
    #expect(decide(venue).decision.reason == .notBooked)
    #expect(decide(venue, booked: true).decision.reason == .checkpointClosed)
    venue.checkpoints[Venue.terrace]?.admits.groups = ["Academia"]
    #expect(decide(venue, booked: true).decision.reason == .notAdmittedHere)
  }

  @Test("a session's own list counts as well") func bookedSession() throws {
    var venue = Venue()
    var session = try #require(venue.sessions.first).session
    session.requiresBooking = true
    venue.sessions[0] = SessionRecord(key: Key(1), session: session)
    #expect(venue.decide(Venue.badge(), Venue.roomA, "2024-05-27T09:10:00+02:00").reason == .notBooked)
    #expect(venue.decide(Venue.badge(), Venue.roomA, "2024-05-27T11:10:00+02:00") == .admitted)
  }

  @Test("remote participants, where it says so, and then only them") func participation() {
    var venue = Venue()
    let remote = Venue.badge { $0.participation = .remote }
    #expect(decide(venue, remote).decision.reason == .remoteOnly)
    venue.checkpoints[Venue.terrace]?.admits.participations = [.onsite, .remote]
    #expect(decide(venue, remote).decision == .admitted)
    venue.checkpoints[Venue.terrace]?.admits.participations = [.remote]
    #expect(decide(venue, remote).decision == .admitted)
    let onsite = decide(venue).decision.refusal
    #expect(onsite?.reason == .notAdmittedHere && onsite?.admittedHere == [])
    #expect(onsite?.admittedParticipations == [.remote])
  }

  @Test("whoever a supervisor lets in, if the badge is on record", arguments: RefusalReason.allCases)
  func overriding(reason: RefusalReason) {
    var venue = Venue()
    var badge = Venue.badge()
    switch reason {
    case .unreadable: badge = .unreadable
    case .forged: badge = .forged
    case .unknownKey: badge = .unknownKey
    case .unknownBadge: badge = .unrecorded(event: "forum")
    case .otherEvent: badge = Venue.badge { $0.event = Key(9) }
    case .revoked: badge = Venue.badge { $0.badgeState = .revoked }
    case .cancelled: badge = Venue.badge { $0.registrationState = .cancelled }
    case .notBooked: venue.checkpoints[Venue.terrace]?.requiresBooking = true
    case .checkpointClosed: venue.checkpoints[Venue.terrace]?.isClosed = true
    default: return
    }
    let verdict = decide(venue, badge, overriding: true)
    let isOnRecord = ![.unreadable, .forged, .unknownKey, .unknownBadge, .otherEvent].contains(reason)
    #expect((verdict.decision == .admitted) == isOnRecord)
    #expect(verdict.overridden == (isOnRecord ? reason : nil))
  }

  @Test("an override that was not needed is none") func needless() {
    #expect(decide(Venue(), overriding: true) == Verdict(decision: .admitted, direction: .into, overridden: nil))
  }
}
