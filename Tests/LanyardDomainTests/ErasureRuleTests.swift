import Testing

@testable import LanyardDomain

@Suite("Erasing somebody")
struct ErasureRuleTests {
  private func registration(_ state: RegistrationState, erasedAt: Instant? = nil) -> Registration {
    let details = RegistrationDetails(
      person: Person(),
      stakeholderGroup: "Government",
      guestRole: "",
      participation: .onsite,
      answers: Answers()
    )
    return Registration(
      id: "r",
      event: "forum",
      state: state,
      details: details,
      createdAt: Instant(seconds: 0),
      updatedAt: Instant(seconds: 0),
      revision: 3,
      erasedAt: erasedAt
    )
  }

  private func badge(_ serial: UInt64, _ state: BadgeState) -> Badge {
    Badge(
      serial: BadgeSerial(serial),
      event: "forum",
      registration: "r",
      code: "CODE",
      state: state,
      keyID: 1,
      issuedAt: Instant(seconds: 0),
      validity: Instant(seconds: 0)..<Instant(seconds: 1),
      mark: AttentionMark(attention: .escort, note: "A note"),
      revision: 5
    )
  }

  private func fold(taken: Int) -> RegistrationFold {
    let review = ReviewRule(stakeholderGroups: [], guestRoles: [])
    return RegistrationFold(review: review, places: Places(capacity: 2, taken: taken))
  }

  @Test("Cancels what is live, keeps what has ended, and gives a place back", arguments: RegistrationState.allCases)
  func state(before: RegistrationState) throws {
    var fold = fold(taken: 2)
    let erasure = try #require(try fold.erase(registration(before), badges: [], etag: "\"3\""))
    let isEnded = before == .cancelled || before == .rejected
    #expect(erasure.state == (isEnded ? before : .cancelled) && !erasure.state.isLive)
    #expect(fold.places.taken == (before == .confirmed ? 1 : 2))
  }

  @Test("Leaves no badge that works and none with a mark; what was replaced or revoked stays so")
  func badges() throws {
    var fold = fold(taken: 1)
    let badges = zip(1..., BadgeState.allCases).map { badge($0, $1) }
    let left = try #require(try fold.erase(registration(.confirmed), badges: badges, etag: nil)).badges
    #expect(left.map(\.serial) == badges.map(\.serial) && left.map(\.code) == badges.map(\.code))
    let states = Dictionary(uniqueKeysWithValues: zip(badges.map(\.state), left.map(\.state)))
    let ended: [BadgeState: BadgeState] = [.replaced: .replaced]
    #expect(states == Dictionary(uniqueKeysWithValues: BadgeState.allCases.map { ($0, ended[$0] ?? .revoked) }))
    #expect(left.allSatisfy { $0.mark == .none })
  }

  @Test("Changes nothing where they were erased before, whatever etag is given")
  func again() throws {
    var fold = fold(taken: 2)
    let erased = registration(.cancelled, erasedAt: Instant(seconds: 1))
    #expect(try fold.erase(erased, badges: [badge(1, .revoked)], etag: "\"0\"") == nil)
    #expect(fold.places.taken == 2)
  }

  @Test("Is refused where the registration has changed since it was read")
  func etag() {
    var fold = fold(taken: 2)
    #expect(throws: RegistrationRefused.changedMeanwhile) {
      try fold.erase(registration(.confirmed), badges: [], etag: "\"2\"")
    }
    #expect(fold.places.taken == 2)
  }

  @Test("Lets nothing be noted about them any more; a note that says nothing is none")
  func notes() {
    #expect(Erasure.keepsNote("A note", by: "", isErased: false))
    #expect(Erasure.keepsNote("", by: "Guard", isErased: false))
    #expect(!Erasure.keepsNote("", by: "", isErased: false))
    #expect(!Erasure.keepsNote("A note", by: "Guard", isErased: true))
  }
}

@Suite("Personal links of a registration")
struct PersonalLinksTests {
  private func links(_ ages: [(id: String, created: Int64, expires: Int64)]) -> PersonalLinks {
    PersonalLinks(
      ages.map {
        PersonalLinks.Link(id: $0.id, createdAt: Instant(seconds: $0.created), expiresAt: Instant(seconds: $0.expires))
      }
    )
  }

  @Test("Go where they have run out, and the oldest where there would be more than the limit")
  func room() {
    let now = Instant(seconds: 100)
    let few = links([("a", 1, 101), ("b", 2, 100), ("c", 3, 99)])
    #expect(few.makingRoom(at: now) == (["b", "c"], []))
    let many = links([("f", 1, 200), ("b", 2, 200), ("d", 3, 200), ("a", 4, 200), ("c", 5, 200), ("x", 6, 50)])
    #expect(many.makingRoom(at: now) == (["x"], ["f"]))
    let atOnce = links((1...7).map { ("\($0)", 5, 200) })
    #expect(atOnce.makingRoom(at: now) == ([], ["5", "6", "7"]))
    #expect(many.ids == ["a", "b", "c", "d", "f", "x"])
  }

  @Test("Are never more than the limit with the new one, and it is the newest that stay", arguments: 0..<20)
  func generated(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let now = Instant(seconds: 100)
    let ages = (0..<Int.random(in: 0..<20, using: &random)).map { number in
      ("\(number)", Int64.random(in: 0..<100, using: &random), Int64.random(in: 90..<120, using: &random))
    }
    let going = links(ages).makingRoom(at: now)
    let staying = ages.filter { !(going.forgotten + going.ended).contains($0.0) }
    #expect(staying.count < PersonalLinks.limit)
    #expect(staying.count == min(PersonalLinks.limit - 1, ages.count - going.forgotten.count))
    #expect(staying.allSatisfy { $0.2 > 100 })
    let ended = ages.filter { going.ended.contains($0.0) }
    #expect(ended.allSatisfy { old in staying.allSatisfy { $0.1 >= old.1 } })
    #expect(Set(going.forgotten).isDisjoint(with: going.ended))
  }
}
