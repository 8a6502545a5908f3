import LanyardDomain
import LanyardTesting
import Testing

/// One person who passes the doors of a venue one after the other.
private final class Walk {
  let plan: VenuePlan
  private(set) var fold = AdmissionFold()

  init(_ venue: Venue) {
    plan = venue.plan
    fold.load([], of: Key(1))
  }

  /// Whether the rules let the person pass.
  @discardableResult
  func pass(
    _ key: Key<Checkpoint>,
    _ direction: Direction = .into,
    overriding: Bool = false,
    _ time: String = "2024-05-27T09:30:00+02:00"
  ) -> Bool {
    guard let door = plan.door(key, now: at(time)) else { return false }
    let verdict = fold.admit(
      Venue.badge(),
      direction: direction,
      isBooked: { _ in false },
      overriding: overriding,
      door: door,
      plan: plan,
      now: at(time)
    )
    if case .refused = verdict.decision { return false }
    return true
  }

  /// The checkpoints through which the person is inside.
  var inside: Set<Key<Checkpoint>> {
    Set(fold.presences(of: Key(1)).filter(\.isInside).map(\.checkpoint))
  }
}

@Suite("Who left without being scanned")
struct LeavingTests {
  @Test("Is out of a zone and a room that a door does not stand in, whichever way it is passed")
  func elsewhere() {
    for way in [Direction.into, .out] {
      for (zone, door) in [(Venue.terrace, Venue.roomA), (Venue.roomA, Venue.terrace), (Venue.roomA, Venue.roomB)] {
        let walk = Walk(Venue())
        for key in [Venue.lane1, zone] { #expect(walk.pass(key)) }
        #expect(walk.pass(door, way))
        #expect(walk.inside == (way == .into ? [Venue.lane1, door] : [Venue.lane1]))
      }
      let walk = Walk(Venue())
      for key in [Venue.lane1, Venue.terrace] { #expect(walk.pass(key)) }
      #expect(walk.pass(Venue.lane2, way, overriding: true))
      #expect(walk.inside == (way == .into ? [Venue.lane2] : []))
    }
  }

  @Test("Stays where a refusal leaves everybody")
  func refused() {
    var venue = Venue()
    venue.checkpoints[Venue.roomA]?.isClosed = true
    let walk = Walk(venue)
    for key in [Venue.lane1, Venue.terrace] { #expect(walk.pass(key)) }
    #expect(!walk.pass(Venue.roomA) && walk.inside == [Venue.lane1, Venue.terrace])
  }

  @Test("Is still in the zones around a door, however deep it stands, and out of them with the outermost")
  func nested() {
    var venue = Venue()
    venue.checkpoints[Venue.roomA]?.within = "terrace"
    venue.checkpoints[Venue.roomB]?.within = "terrace"
    var walk = Walk(venue)
    for key in [Venue.lane1, Venue.terrace, Venue.roomA] { #expect(walk.pass(key)) }
    #expect(walk.inside == [Venue.lane1, Venue.terrace, Venue.roomA])
    #expect(walk.pass(Venue.roomB) && walk.inside == [Venue.lane1, Venue.terrace, Venue.roomB])
    #expect(walk.pass(Venue.roomB, .out) && walk.inside == [Venue.lane1, Venue.terrace])
    #expect(walk.pass(Venue.roomA) && walk.pass(Venue.terrace, .out) && walk.inside == [Venue.lane1])
    venue.checkpoints[Venue.terrace]?.within = "room-b"
    venue.checkpoints[Venue.roomB]?.within = ""
    walk = Walk(venue)
    for key in [Venue.roomB, Venue.terrace, Venue.roomA] { #expect(walk.pass(key)) }
    // Nobody is in two rooms at once.
    #expect(walk.inside == [Venue.terrace, Venue.roomA])
  }

  @Test("Is out of a zone that is open longer when the last entrance closes, and counted anew there until it closes")
  func lastClosing() throws {
    var venue = Venue()
    venue.checkpoints[Venue.lane1]?.hours = try #require(DailyHours(opens: 480, closes: 1080))
    venue.checkpoints[Venue.lane2]?.hours = try #require(DailyHours(opens: 480, closes: 1200))
    venue.checkpoints[Venue.terrace]?.hours = try #require(DailyHours(opens: 600, closes: 120))
    let inside = venue.presence(Venue.terrace, "2024-05-27T19:00:00+02:00")
    func answer(_ time: String, _ presence: Presence = inside) -> Decision {
      venue.decide(Venue.badge(), Venue.terrace, "2024-05-\(time):00+02:00", presences: [presence])
    }
    #expect(answer("27T19:59").reason == .alreadyInside)
    #expect(answer("27T20:00") == .admitted)
    let late = venue.presence(Venue.terrace, "2024-05-27T21:00:00+02:00")
    #expect(answer("28T01:59", late).reason == .alreadyInside)
    #expect(answer("28T10:00", late) == .admitted && answer("28T10:00") == .admitted)
    // An entrance that never closes takes nobody out of a zone at midnight.
    venue.checkpoints[Venue.lane1]?.hours = .wholeDay
    let party = venue.presence(Venue.terrace, "2024-05-27T23:30:00+02:00")
    #expect(answer("28T00:30", party).reason == .alreadyInside)
    // Its own area counts anew from then on, and the zone when its last door closes.
    let guest = venue.presence(Venue.lane1, "2024-05-27T23:30:00+02:00")
    #expect(venue.decide(Venue.badge(), Venue.lane1, "2024-05-28T00:30:00+02:00", presences: [guest]) == .admitted)
    #expect(answer("28T10:00", party) == .admitted)
  }

  @Test("Is counted in one period after the other, however late the zone and the entrances close")
  func periods() throws {
    for (venueCloses, zoneCloses) in [(1200, 120), (1200, 1380), (60, 1439), (120, 240), (1439, 1)] {
      var venue = Venue()
      for key in [Venue.lane1, Venue.lane2] {
        venue.checkpoints[key]?.hours = try #require(DailyHours(opens: 300, closes: venueCloses))
      }
      venue.checkpoints[Venue.terrace]?.hours = try #require(DailyHours(opens: 180, closes: zoneCloses))
      let plan = venue.plan
      var periods: [Instant] = []
      var moment = at("2024-05-26T00:00:00Z")
      while moment < at("2024-05-30T00:00:00Z") {
        let period = try #require(plan.door(Venue.terrace, now: moment)).period
        if periods.last != period { periods.append(period) }
        moment = moment + .seconds(1800)
      }
      #expect(Set(periods).count == periods.count && periods == periods.sorted(), "\(venueCloses) \(zoneCloses)")
    }
  }
}

@Suite("Putting people outside")
struct SendingOutTests {
  private func doors(_ keys: [Key<Checkpoint>], _ place: SendingOut.Place, _ time: String = "09:40") -> [String] {
    let walk = Walk(Venue())
    for key in keys { walk.pass(key) }
    let found = SendingOut.doors(
      walk.fold.presences(of: Key(1)),
      of: Key(1),
      from: place,
      plan: walk.plan,
      now: at("2024-05-27T\(time):00+02:00")
    )
    return found.map(\.checkpoint.id)
  }

  @Test("Goes through the entrance by which somebody came, which is out of everything")
  func everything() {
    #expect(doors([Venue.lane2, Venue.roomA], .everything) == ["lane-2"])
    #expect(doors([Venue.roomA], .everything) == ["room-a"])
    #expect(doors([], .everything).isEmpty)
  }

  @Test(
    "Of an area goes through its own door, whichever of its checkpoints is named, and asks for nobody who is out by now"
  )
  func area() {
    #expect(doors([Venue.lane2, Venue.roomA], .area(of: Venue.lane1)) == ["lane-2"])
    #expect(doors([Venue.lane2, Venue.roomA], .area(of: Venue.roomA)) == ["room-a"])
    #expect(doors([Venue.lane2, Venue.roomA], .area(of: Venue.terrace)).isEmpty)
    // The session is over.
    #expect(doors([Venue.lane2, Venue.roomA], .area(of: Venue.roomA), "10:45").isEmpty)
  }
}
