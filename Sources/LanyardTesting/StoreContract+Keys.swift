import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  /// Half of a key, which nobody signs with here.
  private static func half(_ id: UInt8) -> [UInt8] { .init(repeating: id, count: 32) }

  private static func allBadges(_ store: any Store) async throws -> [Badge] {
    try await store.badges(of: forum, registration: nil, PageRequest(size: 20)).items
  }

  static let keys: [StoreRule] = [
    StoreRule("the key that was made last is the newest, whatever the clock said, and each plan tells lanes of it") {
      store in
      _ = try await store.addSigningKey(.test(now), .test(now))
      let before = try await store.rosterHead(of: forum).cursor.plan
      let keys = try await store.addSigningKey(.test(now), .test(now - .seconds(3600), id: 2))
      #expect(keys.map(\.id) == [1, 2])
      #expect(try await store.signingKeys() == keys)
      #expect(try await store.rosterHead(of: forum).cursor.plan > before)
    },
    StoreRule("a key is sealed once, and its plain half is gone") { store in
      _ = try await store.addSigningKey(.test(now), .test(now))
      let sealed = StoredSigningKey(id: 1, .sealed([1, 2, 3]), publicKey: half(1), createdAt: now)
      let other = StoredSigningKey(id: 1, .sealed([4, 5, 6]), publicKey: half(1), createdAt: now)
      #expect(try await store.sealSigningKeys(.test(now), [sealed]).map(\.privateHalf) == [.sealed([1, 2, 3])])
      // Of two servers that seal at once the second changes nothing.
      #expect(try await store.sealSigningKeys(.test(now), [other]).map(\.privateHalf) == [.sealed([1, 2, 3])])
    },
    StoreRule("a key is retired only once it signs no new badges and no badge that works is of it") { store in
      let holders = try await badgeHolders(2, store)
      let (key, badge) = (
        ResourceName.verificationKey(1),
        try await store.badges(of: forum, registration: holders[0].id, PageRequest(size: 1)).items[0]
      )
      await #expect(throws: StoreError.keySigns(key)) {
        try await store.retireSigningKey(.test(now), 1, publicKey: half(1))
      }
      _ = try await store.addSigningKey(.test(now), .test(now, id: 2))
      #expect(try await store.signingKeyUse(at: now) == [1: SigningKeyUse(all: 2, working: 2)])
      await #expect(throws: StoreError.keyInUse(key, badges: 2)) {
        try await store.retireSigningKey(.test(now), 1, publicKey: half(1))
      }
      // One who cancelled has no badge that works, and would come back with one that verifies nowhere.
      _ = try await store.take(.test(now), .cancel, on: holders[1].id, of: forum, etag: nil)
      var draft = draft(for: holders[0], code: "NEW")
      draft = BadgeDraft(
        serial: draft.serial,
        registration: draft.registration,
        code: "NEW",
        keyID: 2,
        validity: draft.validity
      )
      let old = try await store.outdatedBadges(of: forum, .signed(by: 1), limit: 10)
      #expect(old.badges.map(\.serial) == [badge.serial] && old.count == 1)
      let replaced = try await store.replace(.test(now), [(old: badge.serial, draft: draft)], of: forum, .signed(by: 1))
      #expect(replaced.remaining == 0 && replaced.badges.map(\.keyID) == [2])
      // One that is held stays so, as nobody has looked at it; who is handed another can use it.
      let new = replaced.badges[0]
      _ = try await store.hold(.test(now), new.serial, of: forum)
      let again = Self.draft(for: holders[0], code: "AGAIN", keyID: 2)
      let held = try await store.replace(.test(now), [(old: new.serial, draft: again)], of: forum, .signed(by: 2))
      #expect(held.badges.map(\.state) == [.held])
      let handed = Self.draft(for: holders[0], code: "HANDED", keyID: 2)
      #expect(try await store.replace(.test(now), again.serial, of: forum, with: handed).state == .active)
      let left = try await store.retireSigningKey(.test(now), 1, publicKey: half(1))
      #expect(left.map(\.privateHalf) == [.destroyed, .plain(half(2))] && left[0].retiredAt != nil)
      let cancelled = try await store.badges(of: forum, registration: holders[1].id, PageRequest(size: 1)).items
      #expect(cancelled.map(\.state) == [.revoked])
      #expect(try await store.retireSigningKey(.test(now), 1, publicKey: half(1)) == left)
      await #expect(throws: StoreError.notFound(.verificationKey(9))) {
        try await store.retireSigningKey(.test(now), 9, publicKey: half(9))
      }
    },
    StoreRule("the badges that need a key are those that the rule says, whatever has become of them") { store in
      let holders = try await badgeHolders(5, store)
      let first = try await allBadges(store)
      _ = try await store.hold(.test(now), first[0].serial, of: forum)
      _ = try await store.revoke(.test(now), first[1].serial, of: forum)
      _ = try await store.replace(.test(now), first[2].serial, of: forum, with: draft(for: holders[2], code: "NEW"))
      _ = try await store.take(.test(now), .cancel, on: holders[3].id, of: forum, etag: nil)
      let ends = first[4].validity.upperBound
      for isArchived in [false, true] {
        if isArchived { _ = try await store.archive(.test(now), forum, true) }
        for moment in [now, ends - .microseconds(1), ends] {
          var needed = 0
          for badge in try await allBadges(store) {
            let state = try await store.registration(badge.registration, of: forum).state
            if badge.needsKey(of: state, at: moment, isArchived: isArchived) { needed += 1 }
          }
          #expect(try await store.signingKeyUse(at: moment) == [1: SigningKeyUse(all: 6, working: needed)])
          #expect(needed == (isArchived || moment == ends ? 0 : 3))
        }
      }
    },
    StoreRule("no badge is recorded that a key signed which was retired meanwhile") { store in
      let holder = try await register(SampleData.person(1), store)
      _ = try await store.addSigningKey(.test(now), .test(now))
      _ = try await store.addSigningKey(.test(now), .test(now, id: 2))
      _ = try await store.retireSigningKey(.test(now), 1, publicKey: half(1))
      await #expect(throws: StoreError.keyChanged) {
        try await store.issue(.test(now), [draft(for: holder, code: "LATE")], of: forum)
      }
    },
  ]

  static let prints: [StoreRule] = [
    StoreRule(
      "what was printed is what somebody said was, the last time of each badge, and is numbered as it was drawn"
    ) {
      store in
      _ = try await badgeHolders(3, store)
      let badges = try await store.badges(of: forum, registration: nil, PageRequest(size: 10)).items
      func faces(_ numbers: [Int], _ face: UInt8) -> [BadgePrinting] {
        numbers.map { BadgePrinting(serial: badges[$0].serial, face: half(face)) }
      }
      let first = try await store.addPrintRun(
        .test(now),
        faces([2, 0, 1], 1),
        look: PrintLook(.delivered(.label), on: .single),
        of: forum
      )
      #expect(first.number == 1 && first.count == 3 && first.printedAt == nil)
      #expect(try await store.printedBadges(of: forum).isEmpty)
      let confirmed = try await store.confirmPrintRun(.test(now), 1, of: forum)
      #expect(confirmed.printedAt == now && confirmed.printedBefore == 0)
      #expect(try await store.confirmPrintRun(.test(now + .seconds(5)), 1, of: forum).printedAt == now)
      _ = try await store.addPrintRun(
        .test(now),
        faces([0], 2),
        look: PrintLook(.delivered(.label), on: .single),
        of: forum
      )
      #expect(try await store.confirmPrintRun(.test(now), 2, of: forum).printedBefore == 1)
      // Drawn, and the file never came to its end.
      _ = try await store.addPrintRun(
        .test(now),
        faces([1], 3),
        look: PrintLook(.delivered(.label), on: .single),
        of: forum
      )
      let printed = try await store.printedBadges(of: forum)
      #expect(badges.map { printed[$0.serial]?.face } == [half(2), half(1), half(1)])
      #expect(try await store.badges(ofPrintRun: 1, of: forum, from: 2) == faces([0, 1], 1))
      let runs = try await store.printRuns(of: forum, PageRequest(size: 2))
      #expect(runs.items.map(\.number) == [3, 2] && runs.next != nil)
      let rest = try await store.printRuns(of: forum, PageRequest(size: 2, after: runs.next))
      #expect(rest.items.map(\.number) == [1] && rest.next == nil)
      #expect(try await store.badge(badges[1].serial, of: forum).printedAt == now)
      await #expect(throws: StoreError.notFound(.printRun(4, of: forum))) {
        try await store.confirmPrintRun(.test(now), 4, of: forum)
      }
    },
    StoreRule("of all who ask at once for the one print of a badge one gets it, and the others are told of that") {
      store in
      _ = try await badgeHolders(1, store)
      let badge = try await store.badges(of: forum, registration: nil, PageRequest(size: 1)).items[0]
      let print = BadgePrinting(serial: badge.serial, face: half(1))
      let claims = await atOnce(8) { _ in
        try await store.claimPrint(.test(now), print, look: PrintLook(.delivered(.label), on: .single), of: forum)
      }
      let got = try claims.map { try $0.get() }
      #expect(got.count { if case .now = $0 { true } else { false } } == 1)
      #expect(
        got.allSatisfy {
          if case .now(let run) = $0 {
            run.number == 1
          } else if case .before(let run) = $0 {
            run.number == 1
          } else {
            false
          }
        }
      )
      // What did not come out is printed when it is asked for again; nobody takes back what another printed.
      let stranger = Act(.device("another"), at: now, from: "", request: "withdraw")
      await #expect(throws: StoreError.notFound(.printRun(1, of: forum))) {
        try await store.withdrawPrintRun(stranger, 1, of: forum, isOwn: true)
      }
      for _ in 1...2 {
        #expect(try await store.withdrawPrintRun(.test(now), 1, of: forum, isOwn: true).printedAt == nil)
      }
      #expect(try await store.printRun(1, of: forum).look == PrintLook(.delivered(.label), on: .single))
      guard
        case .now(let second) = try await store.claimPrint(
          .test(now),
          print,
          look: PrintLook(.file, fileDigest: half(9), on: .a4),
          of: forum
        )
      else { throw StoreError.failed(.programmer) }
      #expect(second.number == 2)
      #expect(try await store.printRun(2, of: forum).look == PrintLook(.file, fileDigest: half(9), on: .a4))
      _ = try await store.hold(.test(now), badge.serial, of: forum)
      await #expect(throws: StoreError.badgeNotActive(.badge(badge.serial, of: forum), .held)) {
        try await store.claimPrint(.test(now), print, look: PrintLook(.delivered(.label), on: .single), of: forum)
      }
    },
    StoreRule("where the event says so a badge opens nothing until it is activated, and what takes its place works") {
      store in
      var programme = try forum(capacity: 100)
      programme.events[0].event.activatedStakeholderGroups = [SampleData.person(1).stakeholderGroup]
      _ = try await store.importProgramme(.test(), programme)
      let holders = try await badgeHolders(1, store)
      let badge = try await store.badges(of: forum, registration: holders[0].id, PageRequest(size: 1)).items[0]
      #expect(badge.state == .notActivated)
      let refused = try await store.admit(.test(now), [laneScan("CODE1")], reader: { _ in .unreadable })
      guard case .recorded(let scan)? = refused.first else { throw StoreError.failed(.programmer) }
      #expect(scan.answer.refusal == .notActivated)
      await #expect(throws: StoreError.badgeNotActive(.badge(badge.serial, of: forum), .notActivated)) {
        try await store.hold(.test(now), badge.serial, of: forum)
      }
      let other = try await store.replace(
        .test(now),
        badge.serial,
        of: forum,
        with: draft(for: holders[0], code: "SECOND")
      )
      #expect(other.state == .notActivated)
      #expect(try await store.activate(.test(now), other.serial, of: forum).state == .active)
      #expect(try await store.activate(.test(now), other.serial, of: forum).state == .active)
      let third = try await store.replace(
        .test(now),
        other.serial,
        of: forum,
        with: draft(for: holders[0], code: "THIRD")
      )
      #expect(third.state == .active)
      let revoked = try await store.revoke(.test(now), third.serial, of: forum, note: "stolen")
      #expect(revoked.state == .revoked && revoked.revocationNote == "stolen")
      #expect(try await store.badge(third.serial, of: forum) == revoked)
      await #expect(throws: StoreError.badgeNotActive(.badge(third.serial, of: forum), .revoked)) {
        try await store.activate(.test(now), third.serial, of: forum)
      }
    },
  ]
}
