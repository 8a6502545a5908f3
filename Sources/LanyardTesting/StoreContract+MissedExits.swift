import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  private static let lunch = OverrideNote(note: "lunch", operatorName: "AB")

  /// Lets operators of the forum put missed scans out right.
  private static func allow(_ store: any Store) async throws {
    var programme = try SampleData.programme()
    programme.events[1].event.allowsMissedExits = true
    _ = try await store.importProgramme(.test(), programme)
  }

  private static func undo(_ scan: UUIDBytes) -> UndoRequest {
    UndoRequest(scan: scan, event: forum, reporter: "device", isSupervisor: false, note: "")
  }

  static let missedExits: [StoreRule] = [
    StoreRule("who went out without a scan is let out and in again, both on record, and each can be taken back") {
      store in
      try await allow(store)
      #expect(try await store.event(forum).event.allowsMissedExits)
      _ = try await badgeHolders(1, store)
      let (out, back) = (laneScan("CODE1", .out, missedExit: lunch), laneScan("CODE1"))
      let answers = try await admit([laneScan("CODE1"), laneScan("CODE1", lane: 2), out, back], store)
      #expect(answers == [.admitted, .refused(.alreadyInside), .left(wasInside: true), .admitted])
      let listed = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 20)).items
      #expect(listed.map(\.missedExit) == [nil, nil, lunch, nil])
      #expect(try await inside(store) == 1)
      let counts = try await store.attendance(of: forum, checkpoint: "entrance-lane-1", at: now).checkpoints[0]
      #expect(counts.admitted == 1 && counts.left == 1)
      // Sent again it is the same, and with another note another.
      let other = laneScan("CODE1", .out, id: out.id, missedExit: OverrideNote(note: "tea", operatorName: "AB"))
      #expect(try await admit([out, other], store) == [.left(wasInside: true), nil])
      _ = try await store.undo(.test(now), undo(back.id))
      #expect(try await inside(store) == 0)
      _ = try await store.undo(.test(now), undo(out.id))
      #expect(try await inside(store) == 1)
      let verdict = try await store.verifyTrail { _ in }
      #expect(verdict.broken == nil && verdict.scans == 4)
    },
    StoreRule("who would not be let in again is not let out either: the refusal is on record, and they stay inside") {
      store in
      var programme = try SampleData.programme()
      programme.events[1].event.allowsMissedExits = true
      for index in programme.events[1].checkpoints.indices {
        programme.events[1].checkpoints[index].pause = .seconds(1800)
      }
      _ = try await store.importProgramme(.test(), programme)
      _ = try await badgeHolders(1, store)
      let out = laneScan("CODE1", .out, missedExit: lunch)
      #expect(try await admit([laneScan("CODE1"), out], store) == [.admitted, .refused(.tooSoon)])
      guard case .recorded(let tried) = try await store.simulate(out, at: now, reader: { _ in .unreadable }) else {
        Issue.record("it is not tried")
        return
      }
      #expect(tried.answer.refusal == .tooSoon)
      let listed = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 20)).items
      #expect(listed.map(\.missedExit) == [nil, nil])
      #expect(try await inside(store) == 1)
      #expect(try await store.verifyTrail { _ in }.broken == nil)
    },
    StoreRule("who went out without a scan is let out for the admission that is told, and not for one since") { store in
      try await allow(store)
      _ = try await badgeHolders(1, store)
      let first = try #require(try await admit(laneScan("CODE1"), at: now, store))
      let told = try #require(
        try await admit(laneScan("CODE1", lane: 2), at: now + .seconds(1), store)?.earlier?.admittedAt
      )
      #expect(told == first.receivedAt)
      func out(lane: Int) -> SubmittedScan {
        laneScan("CODE1", lane: lane, .out, missedExit: lunch, missedExitAfter: told)
      }
      // Two lanes read the badge, and the operators of both answer that the person went out.
      let later = now + .seconds(2)
      #expect(try await admit(out(lane: 1), at: later, store)?.answer == .left(wasInside: true))
      #expect(try await admit(laneScan("CODE1"), at: later, store)?.answer == .admitted)
      let second = try await admit(out(lane: 2), at: later + .milliseconds(20), store)
      #expect(second?.answer == .refused(.alreadyInside))
      #expect(second?.earlier?.admittedAt == later && second?.missedExit == nil)
      #expect(try await inside(store) == 1)
      let simulated = try await store.simulate(out(lane: 2), at: later + .seconds(1), reader: { _ in .unreadable })
      guard case .recorded(let shown) = simulated else {
        Issue.record("\(simulated)")
        return
      }
      #expect(shown.answer == .refused(.alreadyInside))
      let verdict = try await store.verifyTrail { _ in }
      #expect(verdict.broken == nil && verdict.scans == 5)
    },
    StoreRule("a scan out that nobody made is not recorded where the event has none, but a lane's word of it is a fact")
    {
      store in
      _ = try await badgeHolders(1, store)
      let out = laneScan("CODE1", .out, missedExit: lunch)
      #expect(try await store.admit(.test(now), [out], reader: unrecorded) == [.failed(.missedExitDenied)])
      #expect(try await store.simulate(out, at: now, reader: { _ in .unreadable }) == .failed(.missedExitDenied))
      _ = try await upload([(laneScan("CODE1"), .admitted, now), (out, .left(wasInside: true), now)], store)
      let listed = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 20)).items
      #expect(listed.map(\.missedExit) == [nil, lunch])
    },
  ]
}
