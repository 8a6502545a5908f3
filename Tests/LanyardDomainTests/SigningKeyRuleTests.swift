import LanyardTesting
import Testing

@testable import LanyardDomain

@Suite("Keys that sign badges") struct SigningKeyRuleTests {
  private static let now = SampleData.firstMorning

  private static func keys(_ ages: [(id: UInt32, seconds: Int, isRetired: Bool)]) -> SigningKeys {
    SigningKeys(
      ages.map { .init(id: $0.id, createdAt: now + .seconds($0.seconds), isRetired: $0.isRetired) }
    )
  }

  @Test("Sign by the newest that is not retired; of two of one moment, by that of the higher number")
  func signing() {
    #expect(Self.keys([]).signing == nil)
    #expect(Self.keys([(7, 5, false), (1, 0, false), (9, 9, true)]).signing == 7)
    #expect(Self.keys([(7, 5, false), (8, 5, false), (1, 5, false)]).signing == 8)
    #expect(Self.keys([(7, 5, true)]).signing == nil)
  }

  @Test("Are each newer than the one before, also where the clock was set back")
  func next() {
    #expect(Self.keys([]).moment(ofNextAt: Self.now) == Self.now)
    #expect(Self.keys([(1, -9, false)]).moment(ofNextAt: Self.now) == Self.now)
    #expect(
      Self.keys([(2, 60, true), (1, 0, false)]).moment(ofNextAt: Self.now) == Self.now + .microseconds(60_000_001)
    )
  }

  @Test("Are retired where they sign no more and no badge that works needs them, and once")
  func retiring() throws {
    let keys = Self.keys([(1, 0, true), (2, 1, false), (3, 2, false)])
    #expect(try keys.retires(2, working: 0))
    #expect(try !keys.retires(1, working: 0))
    #expect(throws: SigningKeys.Refusal.signs) { try keys.retires(3, working: 0) }
    #expect(throws: SigningKeys.Refusal.signs) { try keys.retires(3, working: 4) }
    #expect(throws: SigningKeys.Refusal.inUse(badges: 4)) { try keys.retires(2, working: 4) }
    #expect(throws: SigningKeys.Refusal.unknown) { try keys.retires(4, working: 0) }
  }

  @Test("Are needed by badges that count, have not run out and are of no archived event")
  func needed() {
    let badge = Badge(
      serial: BadgeSerial(1),
      event: "forum",
      registration: "r",
      code: "C",
      state: .active,
      keyID: 1,
      issuedAt: Self.now,
      validity: Self.now..<Self.now + .seconds(60),
      revision: 1
    )
    #expect(badge.needsKey(of: .confirmed, at: Self.now, isArchived: false))
    #expect(badge.needsKey(of: .confirmed, at: Self.now - .seconds(60), isArchived: false))
    #expect(!badge.needsKey(of: .confirmed, at: Self.now + .seconds(60), isArchived: false))
    #expect(!badge.needsKey(of: .confirmed, at: Self.now, isArchived: true))
    #expect(!badge.needsKey(of: .cancelled, at: Self.now, isArchived: false))
    for state in BadgeState.allCases {
      var other = badge
      other.state = state
      #expect(other.needsKey(of: .confirmed, at: Self.now, isArchived: false) == state.isCurrent, "\(state)")
    }
  }

  @Test("Leave each badge one print of its own, while it is one that is printed")
  func claims() {
    let run = PrintRun(
      event: "forum",
      number: 1,
      createdAt: Self.now,
      count: 1,
      actor: .device("d"),
      look: PrintLook(.delivered(.label), on: .single)
    )
    for state in BadgeState.allCases {
      #expect(PrintClaim.decide(state, last: nil) == (state.isPrinted ? .prints : .stands(state)))
      #expect(PrintClaim.decide(state, last: run) == (state.isPrinted ? .before(run) : .stands(state)))
    }
  }
}
