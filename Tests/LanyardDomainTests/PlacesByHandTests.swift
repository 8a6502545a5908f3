import LanyardTesting
import Testing

@testable import LanyardDomain

private let forum = RegistrationFixture.forum
private let now = RegistrationFixture.now

private func details(
  _ number: Int = 1,
  group: String = "Government",
  role: String = "",
  _ participation: Participation = .onsite
) -> RegistrationDetails {
  RegistrationFixture.details(number, group: group, role: role, participation)
}

private func registration(
  _ details: RegistrationDetails,
  _ state: RegistrationState
) -> Registration {
  RegistrationFixture.registration(details, state)
}

private func fold(capacity: Int? = nil, taken: Int = 0) -> RegistrationFold {
  RegistrationFixture.fold(capacity: capacity, taken: taken)
}

@Suite("A row of an import that corrects")
struct ImportUpdateTests {
  private func corrected() -> RegistrationDetails {
    var row = details()
    (row.position, row.organisation, row.givenName) = ("Minister", "", "Li")
    return row
  }

  private func registered(_ participation: Participation = .onsite) -> Registration {
    var before = details(1, participation)
    (before.organisation, before.givenName, before.position) = ("WHO", "Lee", "Minister")
    return registration(before, .confirmed)
  }

  @Test("Changes what it says otherwise and nothing else: what it says nothing of stays")
  func said() {
    var fold = fold(capacity: 1, taken: 1)
    let said: [RegistrationField] = [.person(.email), .person(.givenName), .person(.position)]
    let outcome = fold.take(ImportRow(corrected(), saying: said), last: registered(), updating: true)
    guard case .updated(let update) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(update.differences == [FieldDifference(.person(.givenName), "Lee", "Li")])
    #expect(update.details.givenName == "Li" && update.details.organisation == "WHO" && update.state == .confirmed)
    #expect(fold.take(ImportRow(corrected(), saying: said), last: registered()) == .differs(field: "given_name"))
    let same = registration(update.details, .confirmed)
    #expect(fold.take(ImportRow(corrected(), saying: said), last: same, updating: true) == .unchanged)
  }

  @Test("Takes a text away where it says so, keeps the capacity, and lets nobody end without a name")
  func rules() {
    var fold = fold(capacity: 1, taken: 1)
    let cleared = fold.take(
      ImportRow(corrected(), saying: [.person(.organisation)]),
      last: registered(),
      updating: true
    )
    guard case .updated(let update) = cleared else {
      Issue.record("\(cleared)")
      return
    }
    #expect(update.details.organisation == "" && update.details.givenName == "Lee")
    let onSite = ImportRow(corrected(), saying: [.participation])
    #expect(fold.take(onSite, last: registered(.remote), updating: true) == .notUpdated(.noPlace))
    let nameless = fold.take(ImportRow(details(), saying: [.person(.givenName)]), last: registered(), updating: true)
    guard case .notUpdated(.invalid) = nameless else {
      Issue.record("\(nameless)")
      return
    }
    #expect(fold.places.taken == 1)
    for state in [RegistrationState.rejected, .cancelled] {
      let ended = registration(registered().details, state)
      #expect(fold.take(onSite, last: ended, updating: true) == .ended(state))
    }
  }
}

@Suite("A registration over the capacity")
struct OverCapacityTests {
  @Test("Takes a place though none is left where an organiser says so, and what is taken past the limit is told")
  func register() throws {
    var fold = fold(capacity: 1, taken: 1)
    #expect(!fold.places.isOver)
    let answer = try fold.register(details(), request: nil, earlier: nil, last: nil, overCapacity: true)
    #expect(answer == .made(.confirmed) && fold.places.taken == 2 && fold.places.isOver)
    #expect(fold.wentOver(details(), .confirmed, from: nil))
    #expect(
      !fold.wentOver(details(), .waitlisted, from: nil) && !fold.wentOver(details(1, .remote), .confirmed, from: nil)
    )
    // Who had a place already took none.
    #expect(!fold.wentOver(details(), .confirmed, from: registration(details(), .confirmed)))
    let reviewed = try fold.register(
      details(group: "UN Agency"),
      request: nil,
      earlier: nil,
      last: nil,
      overCapacity: true
    )
    #expect(reviewed == .made(.submitted) && fold.places.taken == 2)
  }

  @Test(
    "Comes by approving, restoring and moving up too, each for one person",
    arguments: [
      (RegistrationStep.approve, RegistrationState.submitted), (.restore, .cancelled), (.moveUp, .waitlisted),
    ]
  )
  func steps(step: RegistrationStep, state: RegistrationState) throws {
    var fold = fold(capacity: 2, taken: 2)
    let person = registration(details(), state)
    #expect(try fold.take(step, on: person, etag: nil, as: .organiser.goingOver) == .confirmed)
    #expect(fold.places.taken == 3)
    if step == .moveUp {
      #expect(throws: RegistrationRefused.noPlace) { try fold.take(step, on: person, etag: nil) }
    } else {
      #expect(try fold.take(step, on: person, etag: nil) == .waitlisted)
    }
    #expect(fold.places.taken == 3)
  }

  @Test("Gives no place to anybody else until more are given back than there were too many")
  func giving() throws {
    var fold = fold(capacity: 2, taken: 4)
    let confirmed = registration(details(), .confirmed)
    for taken in [3, 2] {
      #expect(try fold.take(.cancel, on: confirmed, etag: nil) == .cancelled)
      #expect(fold.places.taken == taken && fold.moveUp(["a"], at: now) == [])
      #expect(fold.take(ImportRow(details()), last: nil) == .imported(.waitlisted))
    }
    #expect(try fold.take(.cancel, on: confirmed, etag: nil) == .cancelled)
    #expect(fold.moveUp(["a", "b"], at: now) == ["a"] && fold.places.taken == 2)
  }
}

@Suite("Moving up")
struct MovingUpTests {
  private let end = Instant(seconds: 100)

  private func fold(_ movingUp: MovingUp) -> RegistrationFold {
    RegistrationFold(review: forum.review, places: Places(capacity: 2, taken: 1), movingUp: movingUp)
  }

  @Test("Goes on by itself until it is switched off, or ends")
  func rule() {
    #expect(MovingUp.always.isOn(at: end))
    #expect(!MovingUp(isOn: false).isOn(at: end))
    let ending = MovingUp(ends: end)
    #expect(ending.isOn(at: Instant(microseconds: end.microseconds - 1)) && !ending.isOn(at: end))
    var (open, ended, off) = (fold(ending), fold(ending), fold(MovingUp(isOn: false)))
    #expect(open.freeForWaiting(upTo: 5, at: now) == 1 && open.moveUp(["a", "b"], at: now) == ["a"])
    #expect(ended.freeForWaiting(upTo: 5, at: end) == 0 && ended.moveUp(["a"], at: end) == [])
    #expect(off.freeForWaiting(upTo: 5, at: now) == 0 && off.moveUp(["a"], at: now) == [])
    #expect(ended.places.taken == 1 && off.places.taken == 1)
  }

  @Test("Lets nobody overtake who waits, however they come, while places stay free")
  func queue() throws {
    var fold = RegistrationFold(
      review: forum.review,
      places: Places(capacity: 3, taken: 1, waiting: 1),
      movingUp: MovingUp(isOn: false)
    )
    let stranger = details(2)
    #expect(try fold.register(stranger, request: nil, earlier: nil, last: nil) == .made(.waitlisted))
    #expect(fold.take(ImportRow(details(3)), last: nil) == .imported(.waitlisted))
    #expect(fold.places.waiting == 3 && fold.places.taken == 1)
    #expect(try fold.register(details(4, .remote), request: nil, earlier: nil, last: nil) == .made(.confirmed))
    let waiting = (5...7).map { registration(details($0), .waitlisted) }
    #expect(try fold.take(.cancel, on: waiting[0], etag: nil) == .cancelled)
    #expect(try fold.take(.moveUp, on: waiting[1], etag: nil) == .confirmed)
    let cancelled = registration(details(8), .cancelled)
    #expect(try fold.take(.restore, on: cancelled, etag: nil) == .waitlisted)
    #expect(try fold.take(.approve, on: registration(details(9), .submitted), etag: nil) == .waitlisted)
    // Whom an organiser lets in past the others is not kept.
    let over = try fold.register(details(10), request: nil, earlier: nil, last: nil, overCapacity: true)
    #expect(over == .made(.confirmed) && fold.places.taken == 3)
    #expect(fold.places.waiting == 3)
    // Once nobody waits, a free place is anybody's again.
    var empty = RegistrationFold(review: forum.review, places: Places(capacity: 3, taken: 1, waiting: 1))
    #expect(try empty.take(.cancel, on: waiting[2], etag: nil) == .cancelled)
    #expect(try empty.register(stranger, request: nil, earlier: nil, last: nil) == .made(.confirmed))
  }

  @Test("Is done by hand out of turn where a place is free, whoever else waits")
  func byHand() throws {
    var off = fold(MovingUp(isOn: false))
    let waiting = registration(details(), .waitlisted)
    #expect(try off.take(.moveUp, on: waiting, etag: nil) == .confirmed)
    #expect(throws: RegistrationRefused.noPlace) { try off.take(.moveUp, on: waiting, etag: nil) }
    #expect(try off.take(.moveUp, on: registration(details(), .confirmed), etag: nil) == .confirmed)
    for state in [RegistrationState.submitted, .rejected, .cancelled] {
      let refused = RegistrationStepRefused(step: .moveUp, state: state)
      #expect(throws: RegistrationRefused.step(refused)) {
        try off.take(.moveUp, on: registration(details(), state), etag: nil)
      }
    }
    #expect(off.places.taken == 2)
  }
}
