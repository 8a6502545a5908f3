import LanyardDomain
import LanyardTesting
import Testing

@Suite("What would help who is refused after midnight, or was there before") struct RefusalHelpUseTests {
  @Test("comes after midnight with the day's next session too, for whom the one in progress is not") func night() {
    var venue = Venue()
    for (id, start, end) in [("room-a-1", "27T22:00", "28T02:00"), ("room-a-2", "28T09:00", "28T10:00")] {
      guard let index = venue.sessions.firstIndex(where: { $0.session.id == id }) else { return }
      let record = venue.sessions[index]
      var session = record.session
      session.span = at("2024-05-\(start):00+02:00")..<at("2024-05-\(end):00+02:00")
      venue.sessions[index] = SessionRecord(key: record.key, session: session)
    }
    let now = at("2024-05-28T00:30:00+02:00")
    let badge = Venue.badge { $0.days = [day("2024-05-28")] }
    let door = venue.door(Venue.roomA, now)
    let refusal = AdmissionFold().decide(
      badge,
      direction: .into,
      isBooked: { _ in false },
      door: door,
      plan: venue.plan,
      now: now
    ).decision.refusal
    #expect(refusal?.reason == .otherDay && refusal?.opensAt == at("2024-05-28T08:45:00+02:00"))
  }

  @Test("names no door that would refuse the person too, since they were there") func usedDoors() {
    let now = at("2024-05-27T09:00:00+02:00")
    func doors(_ change: (inout Checkpoint) -> Void, _ presence: (Venue) -> Presence) -> [Key<Checkpoint>] {
      var venue = Venue()
      venue.checkpoints[Venue.lane1]?.admits = AdmissionList(groups: ["Academia"])
      if var lane = venue.checkpoints[Venue.lane2] {
        change(&lane)
        venue.checkpoints[Venue.lane2] = lane
      }
      var fold = AdmissionFold()
      fold.load([presence(venue)], of: Key(1))
      let (badge, door) = (Venue.badge(), venue.door(Venue.lane1, now))
      let decision = fold.decide(
        badge,
        direction: .into,
        isBooked: { _ in false },
        door: door,
        plan: venue.plan,
        now: now
      ).decision
      return decision.refusal?.help?.doors ?? []
    }
    let left: (Venue) -> Presence = { $0.presence(Venue.lane2, "2024-05-27T08:50:00+02:00", inside: false) }
    let inside: (Venue) -> Presence = { $0.presence(Venue.lane2, "2024-05-27T08:50:00+02:00") }
    #expect(doors({ _ in }, left) == [Venue.lane2])
    #expect(doors({ $0.reentry = .never }, left).isEmpty)
    #expect(doors({ $0.pause = .seconds(1800) }, left).isEmpty)
    #expect(doors({ $0.mostEntries = 1 }, left).isEmpty)
    #expect(doors({ _ in }, inside).isEmpty)
    #expect(doors({ $0.reentry = .unscanned }, inside) == [Venue.lane2])
  }
}
