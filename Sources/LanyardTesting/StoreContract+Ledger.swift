import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  /// Makes an entrance lane a turnstile.
  private static func turnstile(_ store: any Store) async throws {
    var programme = try SampleData.programme()
    let index = try #require(programme.events[1].checkpoints.firstIndex { $0.id == "entrance-lane-1" })
    programme.events[1].checkpoints[index].directions = .byTurns
    _ = try await store.importProgramme(.test(), programme)
  }

  private static func undo(_ scan: UUIDBytes, by reporter: Reporter = "device", supervisor: Bool = false) -> UndoRequest
  {
    UndoRequest(scan: scan, event: forum, reporter: reporter, isSupervisor: supervisor, note: "")
  }

  /// Seconds after `now`, each a reading of one badge, with what a turnstile answers and whether it had read it before.
  private static let readings: [(second: Int, answer: RecordedScan.Answer, isDouble: Bool)] = [
    (0, .admitted, false), (2, .admitted, true), (5, .admitted, true), (9, .left(wasInside: true), false),
    (10, .left(wasInside: true), true), (20, .admitted, false), (24, .left(wasInside: true), false),
  ]

  static let ledger: [StoreRule] = [
    StoreRule("what reported a scan is kept with it, and what took it back too") { store in
      _ = try await badgeHolders(Reporter.Kind.allCases.count, store)
      for (number, kind) in Reporter.Kind.allCases.enumerated() {
        let reporter = Reporter(kind, id: "one-\(number)")
        let scan = laneScan("CODE\(number + 1)", reporter: reporter)
        #expect(try await admit(scan, at: now, store)?.reporter == reporter)
        let other = Reporter(.token, id: "desk")
        let request = UndoRequest(scan: scan.id, event: forum, reporter: other, isSupervisor: true, note: "")
        let undone = try await store.undo(.test(now + .seconds(60)), request)
        #expect(undone?.reporter == reporter && undone?.undo?.reporter == other)
      }
      let listed = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 100)).items
      #expect(listed.map { $0.reporter?.kind } == Reporter.Kind.allCases)
    },
    StoreRule("a turnstile that reads a badge again within three seconds answers the same, and nobody passes for it") {
      store in
      try await turnstile(store)
      _ = try await badgeHolders(2, store)
      var scans: [UUIDBytes] = []
      for (second, answer, isDouble) in readings {
        let recorded = try await admit(laneScan("CODE1", nil), at: now + .seconds(second), store)
        #expect(recorded?.answer == answer && recorded?.isDoubleReading == isDouble)
        if let recorded { scans.append(recorded.id) }
      }
      #expect(try await admit([laneScan("CODE2", nil), laneScan("CODE2", nil)], store) == [.admitted, .admitted])
      #expect(try await inside(store) == 1)
      let listed = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 20)).items
      #expect(listed.map(\.isDoubleReading) == readings.map(\.isDouble) + [false, true])
      let counts = try await store.attendance(of: forum, checkpoint: "entrance-lane-1", at: now).checkpoints[0]
      #expect(counts.admitted == 2 && counts.left == 2)
      // Made again from the ledger, it is the same.
      _ = try await store.undo(.test(now + .seconds(25)), undo(scans[6], supervisor: true))
      _ = try await store.undo(.test(now + .seconds(25)), undo(scans[4], supervisor: true))
      #expect(try await inside(store) == 2)
      let after = try await store.attendance(of: forum, checkpoint: "entrance-lane-1", at: now).checkpoints[0]
      #expect(after.admitted == 2 && after.left == 1)
    },
    StoreRule("a turnstile that reads a badge over and over knows it while each reading follows within three seconds") {
      store in
      try await turnstile(store)
      _ = try await badgeHolders(1, store)
      for second in [0, 2, 4, 6, 8, 10] {
        let recorded = try await admit(laneScan("CODE1", nil), at: now + .seconds(second), store)
        #expect(recorded?.answer == .admitted && recorded?.isDoubleReading == (second > 0))
      }
      let out = try await admit(laneScan("CODE1", nil), at: now + .seconds(14), store)
      #expect(out?.answer == .left(wasInside: true) && out?.isDoubleReading == false)
    },
    StoreRule("the ledger and the trail prove one another, with all that a scan can have") { store in
      try await turnstile(store)
      _ = try await badgeHolders(2, store)
      let note = OverrideNote(note: "known by face", operatorName: "AB")
      let scans = [
        laneScan("CODE1", nil), laneScan("CODE1", nil), laneScan("CODE1", lane: 2),
        laneScan("CODE1", lane: 2, override: note),
      ]
      #expect(
        try await admit(scans, store) == [.admitted, .admitted, .refused(.alreadyInside), .admitted]
      )
      _ = try await upload([(laneScan("CODE2", lane: 3), .admitted, now)], store)
      let verdict = try await store.verifyTrail { _ in }
      #expect(verdict.broken == nil && verdict.scans == 5)
    },
    StoreRule("a direction that is chosen is followed however soon, and so is another turnstile") { store in
      try await turnstile(store)
      _ = try await badgeHolders(1, store)
      #expect(
        try await admit([laneScan("CODE1", nil), laneScan("CODE1", .into), laneScan("CODE1", .out)], store)
          == [.admitted, .refused(.alreadyInside), .left(wasInside: true)]
      )
      #expect(
        try await admit([laneScan("CODE1", lane: 2, nil), laneScan("CODE1", nil)], store)
          == [.admitted, .left(wasInside: true)]
      )
    },
    StoreRule("a badge that was revoked between two readings of a turnstile is refused") { store in
      try await turnstile(store)
      let holder = try await badgeHolders(1, store)[0]
      let badge = try await store.badges(of: forum, registration: holder.id, PageRequest(size: 1)).items[0]
      #expect(try await admit(laneScan("CODE1", nil), at: now, store)?.answer == .admitted)
      _ = try await store.revoke(.test(), badge.serial, of: forum)
      #expect(try await admit(laneScan("CODE1", nil), at: now + .seconds(1), store)?.answer == .refused(.revoked))
    },
    StoreRule("what a turnstile read twice while it was offline is no conflict and counts once") { store in
      try await turnstile(store)
      _ = try await badgeHolders(1, store)
      let facts = readings.map { (scan: laneScan("CODE1", nil), answer: $0.answer, at: now + .seconds($0.second)) }
      for part in [facts.prefix(2), facts.dropFirst(2)] {
        #expect(try await upload(Array(part), store).allSatisfy { $0?.conflicts == [] })
      }
      let listed = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 20)).items
      #expect(listed.map(\.isDoubleReading) == readings.map(\.isDouble))
      #expect(try await inside(store) == 0)
      let counts = try await store.attendance(of: forum, checkpoint: "entrance-lane-1", at: now).checkpoints[0]
      #expect(counts.admitted == 1 && counts.left == 2)
    },
    StoreRule("the ledger's clock never runs back, and passages follow one another as they were recorded") { store in
      _ = try await badgeHolders(1, store)
      let late = now + .seconds(600)
      #expect(try await admit(laneScan("CODE1"), at: late, store)?.receivedAt == late)
      #expect(try await store.lastScanTime() == late)
      #expect(try await admit(laneScan("CODE1", .out), at: now, store)?.receivedAt == late)
      let mistake = laneScan("CODE1")
      _ = try await admit(mistake, at: now + .seconds(1), store)
      #expect(try await store.undo(.test(now + .seconds(2)), undo(mistake.id))?.undo?.at == late)
      #expect(try await inside(store) == 0)
      let uploaded = try await upload([(laneScan("CODE1"), .admitted, late)], store)[0]?.outcome
      guard case .recorded(let offline)? = uploaded else {
        Issue.record("not recorded")
        return
      }
      #expect(offline.receivedAt >= late)
    },
    StoreRule("a clock that was ahead for one scan decides nothing once it is set back") { store in
      _ = try await badgeHolders(3, store)
      let code = StoredEnrolmentCode(
        hash: .init(repeating: 8, count: 32),
        event: forum,
        displayName: "Tablet",
        profile: .lane,
        checkpoints: [],
        isSupervisor: false,
        expiresAt: now + .seconds(600)
      )
      try await store.addEnrolmentCode(.test(), code)
      let expired = now + .seconds(30 * 86_400)
      #expect(try await admit(laneScan("CODE3"), at: expired, store)?.answer == .refused(.expired))
      let scan = laneScan("CODE1")
      let recorded = try await admit(scan, at: now + .seconds(1), store)
      #expect(recorded?.answer == .admitted && recorded?.receivedAt == expired)
      #expect(recorded?.decidedAt == now + .seconds(1))
      #expect(try await admit(scan, at: now + .seconds(2), store) == recorded)
      let again = try await admit(laneScan("CODE1", lane: 2), at: now + .seconds(3), store)
      #expect(again?.answer == .refused(.alreadyInside) && again?.earlier?.admittedAt == now + .seconds(1))
      // What is not a scan is decided by the clock too.
      #expect(try await store.enrol(.test(now + .seconds(4)), codeHash: code.hash, request: 1).profile == .lane)
      // It is of the day on which it happened, also when it is counted again.
      let mistake = laneScan("CODE2")
      for scan in [mistake, laneScan("CODE3")] {
        #expect(try await admit(scan, at: now + .seconds(5), store)?.answer == .admitted)
      }
      #expect(try await store.undo(.test(now + .seconds(6)), undo(mistake.id)) != nil)
      _ = try await upload([(laneScan("CODE3", .out), .left(wasInside: true), now + .seconds(7))], store)
      #expect(try await inside(store, at: now + .seconds(60)) == 1)
      let counts = try await store.attendance(of: forum, checkpoint: "entrance-lane-1", at: now).checkpoints[0]
      #expect(counts.admitted == 2 && counts.left == 1)
      var today = ScanFilter()
      (today.start, today.end) = (now, now + .seconds(3600))
      #expect(try await store.scans(of: forum, matching: today, PageRequest(size: 20)).items.count == 5)
      #expect(try await store.summary(of: forum, on: nil, by: nil, at: now).summary.all.came == 2)
      #expect(try await store.verifyTrail { _ in }.broken == nil)
    },
    StoreRule("a scan of a moment at which the clock was ahead is taken back like another") { store in
      _ = try await badgeHolders(2, store)
      let tomorrow = now + .seconds(86_400)
      let ahead = laneScan("CODE1")
      #expect(try await admit(ahead, at: tomorrow, store)?.answer == .admitted)
      #expect(try await inside(store, at: now) == 0)
      #expect(try await inside(store, at: tomorrow) == 1)
      // Who was let in then is not inside today.
      #expect(try await admit(laneScan("CODE1", lane: 2), at: now + .seconds(60), store)?.answer == .admitted)
      #expect(try await store.undo(.test(now + .seconds(120)), undo(ahead.id)) != nil)
      #expect(try await inside(store, at: now + .seconds(120)) == 1)
      #expect(try await inside(store, at: tomorrow) == 0)
      #expect(
        try await admit(laneScan("CODE1", .out), at: now + .seconds(180), store)?.answer == .left(wasInside: true)
      )
      #expect(try await inside(store, at: now + .seconds(180)) == 0)
      #expect(try await store.verifyTrail { _ in }.broken == nil)
    },
    StoreRule("the trail goes by the ledger's clock, and no link of a chain is older than the one before it") { store in
      let holder = try await badgeHolders(1, store)[0]
      let late = now + .seconds(600)
      _ = try await admit(laneScan("CODE1"), at: late, store)
      let badge = try await store.badges(of: forum, registration: holder.id, PageRequest(size: 1)).items[0]
      _ = try await store.revoke(.test(now + .seconds(60)), badge.serial, of: forum)
      // What the change itself says of its time is the trail's time.
      let early = Act.test(now + .seconds(60))
      let next = try await store.register(early, details(SampleData.person(40), store), for: forum, request: nil)
      let issued = try await store.issue(early, [draft(for: next, code: "NEXT")], of: forum)
      #expect(next.createdAt == late && issued.map(\.badge.issuedAt) == [late])
      let later = late + .seconds(60)
      for (moment, closed) in [(later, true), (now, false)] {
        var change = CheckpointChange()
        change.isClosed = closed
        let lane = CheckpointAddress(event: forum, checkpoint: "entrance-lane-1")
        _ = try await store.change(.test(moment), lane, change)
      }
      var filter = AuditFilter(event: forum)
      filter.includesScans = true
      let times = try await store.auditEntries(filter, PageRequest(size: 1000)).items.map(\.madeAt)
      #expect(times == times.sorted() && times.suffix(4) == [late, late, later, later])
      #expect(try await store.verifyTrail { _ in }.broken == nil)
    },
    StoreRule("a scan whose code nobody has read yet leaves nothing behind, and those beside it are recorded") {
      store in
      _ = try await badgeHolders(1, store)
      let scans = [laneScan("NONE"), laneScan("CODE1")]
      let outcomes = try await store.admit(.test(now), scans, reader: { _ in nil })
      #expect(outcomes.first == .failed(.unread))
      #expect(try await inside(store) == 1)
      #expect(try await store.unknownCodes(among: ["CODE1", "NONE"]) == ["NONE"])
      guard case .recorded(let read)? = try await store.admit(.test(now), [scans[0]], reader: unrecorded).first else {
        Issue.record("not recorded")
        return
      }
      #expect(read.answer == .refused(.unknownBadge))
    },
    StoreRule("what was taken back beforehand is remembered for its device, for 15 minutes, and the newest of many") {
      store in
      _ = try await badgeHolders(1, store)
      let scans = (0..<Withdrawals.limit + 2).map { _ in laneScan("CODE1") }
      for scan in scans { #expect(try await store.undo(.test(now), undo(scan.id)) == nil) }
      func isTakenBack(_ scan: SubmittedScan, at moment: Instant = now) async throws -> Bool {
        try await store.admit(.test(moment), [scan], reader: unrecorded) == [.failed(.takenBack)]
      }
      #expect(try await isTakenBack(scans[2]))
      #expect(try await isTakenBack(scans[Withdrawals.limit + 1]))
      #expect(try await !isTakenBack(scans[1]))
      #expect(try await !isTakenBack(laneScan("CODE1", id: scans[3].id, reporter: "other")))
      #expect(try await !isTakenBack(scans[4], at: now + UndoRequest.ownTime))
    },
  ]
}
