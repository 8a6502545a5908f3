import LanyardTesting
import Testing

@testable import LanyardDomain

@Suite("Registering in public")
struct PublicRegistrationTests {
  private static let noon = Instant(seconds: 1_716_800_000)

  @Test("Is open from when it opens until it closes, or until the event is over")
  func phases() {
    let (opens, closes, end) = (Self.noon, Self.noon + .seconds(60), Self.noon + .seconds(100))
    func phase(_ times: PublicRegistration, _ seconds: Int, end: Instant? = end) -> RegistrationPhase {
      times.phase(at: Self.noon + .seconds(seconds), eventEnds: end)
    }
    #expect(phase(PublicRegistration(), 0) == .never && phase(PublicRegistration(closes: closes), 0) == .never)
    let bounded = PublicRegistration(opens: opens, closes: closes)
    #expect([-1, 0, 59, 60].map { phase(bounded, $0) } == [.notYet, .open, .open, .over])
    let open = PublicRegistration(opens: opens)
    #expect([99, 100].map { phase(open, $0) } == [.open, .over] && phase(open, 10_000, end: nil) == .open)
    let late = PublicRegistration(opens: opens, closes: end + .seconds(100))
    #expect(phase(late, 150) == .over)
    #expect(!PublicRegistration(closes: closes).hasPages && open.hasPages)
  }

  @Test("Says since when it is over, or when it begins")
  func refusals() throws {
    var event = BareValues.event
    let end = try #require(event.span?.upperBound)
    func refused(at moment: Instant) -> RegistrationNotOpen? {
      do throws(RegistrationNotOpen) {
        try event.requireOpen(at: moment)
        return nil
      } catch {
        return error
      }
    }
    #expect(refused(at: end) == RegistrationNotOpen(.never, moment: nil, in: event.timeZone))
    event.inPublic.opens = end - .seconds(60)
    #expect(
      refused(at: end - .seconds(61)) == RegistrationNotOpen(.notYet, moment: end - .seconds(60), in: event.timeZone)
    )
    #expect(refused(at: end - .seconds(1)) == nil)
    #expect(refused(at: end) == RegistrationNotOpen(.over, moment: end, in: event.timeZone))
    event.inPublic.closes = end - .seconds(10)
    #expect(refused(at: end - .seconds(5))?.moment == end - .seconds(10))
  }

  @Test("Closes after it opens, and not without that")
  func faults() {
    #expect(PublicRegistration(closes: Self.noon).fault?.1 == .closesWithoutOpening)
    #expect(PublicRegistration(opens: Self.noon, closes: Self.noon).fault?.1 == .endNotAfterStart)
    #expect(PublicRegistration(opens: Self.noon, closes: Self.noon + .seconds(1)).fault == nil)
    #expect(PublicRegistration(opens: Self.noon).fault == nil)
    let change = EventChange(closes: .some(Self.noon))
    #expect(throws: InvalidInput.self) { try change.applied(to: BareValues.event) }
  }

  @Test("Changes what is named of an event, and takes back what is named as nothing")
  func changes() throws {
    var event = BareValues.event
    (event.inPublic.opens, event.inPublic.closes) = (Self.noon, Self.noon + .seconds(60))
    #expect(try EventChange(isArchived: true).applied(to: event) == event)
    #expect(try EventChange(closes: .some(nil)).applied(to: event).inPublic == PublicRegistration(opens: Self.noon))
    let never = try EventChange(opens: .some(nil), closes: .some(nil)).applied(to: event)
    #expect(never.inPublic == PublicRegistration())
  }

  @Test(
    "A registration whose address nobody confirmed holds nothing, keeps nobody out, and is only cancelled or erased"
  )
  func pending() {
    let pending = RegistrationState.emailPending
    #expect(!pending.isLive && !pending.hasBadge && !pending.takesPlace(.onsite) && pending.afterErasure == .cancelled)
    #expect(!pending.keepsOut(.request) && !pending.keepsOut(.list))
    for step in RegistrationStep.allCases {
      // What is refused has no state.
      #expect((try? pending.after(step, hasPlace: true)) == (step == .cancel ? .cancelled : nil))
    }
  }

  @Test("A confirmed address goes on as if it were registered then, in the places that are left, unless it has another")
  func verified() throws {
    let details = RegistrationFixture.details(group: "Government")
    func fold(_ taken: Int, reviewed: [String] = []) -> RegistrationFold {
      RegistrationFold(
        review: ReviewRule(stakeholderGroups: reviewed, guestRoles: []),
        places: Places(capacity: 2, taken: taken)
      )
    }
    var free = fold(1)
    #expect(try free.verify(details, last: nil).state == .confirmed)
    #expect(try free.verify(details, last: .cancelled).state == .waitlisted)
    #expect(free.places.taken == 2 && free.places.waiting == 1)
    var reviewed = fold(0, reviewed: ["Government"])
    #expect(try reviewed.verify(details, last: nil).state == .submitted)
    #expect(throws: RegistrationRefused.alreadyRegistered) { try reviewed.verify(details, last: .confirmed) }
    #expect(throws: RegistrationRefused.rejectedBefore) { try reviewed.verify(details, last: .rejected) }
  }

  @Test("A request in public is pending whatever is known, and the same id stands for the same content")
  func requests() throws {
    let fold = RegistrationFold(
      review: ReviewRule(stakeholderGroups: [], guestRoles: []),
      places: Places(capacity: 1, taken: 0)
    )
    let request = RequestIdentity(id: UUIDBytes(high: 1, low: 2), fingerprint: 3)
    #expect(try fold.registerInPublic(request: request, earlier: nil) == .made(.emailPending))
    #expect(try fold.registerInPublic(request: nil, earlier: nil) == .made(.emailPending))
    func earlier(_ fingerprint: Int64) -> EarlierRequest {
      EarlierRequest(registration: "r", fingerprint: fingerprint, isOfSameEvent: true, isErased: false)
    }
    #expect(try fold.registerInPublic(request: request, earlier: earlier(3)) == .repeated("r"))
    #expect(throws: RegistrationRefused.requestIDReused) {
      try fold.registerInPublic(request: request, earlier: earlier(4))
    }
    #expect(fold.places.taken == 0)
  }

  @Test("A stranger takes a role only where it is reviewed")
  func roles() throws {
    var event = BareValues.event
    event.reviewedGuestRoles = ["Speaker"]
    try event.requireInPublic(guestRole: "")
    try event.requireInPublic(guestRole: "Speaker")
    #expect(throws: InvalidInput(field: "guest_role", .roleNotInPublic)) {
      try event.requireInPublic(guestRole: "Minister")
    }
  }

  @Test("A link lasts for 90 days, and for 30 after the event where that is longer")
  func links() {
    let day = Duration.seconds(86_400)
    #expect(PersonalLinks.end(madeAt: Self.noon, eventEnds: nil) == Self.noon + day * 90)
    #expect(PersonalLinks.end(madeAt: Self.noon, eventEnds: Self.noon + day) == Self.noon + day * 90)
    #expect(PersonalLinks.end(madeAt: Self.noon, eventEnds: Self.noon + day * 300) == Self.noon + day * 330)
  }
}

@Suite("A bucket of tokens")
struct TokenBucketTests {
  @Test("Gives as many at once as it holds, and then one after the other")
  func takes() {
    let start = Instant(seconds: 1_716_800_000)
    var bucket = TokenBucket(size: 2, perMinute: 30, at: start)
    #expect(bucket.take(at: start) == nil && bucket.take(at: start) == nil)
    #expect(bucket.take(at: start) == .seconds(2))
    #expect(bucket.take(at: start + .seconds(1)) == .seconds(1))
    #expect(bucket.take(at: start + .seconds(2)) == nil)
    #expect(bucket.take(at: start + .seconds(2)) != nil)
    bucket.giveBack()
    #expect(bucket.take(at: start + .seconds(2)) == nil)
    #expect(!bucket.isFull(at: start + .seconds(3)) && bucket.isFull(at: start + .seconds(600)))
  }

  @Test("Gives nothing for a clock that was set back")
  func back() {
    let start = Instant(seconds: 1_716_800_000)
    var bucket = TokenBucket(size: 1, perMinute: 60, at: start)
    #expect(bucket.take(at: start) == nil)
    #expect(bucket.take(at: start - .seconds(3600)) == .seconds(1))
    #expect(bucket.take(at: start - .seconds(3599)) == nil)
  }
}

@Suite("An address of pages")
struct WebAddressTests {
  @Test("Begins with https and names a host", arguments: ["https://a.example", "https://a.example:8444/forum/"])
  func taken(text: String) {
    #expect(WebAddress(text)?.appending("e", "me", "t") == (text.hasSuffix("/") ? "\(text)e/me/t" : "\(text)/e/me/t"))
  }

  @Test(
    "Is nothing else",
    arguments: ["", "http://a.example", "https://", "https:///x", "a.example", "https://u:p@a.example", "https://a b"]
  )
  func refused(text: String) {
    #expect(WebAddress(text) == nil)
  }

  @Test("Is no base where something follows the path")
  func bases() {
    #expect(WebAddress("https://a.example/x")?.isBase == true && WebAddress("https://a.example/?x=1")?.isBase == false)
  }
}
