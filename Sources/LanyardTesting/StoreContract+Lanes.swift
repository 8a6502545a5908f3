package import LanyardDomain
package import LanyardStore
import Testing

extension StoreRule {
  /// A scan of the badge `CODEn` at an entrance lane, by a device.
  package static func laneScan(
    _ code: String,
    lane: Int = 1,
    _ direction: Direction? = .into,
    id: UUIDBytes = .timeOrdered(at: now),
    scannedAt: Instant = now,
    reporter: Reporter = "device",
    override: OverrideNote? = nil,
    missedExit: OverrideNote? = nil,
    missedExitAfter: Instant? = nil
  ) -> SubmittedScan {
    SubmittedScan(
      id: id,
      checkpoint: CheckpointAddress(event: forum, checkpoint: "entrance-lane-\(lane)"),
      code: code,
      direction: direction,
      scannedAt: scannedAt,
      fingerprint: Int64(code.hashValue) &+ Int64(lane),
      reporter: reporter,
      override: override,
      missedExit: missedExit,
      missedExitAfter: missedExitAfter
    )
  }

  static func admit(_ scan: SubmittedScan, at moment: Instant, _ store: any Store) async throws -> RecordedScan? {
    guard case .recorded(let recorded)? = try await store.admit(.test(moment), [scan], reader: unrecorded).first else {
      return nil
    }
    return recorded
  }

  /// Uploads admissions that happened at these moments, each by its lane.
  package static func upload(
    _ scans: [(scan: SubmittedScan, answer: RecordedScan.Answer, at: Instant)],
    _ store: any Store
  ) async throws -> [UploadOutcome?] {
    let entries = scans.map {
      OfflineScan(
        undone: nil,
        at: $0.at,
        answered: OfflineScan.Answered(scan: $0.scan, answer: $0.answer, happenedAt: $0.at, notInRoster: false)
      )
    }
    return try await store.record(
      .test(now + .seconds(3600)),
      entries,
      of: forum,
      reporter: "device",
      isSupervisor: false,
      reader: unrecorded
    )
  }

  static let unrecorded: @Sendable (String) -> CodeReading = { _ in .unrecorded(event: forum) }

  static func inside(_ store: any Store, at moment: Instant = now + .seconds(3600)) async throws -> Int {
    let counts = try await store.attendance(of: forum, checkpoint: nil, at: moment)
    // Each person came in by one lane, so the lanes' own counts have to agree.
    let lanes = counts.checkpoints.filter { $0.id.hasPrefix("entrance") }.reduce(0) { $0 + $1.inside }
    #expect(lanes == counts.peopleInside)
    return counts.peopleInside
  }

  private static func undo(_ scan: SubmittedScan, by reporter: Reporter = "device", supervisor: Bool = false)
    -> UndoRequest
  {
    UndoRequest(scan: scan.id, event: forum, reporter: reporter, isSupervisor: supervisor, note: "why")
  }

  private static func conflicts(_ store: any Store) async throws -> [StoredConflict] {
    try await store.conflicts(of: forum, PageRequest(size: 10)).items
  }

  static let lanes: [StoreRule] = [
    StoreRule("a simulated scan is answered and leaves nothing behind") { store in
      _ = try await badgeHolders(1, store)
      for _ in 0..<2 {
        guard case .recorded(let tried) = try await store.simulate(laneScan("CODE1"), at: now, reader: unrecorded)
        else {
          Issue.record("not decided")
          return
        }
        #expect(tried.answer == .admitted)
      }
      #expect(try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 10)).items.isEmpty)
      #expect(try await inside(store) == 0)
    },
    StoreRule("an override is recorded with its reason, its note and who did") { store in
      _ = try await badgeHolders(1, store)
      _ = try await admit(laneScan("CODE1"), at: now, store)
      let note = OverrideNote(note: "known by face", operatorName: "AB")
      let id = UUIDBytes.timeOrdered(at: now)
      let admitted = try await admit(laneScan("CODE1", lane: 2, id: id, override: note), at: now, store)
      #expect(admitted?.answer == .admitted)
      #expect(admitted?.overridden?.reason == .alreadyInside && admitted?.overridden?.note == note)
      #expect(try await admit(laneScan("CODE1", lane: 2, id: id, override: note), at: now, store) == admitted)
      #expect(try await inside(store) == 1)
      let unknown = try await admit(laneScan("NONE", override: note), at: now, store)
      #expect(unknown?.answer == .refused(.unknownBadge))
    },
    StoreRule("taking a scan back leaves everything as it was before it") { store in
      _ = try await badgeHolders(1, store)
      let room = SubmittedScan(
        id: .timeOrdered(at: now),
        checkpoint: CheckpointAddress(event: forum, checkpoint: "entrance-lane-1"),
        code: "CODE1",
        direction: .into,
        scannedAt: now,
        fingerprint: 7,
        reporter: "device"
      )
      _ = try await admit(room, at: now, store)
      let before = try await store.attendance(of: forum, checkpoint: nil, at: now)
      let out = laneScan("CODE1", lane: 2, .out)
      _ = try await admit(out, at: now + .seconds(60), store)
      #expect(try await inside(store) == 0)
      let undone = try await store.undo(.test(now + .seconds(120)), undo(out))
      #expect(undone?.undo?.note == "why" && undone?.undo?.reporter == "device")
      #expect(try await store.attendance(of: forum, checkpoint: nil, at: now) == before)
      #expect(try await store.undo(.test(now + .seconds(180)), undo(out))?.undo?.at == now + .seconds(120))
      _ = try await store.undo(.test(now + .seconds(180)), undo(room))
      #expect(try await inside(store) == 0)
      let counts = try await store.attendance(of: forum, checkpoint: "entrance-lane-1", at: now)
      #expect(counts.checkpoints.first?.admitted == 0)
    },
    StoreRule("the device that made a scan may take it back for 15 minutes, a supervisor at any time") { store in
      _ = try await badgeHolders(1, store)
      let own = laneScan("CODE1")
      _ = try await admit(own, at: now, store)
      await #expect(throws: StoreError.undoRefused(isOwn: false)) {
        try await store.undo(.test(now), undo(own, by: "other"))
      }
      let late = now + UndoRequest.ownTime + .seconds(1)
      await #expect(throws: StoreError.undoRefused(isOwn: true)) { try await store.undo(.test(late), undo(own)) }
      #expect(try await store.undo(.test(late), undo(own, by: "other", supervisor: true)) != nil)
    },
    StoreRule("a scan that is taken back before it is on record never is") { store in
      _ = try await badgeHolders(1, store)
      let late = laneScan("CODE1")
      #expect(try await store.undo(.test(now), undo(late)) == nil)
      let outcomes = try await store.admit(.test(now), [late, laneScan("CODE1")], reader: unrecorded)
      #expect(outcomes.first == .failed(.takenBack))
      #expect(try await inside(store) == 1)
      // Nor where it comes with what the lane did while it was offline.
      let answered = OfflineScan.Answered(scan: late, answer: .admitted, happenedAt: now, notInRoster: false)
      let uploaded = try await store.record(
        .test(now),
        [OfflineScan(undone: nil, at: now, answered: answered)],
        of: forum,
        reporter: "device",
        isSupervisor: false,
        reader: unrecorded
      )
      #expect(uploaded.map(\.?.outcome) == [.failed(.takenBack)])
    },
    StoreRule("what a lane took back offline is taken back, and a conflict where it had not the right to") { store in
      _ = try await badgeHolders(3, store)
      let scans = (1...3).map { laneScan("CODE\($0)") }
      _ = try await upload(scans.map { (scan: $0, answer: .admitted, at: now) }, store)
      let inTime = now + UndoRequest.ownTime
      func takeBack(_ scan: SubmittedScan, at moment: Instant, supervisor: Bool = false) async throws -> [Int64] {
        let outcomes = try await store.record(
          .test(now + .seconds(7200)),
          [OfflineScan(undone: scan.id, at: moment, answered: nil)],
          of: forum,
          reporter: "device",
          isSupervisor: supervisor,
          reader: unrecorded
        )
        guard case .recorded(let undone)? = outcomes[0]?.outcome, undone.undo != nil else {
          Issue.record("not taken back")
          return []
        }
        return outcomes[0]?.conflicts ?? []
      }
      // The time is counted from when it happened.
      #expect(try await takeBack(scans[0], at: inTime).isEmpty)
      #expect(try await takeBack(scans[1], at: inTime + .seconds(1), supervisor: true).isEmpty)
      #expect(try await inside(store) == 1)
      #expect(try await conflicts(store).isEmpty)
      // Told twice, as where the answer was lost, it is one conflict.
      let told = try await takeBack(scans[2], at: inTime + .seconds(1))
      #expect(told.count == 1)
      #expect(try await takeBack(scans[2], at: inTime + .seconds(1)) == told)
      #expect(try await inside(store) == 0)
      let standing = try await conflicts(store)
      #expect(standing.map(\.cause) == [.undoneWithoutRight] && standing.map(\.id) == told)
      #expect(standing.first?.scan.id == scans[2].id)
      // It ends where somebody who may takes the scan back too.
      let again = undo(scans[2], by: "organiser", supervisor: true)
      for _ in 1...2 { #expect(try await store.undo(.test(now + .seconds(7300)), again)?.undo != nil) }
      #expect(try await conflicts(store).isEmpty)
      #expect(try await inside(store) == 0)
    },
    StoreRule("of those that were let in offline, the last ones are in conflict with a limit, once all are known") {
      store in
      _ = try await badgeHolders(5, store)
      for lane in 1...8 {
        var limit = CheckpointChange()
        limit.capacity = .some(3)
        _ = try await store.change(.test(), CheckpointAddress(event: forum, checkpoint: "entrance-lane-\(lane)"), limit)
      }
      let scans = (1...5).map { (scan: laneScan("CODE\($0)"), answer: RecordedScan.Answer.admitted, at: now) }
      let out = (
        scan: laneScan("CODE1", .out), answer: RecordedScan.Answer.left(wasInside: true), at: now + .seconds(60)
      )
      let outcomes = try await upload(scans + [out], store)
      #expect(outcomes.map { $0?.conflicts.count } == [0, 0, 0, 0, 1, 0])
      #expect(try await store.conflicts(of: forum, PageRequest(size: 10)).items.map(\.cause.reason) == [.full])
      #expect(try await inside(store) == 4)
    },
    StoreRule("what a lane overrode by a right that it has not any more is on record once, and a conflict") { store in
      _ = try await badgeHolders(1, store)
      _ = try await admit(laneScan("CODE1", lane: 2), at: now, store)
      let note = OverrideNote(note: "known by face", operatorName: "AB")
      let answered = OfflineScan.Answered(
        scan: laneScan("CODE1", override: note),
        answer: .admitted,
        happenedAt: now + .seconds(60),
        notInRoster: false,
        missingRights: [.overriding]
      )
      for _ in 1...2 {
        let outcomes = try await store.record(
          .test(now + .seconds(3600)),
          [OfflineScan(undone: nil, at: now, answered: answered)],
          of: forum,
          reporter: "device",
          isSupervisor: false,
          reader: unrecorded
        )
        guard case .recorded(let recorded)? = outcomes[0]?.outcome else {
          Issue.record("not recorded")
          return
        }
        #expect(recorded.answer == .admitted && recorded.overridden?.reason == .alreadyInside)
        let conflicts = try await store.conflicts(of: forum, PageRequest(size: 10)).items
        #expect(conflicts.map(\.cause) == [.withoutRight] && conflicts.map(\.id) == outcomes[0]?.conflicts)
      }
      #expect(try await inside(store) == 1)
      #expect(try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 10)).items.count == 2)
    },
    StoreRule("who left without having been let in is marked, though the lane could not know") { store in
      _ = try await badgeHolders(1, store)
      let out = laneScan("CODE1", .out)
      let outcome = try await upload([(out, .left(wasInside: true), now)], store)[0]?.outcome
      guard case .recorded(let recorded)? = outcome else {
        Issue.record("not recorded")
        return
      }
      #expect(recorded.answer == .left(wasInside: false))
    },
    StoreRule("an upload counts once, however often and in whatever parts it is sent") { store in
      _ = try await badgeHolders(3, store)
      let scans = (1...3).map { (scan: laneScan("CODE\($0)"), answer: RecordedScan.Answer.admitted, at: now) }
      let first = try await upload(scans, store)
      #expect(first.allSatisfy { $0?.conflicts == [] })
      #expect(try await upload(scans, store) == first)
      #expect(try await upload(Array(scans.suffix(2)), store) == Array(first.suffix(2)))
      #expect(try await inside(store) == 3)
      let other = laneScan("CODE2", id: scans[0].scan.id)
      let reused = try await upload([(other, .admitted, now)], store)
      #expect(reused.map(\.?.outcome) == [.failed(.idReused)])
      let listed = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 10)).items
      #expect(listed.map(\.offline?.happenedAt) == [now, now, now])
    },
    StoreRule("two lanes that were apart and admitted one badge are one conflict, whichever tells first") { store in
      for (number, order) in [[0, 1], [1, 0]].enumerated() {
        let person = try await register(SampleData.person(number + 50), store)
        _ = try await store.addSigningKeyOnce(now)
        _ = try await store.issue(.test(now), [draft(for: person, code: "APART\(number)")], of: forum)
        let scans = [1, 2].map { lane in
          (
            scan: laneScan("APART\(number)", lane: lane), answer: RecordedScan.Answer.admitted,
            at: now + .seconds(lane * 60)
          )
        }
        var found: [Int64] = []
        for index in order { found += try await upload([scans[index]], store).flatMap { $0?.conflicts ?? [] } }
        #expect(found.count == 1)
        let conflict = try #require(try await store.conflicts(of: forum, PageRequest(size: 1)).items.first)
        #expect(conflict.id == found.first && conflict.cause.reason == .alreadyInside)
        #expect(conflict.scan.id == scans[1].scan.id && conflict.earlier?.id == scans[0].scan.id)
        #expect(try await inside(store) == number + 1)
      }
      let all = try await store.conflicts(of: forum, PageRequest(size: 10)).items
      #expect(all.count == 2)
      _ = try await store.undo(.test(now), undo(laneScan("", id: all[0].scan.id), supervisor: true))
      #expect(try await store.conflicts(of: forum, PageRequest(size: 10)).items.map(\.id) == [all[1].id])
    },
    StoreRule("a device's own passages keep their order, whatever the server's clock has done since") { store in
      _ = try await badgeHolders(1, store)
      let (came, left) = (laneScan("CODE1"), laneScan("CODE1", .out, scannedAt: now + .seconds(2)))
      _ = try await admit(came, at: now + .seconds(100), store)
      // By how long it is ago it would be before the way in.
      let outcomes = try await upload([(left, .left(wasInside: true), now + .seconds(50))], store)
      guard case .recorded(let recorded)? = outcomes[0]?.outcome else {
        Issue.record("it is not on record")
        return
      }
      #expect(recorded.offline?.happenedAt == now + .seconds(100))
      #expect(recorded.answer == .left(wasInside: true))
      #expect(try await inside(store) == 0)
      // What waited since before is placed by its time.
      let before = laneScan("CODE1", scannedAt: now - .seconds(10))
      _ = try await upload([(before, .admitted, now)], store)
      #expect(try await inside(store) == 0)
    },
    StoreRule("what is uploaded late takes its place in the order in which it happened") { store in
      _ = try await badgeHolders(1, store)
      _ = try await admit(laneScan("CODE1"), at: now + .seconds(600), store)
      // Came in and went out at another lane before.
      let early = [
        (scan: laneScan("CODE1", lane: 2), answer: RecordedScan.Answer.admitted, at: now),
        (scan: laneScan("CODE1", lane: 2, .out), answer: .left(wasInside: true), at: now + .seconds(60)),
      ]
      let outcomes = try await upload(early, store)
      #expect(outcomes.allSatisfy { $0?.conflicts == [] })
      #expect(try await inside(store) == 1)
      // Went out at another lane afterwards.
      let late = [
        (
          scan: laneScan("CODE1", lane: 3, .out), answer: RecordedScan.Answer.left(wasInside: true),
          at: now + .seconds(900)
        )
      ]
      _ = try await upload(late, store)
      #expect(try await inside(store) == 0)
    },
    StoreRule("a badge that was revoked, or that nobody knows, is a conflict where a lane let it in") { store in
      let holder = try await badgeHolders(1, store)[0]
      let badge = try await store.badges(of: forum, registration: holder.id, PageRequest(size: 1)).items[0]
      _ = try await store.revoke(.test(), badge.serial, of: forum)
      _ = try await upload([(laneScan("CODE1"), .admitted, now), (laneScan("NONE"), .admitted, now)], store)
      let reasons = try await store.conflicts(of: forum, PageRequest(size: 10)).items.map(\.cause.reason)
      #expect(reasons == [.unknownBadge, .revoked])
    },
    StoreRule("who was let in at another event stays where they stand at theirs, also when that is taken back") {
      store in
      _ = try await badgeHolders(1, store)
      _ = try await admit(laneScan("CODE1"), at: now, store)
      let kyoto = "wsis20-ocp"
      let strange = SubmittedScan(
        id: .timeOrdered(at: now),
        checkpoint: CheckpointAddress(event: kyoto, checkpoint: "room-l"),
        code: "CODE1",
        direction: .into,
        scannedAt: now,
        fingerprint: 1,
        reporter: "device"
      )
      let entry = OfflineScan(
        undone: nil,
        at: now,
        answered: .init(scan: strange, answer: .admitted, happenedAt: now, notInRoster: false)
      )
      let (act, reporter): (Act, Reporter) = (.test(now + .seconds(60)), "device")
      _ = try await store.record(act, [entry], of: kyoto, reporter: reporter, isSupervisor: true, reader: unrecorded)
      #expect(try await store.conflicts(of: kyoto, PageRequest(size: 10)).items.map(\.cause.reason) == [.otherEvent])
      let before = try await store.attendance(of: forum, checkpoint: nil, at: now)
      // Through another event it is not there, and who asks is not told that it is done.
      let undo = OfflineScan(undone: strange.id, at: now, answered: nil)
      let denied = try await store.record(
        act,
        [undo],
        of: forum,
        reporter: reporter,
        isSupervisor: true,
        reader: unrecorded
      )
      #expect(denied.map(\.?.outcome) == [.failed(.notFound(.checkIn(strange.id, of: forum)))])
      #expect(try await store.conflicts(of: kyoto, PageRequest(size: 10)).items.count == 1)
      let request = UndoRequest(scan: strange.id, event: kyoto, reporter: reporter, isSupervisor: true, note: "")
      #expect(try await store.undo(act, request)?.undo != nil)
      #expect(try await store.attendance(of: forum, checkpoint: nil, at: now) == before)
      #expect(try await admit(laneScan("CODE1"), at: now + .seconds(120), store)?.answer == .refused(.alreadyInside))
    },
    StoreRule("an entry takes back the scan whose answer came too late, and counts itself") { store in
      _ = try await badgeHolders(1, store)
      let live = laneScan("CODE1")
      _ = try await admit(live, at: now, store)
      let entry = OfflineScan(
        undone: live.id,
        at: now + .seconds(2),
        answered: .init(scan: laneScan("CODE1"), answer: .admitted, happenedAt: now + .seconds(2), notInRoster: false)
      )
      for _ in 0..<2 {
        let outcome = try await store.record(
          .test(now),
          [entry],
          of: forum,
          reporter: "device",
          isSupervisor: false,
          reader: unrecorded
        )
        #expect(outcome.map(\.?.conflicts) == [[]])
      }
      #expect(try await inside(store) == 1)
      let undone = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 10)).items.map { $0.undo != nil }
      #expect(undone == [true, false])
    },
    StoreRule("whatever lanes do, tell late and take back, the counts are those of the presences") { store in
      _ = try await badgeHolders(6, store)
      var generator = SeededGenerator(seed: 11)
      var made: [SubmittedScan] = []
      for step in 0..<300 {
        let moment = now + .seconds(step * 10)
        let direction: Direction = Bool.random(using: &generator) ? .into : .out
        let one = laneScan(
          "CODE\(Int.random(in: 1...6, using: &generator))",
          lane: Int.random(in: 1...4, using: &generator),
          direction
        )
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<5:
          _ = try await admit(one, at: moment, store)
          made.append(one)
        case 5..<8:
          let happened = moment - .seconds(Int.random(in: 0...600, using: &generator))
          _ = try await upload([(one, direction == .into ? .admitted : .left(wasInside: true), happened)], store)
          made.append(one)
        default:
          guard let victim = made.randomElement(using: &generator) else { continue }
          _ = try await store.undo(.test(moment), undo(victim, supervisor: true))
        }
        let people = try await inside(store, at: moment)
        #expect((0...6).contains(people))
      }
    },
  ]
}

extension Store {
  /// The signing key that drafts name, once.
  fileprivate func addSigningKeyOnce(_ now: Instant) async throws {
    guard try await signingKeys().isEmpty else { return }
    _ = try await addSigningKey(
      .test(now),
      .test(now)
    )
  }
}
