import LanyardDomain
import Testing

@Suite("The badges of a registration") struct BadgeHistoryTests {
  private static let registration = ResourceName.registration("r", of: "forum")

  private static func badge(_ serial: UInt64, _ state: BadgeState = .active, mark: AttentionMark = .none) -> Badge {
    Badge(
      serial: BadgeSerial(serial),
      event: "forum",
      registration: "r",
      code: "CODE\(serial)",
      state: state,
      keyID: 1,
      issuedAt: at("2024-05-27T08:00:00Z"),
      validity: at("2024-05-27T00:00:00Z")..<at("2024-05-30T00:00:00Z"),
      mark: mark,
      revision: 7
    )
  }

  private static func history(_ badges: [Badge], _ state: RegistrationState = .confirmed) -> BadgeHistory {
    BadgeHistory(of: registration, state, badges)
  }

  @Test("Begin with one for who asks, and go on with the one that counts")
  func issue() throws {
    #expect(try Self.history([]).issue(renewingRevoked: false) == .new)
    let replaced = Self.badge(1, .replaced)
    for state in [BadgeState.active, .notActivated, .held] {
      let badge = Self.badge(2, state)
      #expect(try Self.history([replaced, badge]).issue(renewingRevoked: true) == .kept(badge))
    }
    #expect(try Self.history([replaced]).issue(renewingRevoked: false) == .new)
  }

  @Test("Stay revoked unless a new one is asked for by name")
  func revoked() throws {
    let badges = [Self.badge(1, .revoked), Self.badge(2, .revoked)]
    #expect(try Self.history(badges).issue(renewingRevoked: false) == .kept(badges[1]))
    #expect(try Self.history(badges).issue(renewingRevoked: true) == .new)
  }

  @Test("Are none of who is not confirmed", arguments: RegistrationState.allCases.filter { $0 != .confirmed })
  func notConfirmed(state: RegistrationState) throws {
    let badge = Self.badge(1)
    #expect(throws: BadgeRefused.notConfirmed(Self.registration, state)) {
      try Self.history([badge], state).issue(renewingRevoked: true)
    }
    #expect(throws: BadgeRefused.notConfirmed(Self.registration, state)) {
      try Self.history([badge], state).replace(badge)
    }
  }

  @Test("Are held while they work, and released")
  func held() throws {
    for state in [BadgeState.active, .held] {
      #expect(try Self.badge(1, state).stateAfterHolding() == .held)
      #expect(try Self.badge(1, state).stateAfterReleasing() == .active)
    }
    for state in [BadgeState.replaced, .revoked, .notActivated] {
      #expect(throws: BadgeRefused.self) { try Self.badge(1, state).stateAfterHolding() }
      #expect(throws: BadgeRefused.self) { try Self.badge(1, state).stateAfterReleasing() }
    }
    let held = Self.badge(1, .held)
    #expect(try Self.history([held]).replace(held).serial == held.serial && BadgeState.held.afterRevoking == .revoked)
  }

  @Test("Let the one that counts be replaced, and no other")
  func replace() throws {
    let mark = AttentionMark(attention: .escort, note: "Gate 2")
    let badges = [Self.badge(1, .replaced), Self.badge(2, mark: mark)]
    #expect(try Self.history(badges).replace(badges[1]).mark == mark)
    for other in [badges[0], Self.badge(3)] {
      #expect(throws: BadgeRefused.notActive(.badge(other.serial, of: "forum"), other.state)) {
        try Self.history(badges).replace(other)
      }
    }
    let revoked = Self.badge(1, .revoked)
    #expect(throws: BadgeRefused.notActive(.badge(revoked.serial, of: "forum"), .revoked)) {
      try Self.history([revoked]).replace(revoked)
    }
  }

  @Test("Are marked as asked, but not once their bearer is erased or with an old etag")
  func mark() throws {
    let badge = Self.badge(1, mark: AttentionMark(attention: .escort, note: "Gate 2"))
    let change = AttentionChange(attention: .specialNeeds)
    let mark = try badge.mark(after: change, isErased: false, etag: badge.etag)
    #expect(mark == AttentionMark(attention: .specialNeeds, note: "Gate 2"))
    let noted = try badge.mark(after: AttentionChange(attention: Attention.none), isErased: false, etag: nil)
    #expect(noted == AttentionMark(attention: .none, note: "Gate 2"))
    let bare = AttentionChange(attention: Attention.none, note: "")
    #expect(try badge.mark(after: bare, isErased: false, etag: nil) == .none)
    #expect(throws: BadgeRefused.changedMeanwhile) { try badge.mark(after: change, isErased: false, etag: "\"6\"") }
    #expect(throws: BadgeRefused.erased(Self.registration)) { try badge.mark(after: change, isErased: true, etag: nil) }
  }

  @Test(
    "Are at most one that counts, and one that ended stays ended, whatever is asked",
    arguments: 0..<20 as Range<UInt64>
  )
  func whatever(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var badges: [Badge] = []
    for serial in 1...200 as ClosedRange<UInt64> {
      let before = badges
      let history = Self.history(
        badges,
        [.confirmed, .confirmed, .cancelled].randomElement(using: &generator) ?? .confirmed
      )
      switch Int.random(in: 0..<3, using: &generator) {
      case 0:
        if case .new? = try? history.issue(renewingRevoked: Bool.random(using: &generator)) {
          badges.append(Self.badge(serial))
        }
      case 1:
        guard let index = badges.indices.randomElement(using: &generator),
          let old = try? history.replace(badges[index])
        else { continue }
        #expect(old == badges[index])
        badges[index].state = .replaced
        badges.append(Self.badge(serial))
      default:
        guard let index = badges.indices.randomElement(using: &generator) else { continue }
        badges[index].state = badges[index].state.afterRevoking
      }
      #expect(badges.count(where: \.state.isCurrent) <= 1)
      for (old, new) in zip(before, badges) where !old.state.isCurrent { #expect(new.state == old.state) }
    }
  }
}
