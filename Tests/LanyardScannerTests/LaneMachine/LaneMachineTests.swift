import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("What a lane decides")
struct LaneMachineTests {
  /// How a lane may stand, with one reading that has no answer where there may be one.
  enum Standing: String, CaseIterable {
    case connecting, uploadingFirst, uploadingAgain, online, offline, refused, revoked
  }

  /// What may happen to it.
  enum Event: String, CaseIterable {
    case reading, patienceEnds, answer, otherAnswer, diskFull, opened, live, lost, refused, revoked
    case undo, report, roster
  }

  private static let id = UUIDBytes(high: 1 << 12, low: 1 << 63)
  private static let elsewhere = UUIDBytes(high: 2 << 12, low: 1 << 63)

  /// What is done, in order, and how it stands then; nothing where nothing is done and it stands as before.
  private static let expected: [Standing: [Event: String]] = [
    .connecting: [
      .patienceEnds: "ended recorded shown offline", .opened: "reported uploading",
      .lost: "ended recorded shown offline", .refused: "ended failed refused",
      .revoked: "ended forgot failed revoked", .undo: "recorded connecting",
    ],
    .uploadingFirst: [
      .patienceEnds: "ended recorded shown offline", .opened: "reported uploading", .live: "reported sent online",
      .lost: "ended recorded shown offline", .refused: "ended failed refused",
      .revoked: "ended forgot failed revoked", .undo: "recorded uploading", .report: "reported uploading",
    ],
    .uploadingAgain: [
      .reading: "recorded shown uploading", .opened: "reported uploading", .lost: "ended offline",
      .refused: "ended refused", .revoked: "ended forgot revoked", .undo: "recorded uploading",
      .report: "reported uploading",
    ],
    .online: [
      .reading: "sent online", .patienceEnds: "ended recorded shown offline", .answer: "shown online",
      .diskFull: "ended recorded shown offline", .lost: "ended recorded shown offline",
      .refused: "ended recorded failed refused", .revoked: "ended forgot failed revoked",
      .undo: "recorded ended recorded shown offline", .report: "reported online",
    ],
    .offline: [
      .reading: "recorded shown offline", .opened: "reported uploading", .lost: "ended offline",
      .refused: "ended refused", .revoked: "ended forgot revoked", .undo: "recorded offline",
    ],
    .refused: [
      .reading: "failed refused", .opened: "reported uploading", .lost: "ended refused", .refused: "ended refused",
      .revoked: "ended forgot revoked", .undo: "recorded refused",
    ],
    .revoked: [.reading: "failed revoked", .lost: "ended revoked", .undo: "recorded revoked"],
  ]

  @Test("Is said for every event, however it stands", arguments: Standing.allCases, Event.allCases)
  func everyEvent(standing: Standing, event: Event) throws {
    var lane = try Self.lane(standing)
    let before = Self.word(lane.machine.state)
    let done = try Self.happen(event, to: &lane)
    let seen = (done.words + [Self.word(lane.machine.state)]).joined(separator: " ")
    #expect(seen == Self.expected[standing]?[event] ?? before)
    for answer in done.shown where answer.isOffline && answer.checkIn != nil {
      let ids = done.recorded.map(\.scan.scanID)
      #expect(ids.contains(answer.reading.id.description), "an answer without a record")
    }
  }

  @Test("Takes back under its id what the server may have answered, and records it as another scan")
  func late() throws {
    var lane = try Self.lane(.online)
    let done = lane.happen { $0.lost(nil, at: $1) }
    let fact = try #require(done.recorded.first)
    #expect(fact.undoneScanID == Self.id.description && fact.scan.scanID != Self.id.description)
    #expect(fact.answer == .admitted)
    #expect(done.shown.first?.reading.id.description == fact.scan.scanID)
    #expect(done.shown.first?.reading.handedInAs == Self.id)
    var held = try Self.lane(.connecting)
    let first = try #require(held.happen { $0.lost(nil, at: $1) }.recorded.first)
    #expect(first.undoneScanID.isEmpty && first.scan.scanID == Self.id.description)
  }

  @Test("Passes over an answer that comes when the lane has answered by itself")
  func tooLate() throws {
    var lane = try Self.lane(.online)
    lane.happen { $0.lost(nil, at: $1) }
    lane.goOnline()
    #expect(try Self.happen(.answer, to: &lane).isEmpty)
  }

  @Test("Takes back nothing of a scan that the server's full disk kept off its record")
  func diskFull() throws {
    var lane = try Self.lane(.online)
    let fact = try #require(try Self.happen(.diskFull, to: &lane).recorded.first)
    #expect(fact.undoneScanID.isEmpty && fact.scan.scanID == Self.id.description)
    #expect(lane.machine.trouble == .told("No room."))
  }

  @Test("Lets nobody in whom it cannot write down, and knows that they are not inside")
  func notRecorded() throws {
    var lane = try Self.lane(.offline)
    let code = try Self.badge().code
    lane.disk.isFull = true
    let failed = lane.scan(code)
    #expect(failed.words == ["failed"])
    #expect(failed.shown.first?.failure?.contains("make room") == true)
    lane.disk.isFull = false
    #expect(lane.scan(code).shown.first?.checkIn?.answer == .admitted)
    #expect(lane.scan(code).shown.first?.checkIn?.reason == .alreadyInside)
  }

  @Test("Lets nobody in on an answer that its version does not know, and says that it needs an update")
  func strangeAnswer() throws {
    let strange: [(inout Lanyard_V1_StreamCheckInsResponse.Result) -> Void] = [
      { _ in }, { $0.checkIn.answer = .UNRECOGNIZED(9) }, { $0.checkIn.answer = .unspecified },
    ]
    for fill in strange {
      var lane = try Self.lane(.online)
      let shown = Self.answer(Self.id, &lane, fill).shown.first
      #expect(shown?.checkIn == nil)
      #expect(shown?.failure?.contains("needs an update") == true)
    }
  }

  @Test(
    "Decides by itself where the server can record nothing of anybody, and by no other error of a scan",
    arguments: ErrorReason.allCases
  )
  func errors(reason: ErrorReason) throws {
    var lane = try Self.lane(.online)
    let done = Self.answer(Self.id, &lane) { $0.error = .with { ($0.reason, $0.message) = (reason.rawValue, "Why.") } }
    let isAlone = [ErrorReason.diskFull, .storeGone, .storeUnusable].contains(reason)
    #expect(done.recorded.isEmpty == !isAlone && lane.machine.isOnline == !isAlone)
    guard !isAlone else { return }
    #expect(done.shown.count == 1 && done.shown.first?.checkIn == nil && done.shown.first?.failure == "Why.")
  }

  @Test("Says in the operator's language what it cannot do by itself", arguments: Language.allCases)
  func spoken(language: Language) throws {
    let phrasebook = Phrasebook.of(language)
    let code = try Self.badge().code
    func why(_ standing: Standing, _ change: (inout PaperLane) -> Void = { _ in }) throws -> String {
      var lane = try Self.lane(standing)
      change(&lane)
      guard case .failed(let failure)? = lane.scan(code).shown.first?.outcome else { return "" }
      switch standing {
      case .revoked: #expect(failure.reason == "DEVICE_REVOKED")
      case .refused: #expect(failure.reason == "NOT_LET_IN")
      default: #expect(failure.reason == "OFFLINE")
      }
      return phrasebook.text(failure.sentence)
    }
    let full = try why(.offline) { $0.disk.isFull = true }
    #expect(full.contains(phrasebook.text(.laneDiskFull)))
    let refused = try why(.refused) { _ in }
    #expect(refused == phrasebook.text(Sentence(.laneNotLetIn, ["why": .sentence(.told("no"))])))
    #expect(try why(.revoked) == phrasebook.text(.errorDeviceRevoked))
    var bare = PaperLane(setup: PaperLane.setup)
    bare.happen { $0.lost(Sentence(.laneServerSilent), at: $1) }
    guard case .failed(let failure)? = bare.scan(code).shown.first?.outcome else {
      Issue.record("somebody was let in without a roster")
      return
    }
    #expect(phrasebook.text(failure.sentence).contains(phrasebook.text(.laneServerSilent)))
  }

  @Test("Says that the server may have counted what it could not take back")
  func notTakenBack() throws {
    var lane = try Self.lane(.online)
    lane.disk.isFull = true
    let refused = lane.happen { $0.refused(.told("no"), at: $1) }
    #expect(refused.shown.first?.failure?.contains("may have counted") == true)
    let undo = lane.happen { $0.takeBack(Self.id, at: $1) }
    #expect(undo.words == ["denied"])
  }

  @Test("Holds readings back in their order until the first connection is live, and no more than the window")
  func held() throws {
    var lane = try Self.lane(.connecting)
    let code = try Self.badge().code
    for _ in 1..<LaneMachine.window {
      #expect(lane.machine.hasRoom)
      lane.scan(code)
    }
    #expect(!lane.machine.hasRoom)
    lane.open()
    #expect(lane.scan(code).isEmpty && !lane.machine.isIdle)
    let sent = lane.happen { $0.goLive(at: $1) }.sent
    #expect(sent.count == LaneMachine.window + 1 && sent.first?.id == Self.id)
  }

  @Test("Takes a scan back for a quarter of an hour, a supervisor's device for ever")
  func undoTime() throws {
    for isSupervisor in [false, true] {
      var setup = PaperLane.setup
      setup.isSupervisor = isSupervisor
      var lane = try Self.lane(.offline, setup: setup)
      let scan = try #require(lane.scan(try Self.badge().code).shown.first?.reading.id)
      lane.advance(by: UndoRequest.ownTime)
      #expect(lane.happen { $0.takeBack(scan, at: $1) }.words == (isSupervisor ? ["recorded"] : ["denied"]))
    }
  }

  @Test("Takes back each of its own while it is fresh, however many they are, and none that it does not remember")
  func undoOfMany() throws {
    for isSupervisor in [false, true] {
      var setup = PaperLane.setup
      setup.isSupervisor = isSupervisor
      var lane = try Self.lane(.offline, setup: setup)
      let code = try Self.badge().code
      let scan = try #require(lane.scan(code).shown.first?.reading.id)
      let denied = isSupervisor ? ["recorded"] : ["denied"]
      #expect(lane.happen { $0.takeBack(Self.elsewhere, at: $1) }.words == denied)
      for _ in 0...LaneMachine.memory { lane.scan(code) }
      var late = lane
      #expect(lane.happen { $0.takeBack(scan, at: $1) }.words == ["recorded"])
      // When it is forgotten it is no fresher than before.
      late.advance(by: UndoRequest.ownTime)
      for _ in 0...LaneMachine.memory { late.scan(code) }
      #expect(!late.machine.recent.contains { $0.scan == scan })
      #expect(late.happen { $0.takeBack(scan, at: $1) }.words == denied)
    }
  }

  @Test("Lets an override through offline on a supervisor's device only")
  func overrides() throws {
    for isSupervisor in [false, true] {
      var setup = PaperLane.setup
      setup.isSupervisor = isSupervisor
      var lane = try Self.lane(.offline, setup: setup)
      let code = try Self.badge().code
      lane.scan(code)
      var reading = lane.reading(code)
      reading.override = OverrideNote(note: "lost", operatorName: "AB")
      let overriding = reading
      let shown = lane.happen { $0.submit(overriding, at: $1) }.shown.first
      #expect(shown?.checkIn?.overriddenReason == (isSupervisor ? .alreadyInside : nil))
      #expect(shown?.failure?.contains("supervisor") == (isSupervisor ? nil : true))
    }
  }

  @Test("Goes by what the organiser says last of who may override")
  func learned() throws {
    var lane = try Self.lane(.offline)
    #expect(lane.machine.mayOverride == nil)
    let code = try Self.badge().code
    lane.scan(code)
    for isSupervisor in [true, false] {
      lane.happen { $0.learned(isSupervisor: isSupervisor) }
      #expect(lane.machine.mayOverride == isSupervisor)
      var reading = lane.reading(code)
      reading.override = OverrideNote(note: "lost", operatorName: "AB")
      let overriding = reading
      let shown = lane.happen { $0.submit(overriding, at: $1) }.shown.first
      #expect(shown?.checkIn?.overriddenReason == (isSupervisor ? .alreadyInside : nil))
    }
  }

  @Test("Keeps since when it answers by itself until it is live again")
  func since() throws {
    var lane = try Self.lane(.offline)
    guard case .offline(let since, _) = lane.machine.state else { throw Unexpected(state: lane.machine.state) }
    lane.advance(by: .seconds(60))
    lane.open()
    lane.happen { $0.lost(nil, at: $1) }
    #expect(lane.machine.state == .offline(since: since, waiting: 0))
    lane.goOnline()
    lane.happen { $0.lost(nil, at: $1) }
    #expect(lane.machine.state != .offline(since: since, waiting: 0))
  }

  @Test("Follows the roster only as far as it is on disk, and decides nothing on half a snapshot")
  func snapshots() throws {
    var lane = try Self.lane(.offline)
    let (event, late) = (try PaperEvent(), try PaperEvent().badge(2))
    var half = event.snapshot([late])
    half.cursor = ""
    try lane.happen { try $0.take(half, at: $1) }
    #expect(lane.machine.cursor == "1" && lane.machine.roster.person(ofBadge: 2) != "person-2")
    lane.disk.isFull = true
    try lane.happen { try $0.take(.with { $0.cursor = "5" }, at: $1) }
    #expect(lane.machine.cursor == "1" && lane.machine.roster.person(ofBadge: 2) == "person-2")
    lane.disk.isFull = false
    try lane.happen { try $0.take(.with { $0.cursor = "6" }, at: $1) }
    #expect(lane.machine.cursor == "6")
  }

  // MARK: - What the tests share

  struct Unexpected: Error { let state: LaneState }

  static func badge() throws -> PaperEvent.Badge { try PaperEvent().badge(1) }

  /// A lane that stands so.
  static func lane(_ standing: Standing, setup: Lane.Setup = PaperLane.setup) throws -> PaperLane {
    var lane = PaperLane(setup: setup)
    let snapshot = try PaperEvent().snapshot([badge()])
    try lane.happen { try $0.take(snapshot, at: $1) }
    let code = try badge().code
    switch standing {
    case .connecting: lane.scan(code, id: id)
    case .uploadingFirst:
      lane.scan(code, id: id)
      lane.open()
    case .uploadingAgain:
      lane.happen { $0.lost(.told("no network"), at: $1) }
      lane.scan(code, .out)
      lane.open()
    case .online:
      lane.goOnline()
      lane.scan(code, id: id)
    case .offline: lane.happen { $0.lost(.told("no network"), at: $1) }
    case .refused: lane.happen { $0.refused(.told("no"), at: $1) }
    case .revoked: lane.happen { $0.revoked(at: $1) }
    }
    return lane
  }

  private static func happen(_ event: Event, to lane: inout PaperLane) throws -> [PaperLane.Done] {
    switch event {
    case .reading: return lane.scan(try badge().code)
    case .patienceEnds:
      lane.advance(by: PaperLane.setup.patience)
      return lane.happen { $0.tick(at: $1) }
    case .answer: return answer(id, &lane) { $0.checkIn.answer = .admitted }
    case .otherAnswer: return answer(elsewhere, &lane) { $0.checkIn.answer = .admitted }
    case .diskFull:
      return answer(id, &lane) { $0.error = .with { ($0.reason, $0.message) = ("DISK_FULL", "No room.") } }
    case .opened: return lane.open()
    case .live: return lane.happen { $0.goLive(at: $1) }
    case .lost: return lane.happen { $0.lost(nil, at: $1) }
    case .refused: return lane.happen { $0.refused(.told("no"), at: $1) }
    case .revoked: return lane.happen { $0.revoked(at: $1) }
    case .undo:
      lane.happen { $0.learned(isSupervisor: true) }
      return lane.happen { $0.takeBack(elsewhere, at: $1) }
    case .report: return lane.happen { $0.reporting(at: $1) }
    case .roster:
      let snapshot = try PaperEvent().snapshot([badge()])
      return try lane.happen { try $0.take(snapshot, at: $1) }
    }
  }

  private static func answer(
    _ id: UUIDBytes,
    _ lane: inout PaperLane,
    _ fill: (inout Lanyard_V1_StreamCheckInsResponse.Result) -> Void
  ) -> [PaperLane.Done] {
    var result = Lanyard_V1_StreamCheckInsResponse.Result()
    fill(&result)
    result.scanID = id.description
    return lane.happen { $0.answered(result, at: $1) }
  }

  private static func word(_ state: LaneState) -> String {
    switch state {
    case .connecting: "connecting"
    case .online: "online"
    case .uploading: "uploading"
    case .offline: "offline"
    case .refused: "refused"
    case .revoked: "revoked"
    }
  }
}
