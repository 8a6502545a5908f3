import LanyardDomain
import Testing

@Suite("A session door") struct SessionDoorTests {
  private let venue = Venue()

  private func session(_ time: String) -> String? {
    venue.door(Venue.roomA, at("2024-05-27T\(time)+02:00")).session?.session.code
  }

  private func decide(_ venue: Venue, _ time: String, _ direction: Direction? = nil, _ presences: [Presence] = [])
    -> Decision
  {
    venue.decide(Venue.badge(), Venue.roomA, "2024-05-27T\(time)+02:00", direction: direction, presences: presences)
  }

  @Test("leads to the session in progress, else to the one whose early entry has begun") func session() {
    #expect(session("08:44:59") == nil)
    #expect(session("08:45:00") == "room-a-1")
    #expect(session("10:29:59") == "room-a-1")
    #expect(session("10:30:00") == nil)
    #expect(session("10:45:00") == "room-a-2")
    #expect(session("12:20:00") == "room-a-2")
    #expect(session("12:30:00") == "room-a-3")
    #expect(session("14:00:00") == nil)
  }

  @Test("is shut between sessions and says when it opens next") func shut() {
    #expect(decide(venue, "09:00:00") == .admitted)
    let between = decide(venue, "10:35:00").refusal
    #expect(between?.reason == .outsideHours && between?.opensAt == at("2024-05-27T10:45:00+02:00"))
    let after = decide(venue, "14:00:00").refusal
    #expect(after?.reason == .outsideHours && after?.opensAt == nil)
  }

  @Test("admits anew to the next session who stayed in the room") func nextSession() {
    let earlier = venue.presence(Venue.roomA, "2024-05-27T11:10:00+02:00")
    #expect(decide(venue, "12:29:59", nil, [earlier]).reason == .alreadyInside)
    #expect(decide(venue, "12:30:00", nil, [earlier]) == .admitted)
  }

  @Test("lets out after the session who came for it, by turns too") func outAfterwards() {
    var venue = venue
    venue.checkpoints[Venue.roomA]?.directions = .byTurns
    let earlier = venue.presence(Venue.roomA, "2024-05-27T09:10:00+02:00")
    #expect(decide(venue, "10:35:00", .out, [earlier]) == .left(wasInside: true))
    #expect(decide(venue, "10:35:00", nil, [earlier]) == .left(wasInside: true))
    #expect(decide(venue, "10:35:00").reason == .outsideHours)
    #expect(decide(venue, "09:20:00", nil, [earlier]) == .left(wasInside: true))
    #expect(decide(venue, "10:50:00", nil, [earlier]) == .admitted)
  }

  @Test("remembers who is inside when its early entry is changed") func earlyEntryChanged() {
    var venue = venue
    let earlier = venue.presence(Venue.roomA, "2024-05-27T08:50:00+02:00")
    venue.checkpoints[Venue.roomA]?.earlyEntry = .seconds(30 * 60)
    #expect(decide(venue, "08:51:00", nil, [earlier]).reason == .alreadyInside)
  }

  @Test("knows after midnight who came before it") func midnight() {
    var venue = venue
    let span = at("2024-05-27T23:00:00+02:00")..<at("2024-05-28T01:00:00+02:00")
    venue.sessions.append(
      SessionRecord(
        key: Key(99),
        session: Session(code: "N", title: "N", span: span, timeZone: Venue.zone, room: "room-a", checkpoint: "room-a")
      )
    )
    let earlier = venue.presence(Venue.roomA, "2024-05-27T23:10:00+02:00")
    let answer = venue.decide(
      Venue.badge(),
      Venue.roomA,
      "2024-05-28T00:30:00+02:00",
      direction: .out,
      presences: [earlier]
    )
    #expect(answer == .left(wasInside: true))
  }

  @Test("admits the groups of its session, and as many as fit both room and session") func sessionRules() throws {
    var venue = venue
    let first = try #require(venue.sessions.first)
    var session = first.session
    session.admittedGroups = ["Academia", "UN"]
    session.capacity = 3
    venue.sessions[0] = SessionRecord(key: first.key, session: session)
    #expect(decide(venue, "09:00:00").refusal?.admittedHere == ["Academia", "UN"])
    venue.checkpoints[Venue.roomA]?.admits.groups = ["UN"]
    #expect(decide(venue, "09:00:00").refusal?.admittedHere == ["UN"])
    venue.checkpoints[Venue.roomA]?.capacity = 5
    #expect(venue.door(Venue.roomA, at("2024-05-27T09:00:00+02:00")).capacity == 3)
    #expect(venue.door(Venue.roomA, at("2024-05-27T11:00:00+02:00")).capacity == 5)
    #expect(venue.door(Venue.roomB, at("2024-05-27T11:00:00+02:00")).capacity == nil)
    #expect(venue.plan.door(Key(77), now: at("2024-05-27T11:00:00+02:00")) == nil)
  }
}
