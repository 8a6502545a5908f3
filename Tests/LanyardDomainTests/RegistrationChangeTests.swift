import LanyardTesting
import Testing

@testable import LanyardDomain

extension RegistrationDetails {
  fileprivate func with(role: String) -> RegistrationDetails {
    var details = self
    details.guestRole = role
    return details
  }
}

/// A forum that reviews one group.
private let forum: Event = {
  var event = Event(
    slug: "forum",
    title: "Forum",
    startDate: day("2024-05-27"),
    endDate: day("2024-05-31"),
    timeZone: "Europe/Zurich"
  )
  event.allowsRemote = true
  event.stakeholderGroups = ["Government", "UN Agency"]
  event.reviewedStakeholderGroups = ["UN Agency"]
  return event
}()

private func registration(_ state: RegistrationState, _ participation: Participation = .onsite) throws -> Registration {
  let details = try SampleData.person(1, participation: participation).validated(for: forum)
  let now = Instant(seconds: 0)
  return Registration(
    id: "r",
    event: forum.slug,
    state: state,
    details: details,
    createdAt: now,
    updatedAt: now,
    revision: 1
  )
}

private func fold(capacity: Int, taken: Int) -> RegistrationFold {
  RegistrationFold(review: forum.review, places: Places(capacity: capacity, taken: taken))
}

@Suite("A change of a registration")
struct RegistrationChangeTests {
  private static func change(
    _ fields: [RegistrationField],
    _ edit: (inout RegistrationForm) -> Void
  ) throws -> RegistrationChange {
    var form = RegistrationForm()
    edit(&form)
    return try RegistrationChange(of: fields, form, for: forum)
  }

  private static func to(_ participation: Participation) throws -> RegistrationChange {
    try change([.participation]) { $0.participation = participation }
  }

  @Test("Takes over what it names and nothing else, and checks that alone")
  func fields() throws {
    let before = try registration(.confirmed).details
    let after = try Self.change([.person(.givenName), .days]) {
      ($0.givenName, $0.email, $0.days) = (" Zoë ", "no address", ["2024-05-28"])
    }.applied(to: before)
    #expect(after.givenName == "Zoë" && after.email == before.email && after.days == [day("2024-05-28")])
    #expect(after.familyName == before.familyName && after.stakeholderGroup == before.stakeholderGroup)
    let faults = violations { () throws(InvalidInput) in
      var form = RegistrationForm()
      (form.country, form.stakeholderGroup) = ("Aotearoa", "Friends")
      _ = try RegistrationChange(of: [.person(.country), .stakeholderGroup], form, for: forum)
    }
    #expect(faults.map(\.field) == ["country", "stakeholder_group"])
  }

  @Test("Leaves nobody without a name")
  func names() throws {
    var details = try registration(.confirmed).details
    details.familyName = ""
    let change = try Self.change([.person(.givenName)]) { $0.givenName = "" }
    #expect(
      violations { () throws(InvalidInput) in _ = try change.applied(to: details) }.map(\.field) == ["given_name"]
    )
  }

  @Test("Takes a place with a change to on site while there is one, and gives it back with one to remote")
  func participation() throws {
    var full = fold(capacity: 1, taken: 1)
    let remote = try registration(.confirmed, .remote)
    #expect(throws: RegistrationRefused.noPlace) {
      try full.change(remote, by: Self.to(.onsite), last: nil, etag: nil, as: .organiser)
    }
    var free = fold(capacity: 1, taken: 0)
    #expect(try free.change(remote, by: Self.to(.onsite), last: nil, etag: nil, as: .organiser).state == .confirmed)
    #expect(free.places.taken == 1)
    let onsite = try registration(.confirmed)
    let changed = try free.change(onsite, by: Self.to(.remote), last: nil, etag: nil, as: .organiser)
    #expect(changed.state == .confirmed && changed.details.participation == .remote && free.places.taken == 0)
  }

  @Test("Confirms who waited for a place and takes part remotely now, and leaves a decision open")
  func waiting() throws {
    var full = fold(capacity: 1, taken: 1)
    for (state, expected) in [
      (RegistrationState.waitlisted, RegistrationState.confirmed), (.submitted, .submitted), (.cancelled, .cancelled),
    ] {
      let changed = try full.change(
        registration(state),
        by: Self.to(.remote),
        last: nil,
        etag: nil,
        as: .organiser
      )
      #expect(changed.state == expected && full.places.taken == 1)
    }
  }

  @Test("Is refused where another person has the address, whose registration lives or was rejected")
  func address() throws {
    var fold = fold(capacity: 1, taken: 1)
    let change = try Self.change([.person(.email)]) { $0.email = "other@example.org" }
    for (state, refused) in [
      (RegistrationState.waitlisted, RegistrationRefused.alreadyRegistered), (.rejected, .rejectedBefore),
    ] {
      var other = try registration(state)
      other.id = "other"
      #expect(throws: refused) {
        try fold.change(registration(.confirmed), by: change, last: other, etag: nil, as: .organiser)
      }
    }
    var gone = try registration(.cancelled)
    gone.id = "other"
    let changed = try fold.change(registration(.confirmed), by: change, last: gone, etag: nil, as: .organiser)
    #expect(changed.details.email == "other@example.org")
    // The person's own address in other letters is no other person's.
    _ = try fold.change(
      registration(.confirmed),
      by: change,
      last: registration(.confirmed),
      etag: nil,
      as: .organiser
    )
  }

  @Test("Of the address by which a decision is known is for an organiser, once the registration has ended")
  func addressOfEnded() throws {
    var fold = fold(capacity: 1, taken: 1)
    let address = try Self.change([.person(.email)]) { $0.email = "other@example.org" }
    for state in [RegistrationState.rejected, .cancelled] {
      #expect(throws: RegistrationRefused.decisionNeeded) {
        try fold.change(registration(state), by: address, last: nil, etag: nil, as: .desk)
      }
      let changed = try fold.change(registration(state), by: address, last: nil, etag: nil, as: .organiser)
      #expect(changed.details.email == "other@example.org" && changed.state == state)
      // The same address, or another field, is no way round.
      let same = try Self.change([.person(.email), .person(.givenName)]) {
        ($0.email, $0.givenName) = (changed.details.email, "Zoë")
      }
      var ended = try registration(state)
      ended.details = changed.details
      #expect(try fold.change(ended, by: same, last: nil, etag: nil, as: .desk).details.givenName == "Zoë")
    }
    #expect(
      try fold.change(registration(.confirmed), by: address, last: nil, etag: nil, as: .desk).state == .confirmed
    )
  }

  @Test("Into a reviewed group, and out of a rejection, only an organiser brings somebody")
  func review() throws {
    var fold = fold(capacity: 1, taken: 1)
    let change = try Self.change([.stakeholderGroup]) { $0.stakeholderGroup = "UN Agency" }
    #expect(throws: RegistrationRefused.decisionNeeded) {
      try fold.change(registration(.confirmed), by: change, last: nil, etag: nil, as: .desk)
    }
    let changed = try fold.change(registration(.confirmed), by: change, last: nil, etag: nil, as: .organiser)
    #expect(changed.details.stakeholderGroup == "UN Agency" && changed.state == .confirmed)
    #expect(throws: RegistrationRefused.decisionNeeded) {
      try fold.take(.restore, on: registration(.rejected), etag: nil, as: .desk)
    }
    #expect(try fold.take(.restore, on: registration(.cancelled), etag: nil, as: .desk) == .waitlisted)
  }

  @Test("Of one's own registration leaves address, role and reviewed groups to others, and names each that differs")
  func own() throws {
    var fold = fold(capacity: 1, taken: 1)
    let before = try registration(.confirmed)
    let all = try RegistrationChange(
      of: RegistrationField.allCases,
      SampleData.person(1, participation: .remote),
      for: forum
    )
    // What one may not change may be sent as it is.
    let changed = try fold.change(before, by: all, last: nil, etag: nil, as: .participant)
    #expect(changed.details.participation == .remote && fold.places.taken == 0)
    let moved = try Self.change([.person(.givenName), .person(.email), .stakeholderGroup]) {
      ($0.givenName, $0.email, $0.stakeholderGroup) = ("Zoë", "other@example.org", "UN Agency")
    }
    var other = try registration(.confirmed)
    other.id = "other"
    // In whatever state it is, and before it is said whether somebody else has the address.
    for state in RegistrationState.allCases {
      #expect(throws: Self.refused(["email", "stakeholder_group"])) {
        try fold.change(registration(state), by: moved, last: other, etag: nil, as: .participant)
      }
    }
    let role = RegistrationChange(of: [.guestRole], before.details.with(role: "speaker"))
    #expect(throws: Self.refused(["guest_role"])) {
      try fold.change(before, by: role, last: nil, etag: nil, as: .participant)
    }
    // From one reviewed group to another, which nobody has looked at.
    var reviewed = before
    reviewed.details.stakeholderGroup = "UN Agency"
    var strict = RegistrationFold(
      review: ReviewRule(stakeholderGroups: ["UN Agency", "Government"], guestRoles: []),
      places: Places(capacity: 1, taken: 1)
    )
    let group = try Self.change([.stakeholderGroup]) { $0.stakeholderGroup = "Government" }
    #expect(throws: Self.refused(["stakeholder_group"])) {
      try strict.change(reviewed, by: group, last: nil, etag: nil, as: .participant)
    }
    let out = try fold.change(reviewed, by: group, last: nil, etag: nil, as: .participant)
    #expect(out.details.stakeholderGroup == "Government" && out.state == .confirmed)
  }

  private static func refused(_ fields: [String]) -> RegistrationRefused {
    .invalid(InvalidInput(fields.map { FieldViolation(field: $0, .notByLink) }))
  }

  @Test("Is refused where the registration has changed since it was read, or the person was erased")
  func refusals() throws {
    var fold = fold(capacity: 1, taken: 1)
    #expect(throws: RegistrationRefused.changedMeanwhile) {
      try fold.change(registration(.confirmed), by: Self.to(.remote), last: nil, etag: "\"0\"", as: .organiser)
    }
    var erased = try registration(.cancelled)
    erased.erasedAt = Instant(seconds: 1)
    #expect(throws: RegistrationRefused.erased("r", of: "forum")) {
      try fold.change(erased, by: Self.to(.remote), last: nil, etag: nil, as: .organiser)
    }
  }
}

@Suite("Saying whom one means")
struct PersonSearchTests {
  @Test(
    "A text is read as a registration, a badge, an address, or words",
    arguments: [
      ("events/forum/registrations/exxc7j041m5vzqdvawcc9r41ad", .registration("exxc7j041m5vzqdvawcc9r41ad")),
      ("exxc7j041m5vzqdvawcc9r41ad", .registration("exxc7j041m5vzqdvawcc9r41ad")),
      ("events/forum/badges/00000000000000ff", .badge(BadgeSerial(255))),
      ("00000000000000FF", .badge(BadgeSerial(255))),
      ("ada@example.org", .address("ada@example.org")), ("Ada Byron", .words(["ada", "byron"])),
      ("events/other/registrations/exxc7j041m5vzqdvawcc9r41ad", nil), ("!", nil), ("?! …", nil), ("", nil),
    ] as [(String, PersonSearch?)]
  )
  func reading(text: String, expected: PersonSearch?) {
    #expect(PersonSearch(text, of: "forum") == expected)
  }

  @Test("Of one address the live registration is meant, else the last")
  func onePerson() throws {
    var (ended, live, later) = (try registration(.cancelled), try registration(.confirmed), try registration(.rejected))
    (ended.id, live.id, later.id) = ("ended", "live", "later")
    later.createdAt = Instant(seconds: 9)
    let search = PersonSearch.words(["a"])
    #expect(search.people(of: [ended, live, later]).map(\.id) == ["live"])
    #expect(search.people(of: [ended, later]).map(\.id) == ["later"])
  }

  @Test("Words that are all that somebody is called mean that one, and not whose name begins so")
  func wholeName() throws {
    var (li, ling) = (try registration(.confirmed), try registration(.confirmed))
    (li.id, li.details.email, li.details.givenName, li.details.familyName) = ("li", "li@example.org", "Li", "Ng")
    (ling.id, ling.details.email, ling.details.givenName, ling.details.familyName) =
      ("ling", "ling@example.org", "Li", "Nguyen")
    #expect(PersonSearch.words(["ng", "li"]).people(of: [ling, li]).map(\.id) == ["li"])
    #expect(PersonSearch.words(["ng"]).people(of: [ling, li]).map(\.id) == ["li", "ling"])
  }

  @Test("Several are in the order of their names, word by word, whatever organisations follow")
  func order() throws {
    let names = [
      ("Li", "Ng", "WHO"), ("Li", "Ng An", ""), ("Li", "Ngo", "ACME"), ("Li", "Nguyen", ""), ("Lin", "A", ""),
    ]
    let people = try names.enumerated().map { number, name in
      var person = try registration(.confirmed)
      (person.id, person.details.email) = ("\(9 - number)", "\(number)@example.org")
      (person.details.givenName, person.details.familyName, person.details.organisation) = name
      return person
    }
    let sorted = PersonSearch.words(["l"]).people(of: people.reversed())
    #expect(sorted.map(\.details.familyName) == ["Ng", "Ng An", "Ngo", "Nguyen", "A"])
  }

  @Test("A line of CSV quotes what it has to, and starts no formula")
  func csv() {
    let fields = ["a", "b,c", "d\"e", "=1+1", "-2", "", "x\ny"]
    #expect(CSVWriter.line(fields) == "a,\"b,c\",\"d\"\"e\",'=1+1,'-2,,\"x\ny\"")
  }
}
