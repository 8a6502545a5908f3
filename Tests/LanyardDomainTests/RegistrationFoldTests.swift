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
  _ state: RegistrationState,
  erasedAt: Instant? = nil
) -> Registration {
  RegistrationFixture.registration(details, state, erasedAt: erasedAt)
}

private func fold(capacity: Int? = nil, taken: Int = 0) -> RegistrationFold {
  RegistrationFixture.fold(capacity: capacity, taken: taken)
}

@Suite("A request for a registration")
struct RegistrationRequestTests {
  private let request = RequestIdentity(id: UUIDBytes(high: 1, low: 2), fingerprint: 7)

  private func answer(
    _ details: RegistrationDetails = details(),
    in fold: RegistrationFold = fold(),
    repeating earlier: EarlierRequest? = nil,
    last: RegistrationState? = nil
  ) -> Result<RegistrationFold.Answer, RegistrationRefused> {
    var fold = fold
    return Result { () throws(RegistrationRefused) in
      try fold.register(details, request: request, earlier: earlier, last: last)
    }
  }

  private static let made = Result<RegistrationFold.Answer, RegistrationRefused>.success(.made(.confirmed))

  @Test("Is confirmed while there is a place, and waits afterwards; review comes first, and remote needs no place")
  func state() {
    let full = fold(capacity: 3, taken: 3)
    #expect(answer(in: fold(capacity: 3, taken: 2)) == Self.made)
    #expect(answer(in: full) == .success(.made(.waitlisted)))
    #expect(answer(details(1, .remote), in: full) == Self.made)
    for reviewed in [details(group: "UN Agency"), details(role: "Minister"), details(group: "UN Agency", .remote)] {
      #expect(answer(reviewed, in: full) == .success(.made(.submitted)))
      #expect(answer(reviewed) == .success(.made(.submitted)))
    }
  }

  @Test("Takes a place only where it is confirmed on site")
  func places() throws {
    var fold = fold(capacity: 2)
    let expected: [(RegistrationDetails, RegistrationState, taken: Int)] = [
      (details(group: "UN Agency"), .submitted, 0), (details(1, .remote), .confirmed, 0), (details(), .confirmed, 1),
      (details(), .confirmed, 2), (details(), .waitlisted, 2),
    ]
    for (details, state, taken) in expected {
      let answer = try fold.register(details, request: nil, earlier: nil, last: nil)
      #expect(answer == .made(state) && fold.places.taken == taken)
    }
  }

  @Test(
    "Is refused while the person has a live registration, or a rejected one, whatever the group; who cancelled may come again",
    arguments: RegistrationState.allCases
  )
  func once(last: RegistrationState) {
    for details in [details(), details(group: "UN Agency"), details(1, .remote)] {
      let refused: RegistrationRefused? = last.isLive ? .alreadyRegistered : last == .rejected ? .rejectedBefore : nil
      let state: RegistrationState = details.stakeholderGroup == "UN Agency" ? .submitted : .confirmed
      #expect(answer(details, last: last) == refused.map { .failure($0) } ?? .success(.made(state)))
    }
  }

  @Test("That comes again is answered with what it made, also where that has ended or its person was erased")
  func repeated() {
    func earlier(_ fingerprint: Int64?, isOfSameEvent: Bool = true, isErased: Bool = false) -> EarlierRequest {
      EarlierRequest(registration: "r", fingerprint: fingerprint, isOfSameEvent: isOfSameEvent, isErased: isErased)
    }
    for last in RegistrationState.allCases {
      #expect(answer(repeating: earlier(7), last: last) == .success(.repeated("r")))
      #expect(answer(repeating: earlier(8), last: last) == .failure(.requestIDReused))
    }
    #expect(answer(repeating: earlier(nil, isErased: true)) == .success(.repeated("r")))
    #expect(answer(repeating: earlier(nil)) == .failure(.requestIDReused))
    #expect(answer(repeating: earlier(7, isOfSameEvent: false)) == .failure(.requestIDReused))
    #expect(answer(repeating: earlier(nil, isOfSameEvent: false, isErased: true)) == .failure(.requestIDReused))
  }
}

@Suite("A row of an import")
struct ImportRowTests {
  @Test("Makes what is not there yet, in the state that a request would give")
  func made() {
    var fold = fold(capacity: 1)
    let outcomes = [details(1), details(2), details(3, .remote), details(4, group: "UN Agency")].map { row in
      fold.take(ImportRow(row), last: nil)
    }
    #expect(outcomes == [.imported(.confirmed), .imported(.waitlisted), .imported(.confirmed), .imported(.submitted)])
    #expect(fold.places.taken == 1)
  }

  @Test(
    "Changes nothing that is there, and says where it differs",
    arguments: RegistrationState.allCases.filter { $0 != .emailPending }
  )
  func there(state: RegistrationState) {
    var fold = fold(capacity: 5)
    let last = registration(details(), state)
    var other = details()
    other.position = "Minister"
    #expect(fold.take(ImportRow(details()), last: last) == (state.isLive ? .unchanged : .ended(state)))
    #expect(fold.take(ImportRow(other), last: last) == (state.isLive ? .differs(field: "position") : .ended(state)))
    #expect(fold.places.taken == 0)
  }
}

@Suite("A step with a registration")
struct RegistrationStepTests {
  @Test(
    "Takes and gives back the place that its states have",
    arguments: RegistrationState.allCases,
    [Participation.onsite, .remote]
  )
  func places(state: RegistrationState, participation: Participation) {
    for step in RegistrationStep.allCases {
      for isFull in [false, true] {
        var fold = fold(capacity: 5, taken: isFull ? 5 : 4)
        let taken = fold.places.taken
        let before = registration(details(1, participation), state)
        guard let after = try? fold.take(step, on: before, etag: nil) else {
          // A step that is refused changes nothing; which are is told by `RegistrationStateTests`.
          #expect(fold.places.taken == taken)
          continue
        }
        let change = (after.takesPlace(participation) ? 1 : 0) - (state.takesPlace(participation) ? 1 : 0)
        #expect(fold.places.taken == taken + change)
        #expect(fold.places.taken <= 5)
      }
    }
  }

  @Test("Approves onto the waiting list where no place is left, but who takes part remotely in any case")
  func approval() throws {
    var full = fold(capacity: 2, taken: 2)
    #expect(try full.take(.approve, on: registration(details(), .submitted), etag: nil) == .waitlisted)
    #expect(try full.take(.approve, on: registration(details(1, .remote), .submitted), etag: nil) == .confirmed)
    #expect(full.places.taken == 2)
  }

  @Test("Lifts a rejection, so that it is decided anew, but where the person is registered otherwise by now or erased")
  func restoring() throws {
    var fold = fold(capacity: 1, taken: 1)
    let rejected = registration(details(), .rejected)
    #expect(try fold.take(.restore, on: rejected, etag: nil) == .submitted)
    #expect(try fold.take(.restore, on: registration(details(), .submitted), etag: nil) == .submitted)
    var other = registration(details(), .waitlisted)
    other.id = "other"
    #expect(throws: RegistrationRefused.alreadyRegistered) {
      try fold.take(.restore, on: rejected, other: other, etag: nil)
    }
    #expect(try fold.take(.restore, on: rejected, other: rejected, etag: nil) == .submitted)
    var erased = rejected
    erased.erasedAt = Instant(seconds: 1)
    let refused = RegistrationRefused.step(RegistrationStepRefused(step: .restore, state: .rejected))
    #expect(throws: refused) { try fold.take(.restore, on: erased, etag: nil) }
    #expect(fold.places.taken == 1)
  }

  @Test("Is refused where the registration has changed since it was read, before anything else")
  func etag() {
    var fold = fold(capacity: 1, taken: 1)
    let confirmed = registration(details(), .confirmed)
    #expect(throws: RegistrationRefused.changedMeanwhile) { try fold.take(.reject, on: confirmed, etag: "\"0\"") }
    let refused = RegistrationStepRefused(step: .reject, state: .confirmed)
    #expect(throws: RegistrationRefused.step(refused)) { try fold.take(.reject, on: confirmed, etag: confirmed.etag) }
    #expect(fold.places.taken == 1)
  }
}

@Suite("A waiting list")
struct WaitingListTests {
  @Test("Gives the places that are free to those who wait longest, and no more")
  func order() {
    var fold = fold(capacity: 10, taken: 7)
    #expect(fold.places.free(upTo: 100) == 3 && fold.places.free(upTo: 2) == 2)
    #expect(fold.moveUp(["a", "b", "c", "d"], at: now) == ["a", "b", "c"])
    #expect(fold.places.taken == 10 && fold.places.free(upTo: 100) == 0)
    #expect(fold.moveUp(["d"], at: now) == [])
  }

  @Test("Ends where there is no limit any more, and gives none where more are taken than there are")
  func limits() {
    var open = fold(taken: 7)
    #expect(open.places.free(upTo: 2) == 2)
    #expect(open.moveUp(["a", "b", "c"], at: now) == ["a", "b", "c"] && open.places.taken == 10)
    var over = fold(capacity: 5, taken: 7)
    #expect(over.places.free(upTo: 2) == 0 && over.moveUp(["a"], at: now) == [])
  }
}

@Suite("Registrations of an event, whatever is done with them")
struct RegistrationWalkTests {
  /// A store in memory that does what the fold says.
  private struct Desk {
    struct Row {
      var registration: Registration
      /// Grows with each that begins to wait.
      var waitsSince = 0
    }

    var fold: RegistrationFold
    var rows: [Row] = []
    private var clock = 0

    init(capacity: Int?) { fold = RegistrationFixture.fold(capacity: capacity) }

    /// Those who wait, the longest waiting first.
    var waiting: [Int] {
      rows.indices.filter { rows[$0].registration.state == .waitlisted }.sorted {
        rows[$0].waitsSince < rows[$1].waitsSince
      }
    }

    func last(_ details: RegistrationDetails) -> Registration? {
      let own = rows.map(\.registration).filter { $0.details.email == details.email && $0.erasedAt == nil }
      return own.first(where: \.state.isLive) ?? own.last
    }

    mutating func add(_ details: RegistrationDetails, _ state: RegistrationState) {
      rows.append(Row(registration: registration(details, state)))
      rows[rows.count - 1].registration.id = "r\(rows.count)"
      set(state, of: rows.count - 1)
    }

    mutating func set(_ state: RegistrationState, of index: Int) {
      clock += 1
      rows[index].registration.state = state
      rows[index].waitsSince = clock
    }

    /// Moves up those whom the fold names; returns them.
    mutating func moveUp() -> [Int] {
      let moved = fold.moveUp(waiting, at: Instant(seconds: 0))
      for index in moved { set(.confirmed, of: index) }
      return moved
    }
  }

  /// One of the things that happen to registrations.
  private static func act(_ desk: inout Desk, _ random: inout SeededGenerator) throws {
    let index = Int.random(in: 0..<max(1, desk.rows.count), using: &random)
    let person = details(
      Int.random(in: 0..<40, using: &random),
      group: Int.random(in: 0..<5, using: &random) == 0 ? "UN Agency" : "Government",
      Int.random(in: 0..<4, using: &random) == 0 ? .remote : .onsite
    )
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<4:
      // Who has a live registration is refused.
      let last = desk.last(person)?.state
      if case .made(let state)? = try? desk.fold.register(person, request: nil, earlier: nil, last: last) {
        desk.add(person, state)
      }
    case 4:
      if case .imported(let state) = desk.fold.take(ImportRow(person), last: desk.last(person)) {
        desk.add(person, state)
      }
    case 5..<8 where !desk.rows.isEmpty:
      let step = RegistrationStep.allCases.randomElement(using: &random) ?? .cancel
      // A step that is refused changes nothing.
      let row = desk.rows[index].registration
      if let state = try? desk.fold.take(step, on: row, other: desk.last(row.details), etag: nil),
        state != desk.rows[index].registration.state
      {
        desk.set(state, of: index)
      }
    case 8 where !desk.rows.isEmpty:
      guard let erasure = try desk.fold.erase(desk.rows[index].registration, badges: [], etag: nil) else { return }
      desk.set(erasure.state, of: index)
      desk.rows[index].registration.erasedAt = Instant(seconds: 1)
    default:
      // More room, or none at all any more.
      let places = desk.fold.places
      let more = Int.random(in: 0..<30, using: &random) == 0 ? nil : places.capacity.map { $0 + 1 }
      if Int.random(in: 0..<4, using: &random) == 0 {
        desk.fold = RegistrationFold(review: forum.review, places: Places(capacity: more, taken: places.taken))
      }
    }
  }

  @Test("Keep the capacity, one live registration a person and the order of waiting", arguments: 0..<40)
  func walk(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var desk = Desk(capacity: seed.isMultiple(of: 7) ? nil : 1 + seed % 12)
    for _ in 0..<400 {
      let waitedBefore = desk.waiting
      try Self.act(&desk, &random)
      let waited = desk.waiting
      let moved = desk.moveUp()
      #expect(moved == Array(waited.prefix(moved.count)))
      #expect(Array(waitedBefore.filter(waited.contains)) == Array(waited.prefix(while: waitedBefore.contains)))
      let registrations = desk.rows.map(\.registration)
      let taken = registrations.count { $0.state == .confirmed && $0.details.participation == .onsite }
      #expect(desk.fold.places.taken == taken)
      #expect(taken <= desk.fold.places.capacity ?? .max)
      #expect(desk.waiting.isEmpty || desk.fold.places.free(upTo: 1) == 0, "somebody waits beside a free place")
      #expect(registrations.allSatisfy { $0.state != .waitlisted || $0.details.participation == .onsite })
      let live = registrations.filter(\.state.isLive).map(\.details.email)
      #expect(Set(live).count == live.count)
    }
    #expect(desk.rows.count > 20)
  }
}
