import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  /// Registers somebody in public; returns the id of the token that goes to their address.
  private static func registerInPublic(
    _ number: Int,
    _ store: any Store,
    participation: Participation = .onsite,
    request: RequestIdentity? = nil,
    at moment: Instant = now
  ) async throws -> String {
    let details = try await details(SampleData.person(number, participation: participation), store)
    let draft = VerificationDraft(id: RegistrationID.random(), hash: .init(repeating: UInt8(number & 255), count: 32))
    try await store.registerInPublic(
      .test(moment),
      details,
      for: forum,
      request: request,
      verification: draft
    )
    return draft.id
  }

  private static func open(_ store: any Store, capacity: Int? = nil) async throws {
    if let capacity { _ = try await store.importProgramme(.test(now), forum(capacity: capacity)) }
    _ = try await store.change(.test(now), forum, EventChange(opens: now - .seconds(60)))
  }

  private static func pending(_ store: any Store) async throws -> [Registration] {
    var filter = RegistrationFilter()
    filter.state = .emailPending
    return try await store.registrations(of: forum, matching: filter, PageRequest(size: 100)).page.items
  }

  private static func verify(_ token: String, _ store: any Store, at moment: Instant = now) async throws
    -> VerifiedEmail?
  {
    try await store.verifyEmail(.test(moment), token, of: forum)
  }

  static let inPublic: [StoreRule] = [
    StoreRule("nobody registers in public before it is open, after it is over, or where it never is") { store in
      _ = try await store.change(.test(now), forum, EventChange(opens: .some(nil), closes: .some(nil)))
      await #expect(throws: StoreError.self) { _ = try await registerInPublic(1, store) }
      let (opens, closes) = (now + .seconds(60), now + .seconds(120))
      _ = try await store.change(.test(now), forum, EventChange(opens: opens, closes: closes))
      for (moment, phase) in [(now, RegistrationPhase.notYet), (closes, .over)] {
        do {
          _ = try await registerInPublic(1, store, at: moment)
          Issue.record("it was open")
        } catch StoreError.registrationNotOpen(let refused) {
          #expect(refused.phase == phase)
        }
      }
      _ = try await registerInPublic(1, store, at: opens)
      #expect(try await pending(store).count == 1)
    },
    StoreRule("who registers in public holds no place until the address is confirmed, and is confirmed once") { store in
      try await open(store, capacity: 1)
      let (first, second) = (try await registerInPublic(1, store), try await registerInPublic(2, store))
      #expect(try await store.event(forum).onsiteConfirmed == 0)
      let pending = try #require(try await store.verification(first))
      #expect(pending.usedAt == nil)
      #expect(try await store.verification(of: pending.registration, forum) == pending)
      let done = try #require(try await verify(second, store))
      #expect(done.registration.state == .confirmed && !done.wasVerified)
      #expect(try await store.event(forum).onsiteConfirmed == 1)
      let again = try #require(try await verify(second, store))
      #expect(again.registration == done.registration && again.wasVerified)
      #expect(try await store.verification(second)?.usedAt == now)
      let late = try #require(try await verify(first, store))
      #expect(late.registration.state == .waitlisted)
      #expect(try await store.placedRegistration(late.registration.id, of: forum).place == 1)
      #expect(try await store.event(forum).placesLeft == 0)
      #expect(try await verify("no-such-token", store) == nil)
    },
    StoreRule("of many who confirm at once as many are confirmed as there are places, in turn the others wait") {
      store in
      try await open(store, capacity: 3)
      var tokens: [String] = []
      for number in 1...8 { tokens.append(try await registerInPublic(number, store)) }
      let made = tokens
      let outcomes = await atOnce(8) { number in try await verify(made[number], store)?.registration.state }
      let states = try outcomes.map { try $0.get() }
      #expect(states.count { $0 == .confirmed } == 3 && states.count { $0 == .waitlisted } == 5)
      #expect(try await store.event(forum).onsiteConfirmed == 3)
    },
    StoreRule(
      "an address that is registered is registered in public as any other, and confirming leads to what is there"
    ) {
      store in
      try await open(store)
      let known = try await register(SampleData.person(1), store)
      let token = try await registerInPublic(1, store)
      #expect(try await pending(store).count == 1)
      let found = try #require(try await verify(token, store))
      #expect(found.registration.id == known.id && found.wasVerified)
      #expect(try await pending(store).isEmpty)
      // Whatever was typed the second time is gone.
      #expect(try await store.registration(known.id, of: forum) == known)
      #expect(try await verify(token, store)?.registration.id == known.id)
    },
    StoreRule(
      "of two registrations of one address the first that is confirmed counts, and one that was rejected still does"
    ) {
      store in
      try await open(store)
      let tokens = [try await registerInPublic(1, store), try await registerInPublic(1, store)]
      let first = try #require(try await verify(tokens[1], store)).registration
      #expect(try await verify(tokens[0], store)?.registration.id == first.id)
      let reviewed = try await registerInPublic(2, store)
      let other = try await register(SampleData.person(2), store)
      _ = try await store.take(.test(now), .cancel, on: other.id, of: forum, etag: nil)
      let anew = try #require(try await verify(reviewed, store))
      #expect(anew.registration.id != other.id && anew.registration.state == .confirmed && !anew.wasVerified)
    },
    StoreRule("the same request in public makes one registration, and its id stands for nothing else") { store in
      try await open(store)
      let request = RequestIdentity(id: UUIDBytes(high: 7, low: 8), fingerprint: 9)
      _ = try await registerInPublic(1, store, request: request)
      _ = try await registerInPublic(1, store, request: request)
      #expect(try await pending(store).count == 1)
      let other = RequestIdentity(id: request.id, fingerprint: 10)
      await #expect(throws: StoreError.requestIDReused) {
        _ = try await registerInPublic(1, store, request: other)
      }
    },
    StoreRule("what nobody confirmed for two days is cancelled and erased, and its token leads nowhere") { store in
      try await open(store)
      let token = try await registerInPublic(1, store)
      let kept = try await registerInPublic(2, store, at: now + .seconds(3600))
      let id = try #require(try await store.verification(token)?.registration)
      let late = now + EmailVerification.patience
      #expect(try await verify(token, store, at: late) == nil)
      #expect(try await store.endPending(.test(late - .seconds(1)), of: forum) == 0)
      #expect(try await store.endPending(.test(late), of: forum) == 1)
      let gone = try await store.registration(id, of: forum)
      #expect(gone.state == .cancelled && gone.erasedAt != nil && gone.details.email.isEmpty)
      #expect(try await store.verification(token) == nil)
      #expect(try await verify(kept, store, at: late)?.registration.state == .confirmed)
      #expect(try await store.endPending(.test(late + .seconds(7200)), of: forum) == 0)
    },
    StoreRule("a mail confirms the address, one that is registered is told so, and asking for the way says it anew") {
      store in
      try await open(store)
      let known = try await register(SampleData.person(1), store)
      func follow() async throws { while try await !store.followForMails(.test(now), of: forum, limit: 500).isLast {} }
      try await follow()
      let (token, other) = (try await registerInPublic(2, store), try await registerInPublic(1, store))
      try await follow()
      func kinds(_ id: String) async throws -> [MailKind] {
        try await store.mails(of: forum, state: nil, registration: id, PageRequest(size: 10)).items.map(\.mail.kind)
      }
      let stranger = try #require(try await store.verification(token)?.registration)
      let pretender = try #require(try await store.verification(other)?.registration)
      #expect(try await kinds(stranger) == [.verifyAddress])
      #expect(try await kinds(pretender).isEmpty)
      #expect(try await kinds(known.id) == [.alreadyRegistered])
      let before = try await store.feedHead(of: forum).sequence
      for email in [known.details.email, "person2@example.org", "nobody@example.org"] {
        try await store.requestLink(.test(now), of: email, forum)
      }
      // As much is on record of an address that nobody has.
      #expect(try await store.feedHead(of: forum).sequence == before + 3)
      try await follow()
      #expect(try await kinds(known.id) == [.personalLink, .alreadyRegistered])
      // It waits still.
      #expect(try await kinds(stranger) == [.verifyAddress])
      _ = try await verify(token, store)
      try await follow()
      #expect(try await kinds(stranger) == [.confirmed, .verifyAddress])
    },
    StoreRule("a registration has a lasting link, which is the same until it is ended or has run out") { store in
      let person = try await register(SampleData.person(1), store)
      func link(_ id: String, at moment: Instant) -> StoredPersonalLink {
        StoredPersonalLink(
          id: id,
          hash: .init(repeating: 1, count: 32),
          registration: person.id,
          event: forum,
          createdAt: moment,
          expiresAt: moment + .seconds(60)
        )
      }
      let first = link("0a", at: now)
      #expect(try await store.lastingLink(.test(now), else: first) == first)
      #expect(try await store.lastingLink(.test(now), else: link("0b", at: now + .seconds(1))) == first)
      let later = link("0c", at: now + .seconds(60))
      #expect(try await store.lastingLink(.test(now), else: later) == later)
      let only = link("0d", at: now + .seconds(61))
      try await store.addPersonalLink(.test(now), only, endingOthers: true)
      #expect(try await store.personalLink("0c") == nil)
      #expect(try await store.lastingLink(.test(now), else: link("0e", at: now + .seconds(62))) == only)
    },
    StoreRule("sessions that take bookings say how many more can be booked, and which somebody has") { store in
      var programme = try forum(capacity: 100)
      programme.events[0].sessions[0].requiresBooking = true
      programme.events[0].sessions[0].capacity = 2
      let session = programme.events[0].sessions[0]
      _ = try await store.importProgramme(.test(now), programme)
      let people = [try await register(SampleData.person(1), store), try await register(SampleData.person(2), store)]
      let place = BookingPlace.session(session.id, event: forum)
      func opening(_ person: Registration?) async throws -> SessionOpening? {
        try await store.openings(of: forum, for: person?.id, at: now)[session.id]
      }
      #expect(try await opening(people[0]) == SessionOpening(placesLeft: 2, isBooked: false))
      _ = try await store.book(.test(now), [people[0].id], for: place)
      #expect(try await opening(people[0]) == SessionOpening(placesLeft: 1, isBooked: true))
      #expect(try await opening(people[1]) == SessionOpening(placesLeft: 1, isBooked: false))
      #expect(try await opening(nil) == SessionOpening(placesLeft: 1, isBooked: false))
      #expect(try await store.openings(of: forum, for: nil, at: now).count == 1)
    },
  ]
}
