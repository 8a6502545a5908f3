import LanyardTesting
import Testing

@testable import LanyardDomain

@Suite("A quota of a group")
struct QuotaTests {
  private static let groups = ["Government", "Academia", "Press"]

  /// A waiting list beside a fold, as a store keeps them.
  private struct Desk {
    var fold: RegistrationFold
    var people: [Registration] = []
    /// Indices of those who wait, the longest waiting first.
    var queue: [Int] = []

    mutating func register(_ group: String, _ participation: Participation) throws {
      let details = RegistrationFixture.details(people.count, group: group, participation)
      guard case .made(let state) = try fold.register(details, request: nil, earlier: nil, last: nil) else { return }
      if state == .waitlisted { queue.append(people.count) }
      people.append(RegistrationFixture.registration(details, state))
    }

    mutating func cancel(_ index: Int) throws {
      people[index].state = try fold.take(.cancel, on: people[index], etag: nil)
      queue.removeAll { $0 == index }
      let groups = people.map(\.details.stakeholderGroup)
      let moving = fold.moveUp(queue, at: RegistrationFixture.now) { groups[$0] }
      for index in moving { people[index].state = .confirmed }
      queue.removeAll(where: moving.contains)
    }

    func confirmed(_ group: String? = nil) -> Int {
      people.count { person in
        person.state.takesPlace(person.details.participation)
          && group ?? person.details.stakeholderGroup == person.details.stakeholderGroup
      }
    }
  }

  @Test(
    "And the capacity are never passed, nobody waits who could have a place, and nobody overtakes",
    arguments: 1...30 as ClosedRange<UInt64>
  )
  func kept(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let quotas = ["Government": Int.random(in: 0...6, using: &random), "Press": Int.random(in: 0...6, using: &random)]
    let capacity = Int.random(in: 1...12, using: &random)
    var desk = Desk(
      fold: RegistrationFold(
        review: ReviewRule(stakeholderGroups: [], guestRoles: []),
        places: Places(capacity: capacity, taken: 0, groups: GroupPlaces(quotas: quotas))
      )
    )
    for _ in 0..<150 {
      let live = desk.people.indices.filter { desk.people[$0].state.isLive }
      if let index = live.randomElement(using: &random), Int.random(in: 0..<3, using: &random) == 0 {
        try desk.cancel(index)
      } else {
        let group = Self.groups.randomElement(using: &random) ?? "Press"
        try desk.register(group, Int.random(in: 0..<6, using: &random) == 0 ? .remote : .onsite)
      }
      let places = desk.fold.places
      #expect(places.taken == desk.confirmed() && places.taken <= capacity)
      for (group, quota) in quotas {
        #expect(places.groups.taken[group, default: 0] == desk.confirmed(group) && desk.confirmed(group) <= quota)
      }
      #expect(places.waiting == desk.queue.count)
      // Whoever waits is kept from a place by the capacity, or by the quota of the group.
      for index in desk.queue {
        #expect(!places.hasPlace(for: .onsite, of: desk.people[index].details.stakeholderGroup))
      }
      for group in Self.groups {
        let queue = desk.queue.filter { desk.people[$0].details.stakeholderGroup == group }
        #expect(queue == queue.sorted())
      }
    }
  }

  @Test("Keeps places free for who waits while nobody moves up by themselves, and for nobody whose group is full")
  func noOvertaking() throws {
    func fold(waiting: [String: Int]) -> RegistrationFold {
      RegistrationFold(
        review: ReviewRule(stakeholderGroups: [], guestRoles: []),
        places: Places(
          capacity: 10,
          taken: 2,
          waiting: waiting.values.reduce(0, +),
          groups: GroupPlaces(quotas: ["Government": 2], taken: ["Government": 2], waiting: waiting)
        ),
        movingUp: MovingUp(isOn: false)
      )
    }
    func state(_ group: String, _ fold: RegistrationFold) throws -> RegistrationFold.Answer {
      var fold = fold
      return try fold.register(RegistrationFixture.details(group: group), request: nil, earlier: nil, last: nil)
    }
    #expect(try state("Academia", fold(waiting: ["Government": 3])) == .made(.confirmed))
    #expect(try state("Academia", fold(waiting: ["Press": 1])) == .made(.waitlisted))
    #expect(try state("Government", fold(waiting: [:])) == .made(.waitlisted))
  }

  @Test("Is read with its group, kept when the programme comes again, and said in what changed")
  func programme() throws {
    let text = #""stakeholder_groups": ["UN", "Academia"]"#
    func read(_ quota: String) throws -> Event {
      let groups = #""stakeholder_groups": ["UN", {"id": "Academia", "quota": \#(quota)}]"#
      return try Programme.reading(ProgrammeText.replacing(text, groups)).events[0].event
    }
    let event = try read("0")
    #expect(event.stakeholderGroups.quotas == ["Academia": 0])
    #expect(event.stakeholderGroups.numbered().quotas == ["Academia": 0])
    let change = Change.updated(try read("5"), from: event)
    #expect(change.after == ["stakeholder_group_quotas": .words(["Academia 5"])])
    let found = violations { () throws(InvalidInput) in
      _ = try Programme.reading(ProgrammeText.replacing(text, #""stakeholder_groups": [{"id": "UN", "quota": -1}]"#))
    }
    #expect(found.map(\.field) == ["events[0].stakeholder_groups[0].quota"])
  }
}
