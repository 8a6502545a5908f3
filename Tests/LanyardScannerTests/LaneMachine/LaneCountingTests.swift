import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("A lane counts each of its entries once") struct LaneCountingTests {
  private static let most = 4

  /// A lane at a gate that lets each person in so often, and scans nobody out.
  private static func lane(_ badges: [PaperEvent.Badge], _ event: PaperEvent) throws -> PaperLane {
    var lane = PaperLane()
    try lane.happen { try $0.take(event.snapshot(badges), at: $1) }
    return lane
  }

  private static func event() throws -> PaperEvent {
    try PaperEvent(["gate": { ($0.mostEntries, $0.reEntry) = (Int32(most), .unscanned) }])
  }

  /// How often the person is let in before they are refused as having been often enough.
  private static func entriesLeft(_ code: String, _ lane: inout PaperLane) -> Int {
    for count in 0...most {
      let checkIn = lane.scan(code).shown.first?.checkIn
      if checkIn?.reason == .alreadyAdmitted { return count }
      #expect(checkIn?.answer == .admitted)
    }
    return most + 1
  }

  /// What the roster tells of the person after so many entries, the last of them then, read after an entry of the feed.
  private static func told(
    _ entries: Int32,
    at moment: Instant,
    isInside: Bool = true,
    readAt sequence: Int64 = 0
  ) -> Lanyard_V1_WatchRosterResponse {
    .with {
      $0.presences = [
        .with { stand in
          (stand.registration, stand.checkpoint, stand.inside, stand.entries) = ("person-1", "gate", isInside, entries)
          stand.admitTime = Google_Protobuf_Timestamp(moment)
          stand.periodStartTime = Google_Protobuf_Timestamp(PaperEvent.start)
        }
      ]
      $0.cursor = "\(entries + 1)"
      $0.sequence = sequence
    }
  }

  private static func answer(
    _ reading: LaneSession.Reading,
    at moment: Instant,
    _ answer: Lanyard_V1_Answer = .admitted,
    sequence: Int64
  )
    -> Lanyard_V1_StreamCheckInsResponse.Result
  {
    .with { result in
      result.scanID = reading.id.description
      result.checkIn.scanID = result.scanID
      (result.checkIn.answer, result.checkIn.checkpoint) = (answer, PaperLane.setup.checkpoint.name.description)
      result.checkIn.attendee.registration = "\(PaperEvent.name)/registrations/person-1"
      result.checkIn.receiveTime = Google_Protobuf_Timestamp(moment)
      result.checkIn.sequence = sequence
    }
  }

  @Test("when the plan changes while they wait to be uploaded, as often as it does") func plan() throws {
    let event = try Self.event()
    let badge = try event.badge(1)
    var lane = try Self.lane([badge], event)
    lane.happen { $0.lost(nil, at: $1) }
    lane.scan(badge.code)
    lane.open()
    for cursor in 2...4 {
      try lane.happen { machine, moment in
        try machine.take(.with { ($0.plan, $0.cursor) = (event.plan, "\(cursor)") }, at: moment)
      }
    }
    #expect(lane.machine.headcountNow == 1)
    #expect(Self.entriesLeft(badge.code, &lane) == Self.most - 1)
  }

  @Test("when the person gets another badge meanwhile") func otherBadge() throws {
    let event = try Self.event()
    let (old, new) = (try event.badge(1), try event.badge(2) { $0.registration = "person-1" })
    var lane = try Self.lane([old], event)
    lane.happen { $0.lost(nil, at: $1) }
    lane.scan(old.code)
    lane.scan(new.code)
    try lane.happen { machine, moment in
      try machine.take(.with { ($0.entries, $0.cursor) = ([new.entry], "2") }, at: moment)
    }
    #expect(lane.machine.headcountNow == 1)
    #expect(Self.entriesLeft(new.code, &lane) == Self.most - 2)
  }

  @Test("when the roster tells of one before its answer comes, and after", arguments: [true, false])
  func answered(isToldFirst: Bool) throws {
    let event = try Self.event()
    let badge = try event.badge(1)
    var lane = try Self.lane([badge], event)
    lane.goOnline()
    for entries in Int32(1)...2 {
      let reading = try #require(lane.scan(badge.code).sent.first)
      let (moment, sequence) = (lane.moment.wall, Int64(entries))
      let row = Self.told(entries, at: moment, readAt: sequence)
      if isToldFirst { try lane.happen { try $0.take(row, at: $1) } }
      lane.happen { $0.answered(Self.answer(reading, at: moment, sequence: sequence), at: $1) }
      if !isToldFirst { try lane.happen { try $0.take(row, at: $1) } }
    }
    lane.happen { $0.lost(nil, at: $1) }
    #expect(lane.machine.headcountNow == 1)
    #expect(Self.entriesLeft(badge.code, &lane) == Self.most - 2)
  }

  @Test("and passes over a row of the roster that answers have overtaken, and no other") func overtaken() throws {
    let event = try PaperEvent()
    let badge = try event.badge(1)
    var lane = try Self.lane([badge], event)
    lane.goOnline()
    var sequence: Int64 = 0
    /// Scans the person one way; returns when.
    func pass(_ direction: Direction, _ answer: Lanyard_V1_Answer) throws -> Instant {
      let reading = try #require(lane.scan(badge.code, direction).sent.first)
      let moment = lane.moment.wall
      sequence += 1
      let result = Self.answer(reading, at: moment, answer, sequence: sequence)
      lane.happen { $0.answered(result, at: $1) }
      return moment
    }
    func tell(_ entries: Int32, at moment: Instant, isInside: Bool, readAt sequence: Int64) throws {
      let row = Self.told(entries, at: moment, isInside: isInside, readAt: sequence)
      try lane.happen { try $0.take(row, at: $1) }
    }
    /// What the lane would answer without the server to somebody who comes in.
    func answer() -> Lanyard_V1_Answer? {
      var lane = lane
      lane.happen { $0.lost(nil, at: $1) }
      return lane.scan(badge.code).shown.first?.checkIn?.answer
    }
    let first = try pass(.into, .admitted)
    _ = try pass(.out, .left)
    try tell(1, at: first, isInside: true, readAt: 1)
    #expect(answer() == .admitted)
    let second = try pass(.into, .admitted)
    try tell(1, at: first, isInside: false, readAt: 2)
    #expect(answer() == .refused)
    try tell(2, at: second, isInside: true, readAt: 3)
    // As where somebody took the last scan back.
    try tell(1, at: first, isInside: false, readAt: 4)
    #expect(answer() == .admitted)
  }

  @Test(
    "and those that are answered by a clock which was set back since one before, of which the roster tells before or after",
    arguments: [0, 120],
    [true, false]
  )
  func clockSetBack(seconds: Int, isToldFirst: Bool) throws {
    let event = try PaperEvent()
    let badge = try event.badge(1)
    var lane = try Self.lane([badge], event)
    lane.goOnline()
    let (admitted, left) = (lane.moment.wall, lane.moment.wall + .seconds(1) - .seconds(seconds))
    // By another lane, whose clock was ahead while it was by itself.
    let row = Self.told(1, at: admitted, readAt: 1)
    if isToldFirst { try lane.happen { try $0.take(row, at: $1) } }
    let reading = try #require(lane.scan(badge.code, .out).sent.first)
    lane.happen { $0.answered(Self.answer(reading, at: left, .left, sequence: 2), at: $1) }
    if !isToldFirst { try lane.happen { try $0.take(row, at: $1) } }
    // The server ends before it tells that the person has left.
    lane.happen { $0.lost(nil, at: $1) }
    #expect(lane.machine.headcountNow == 0)
    #expect(lane.scan(badge.code).shown.first?.checkIn?.answer == .admitted)
  }

  @Test("and passes over what the roster tells from before it uploaded what it did by itself") func uploaded() throws {
    let event = try PaperEvent()
    let badge = try event.badge(1)
    var lane = try Self.lane([badge], event)
    lane.happen { $0.lost(nil, at: $1) }
    lane.scan(badge.code)
    lane.open()
    let order = try #require(lane.disk.entries.first?.order)
    lane.disk.entries = []
    lane.happen { $0.uploading([order]) }
    let settled = SettledBatch(orders: [order], refused: 0, reason: "", sequences: [order: 3])
    lane.happen { $0.uploaded(settled, of: [order], left: 0) }
    for (sequence, isInside) in [(Int64(2), true), (3, true), (4, false)] {
      let row = Self.told(1, at: PaperEvent.start, isInside: sequence == 3, readAt: sequence)
      try lane.happen { try $0.take(row, at: $1) }
      #expect(lane.machine.headcountNow == (isInside ? 1 : 0))
    }
  }

  @Test("and those before the roster tells anything of the person") func onlyAnswered() throws {
    let event = try Self.event()
    let badge = try event.badge(1)
    var lane = try Self.lane([badge], event)
    lane.goOnline()
    for sequence in Int64(1)...2 {
      let reading = try #require(lane.scan(badge.code).sent.first)
      let moment = lane.moment.wall
      lane.happen { $0.answered(Self.answer(reading, at: moment, sequence: sequence), at: $1) }
    }
    lane.happen { $0.lost(nil, at: $1) }
    #expect(Self.entriesLeft(badge.code, &lane) == Self.most - 2)
  }

  @Test("and gives back the very one that is taken back, whatever came after it", arguments: [0, 1])
  func undone(which: Int) throws {
    let event = try Self.event()
    let badge = try event.badge(1)
    var lane = try Self.lane([badge], event)
    try lane.happen { try $0.take(Self.told(1, at: PaperEvent.start), at: $1) }
    lane.happen { $0.lost(nil, at: $1) }
    let scans = (0..<2).flatMap { _ in lane.scan(badge.code).shown.map(\.reading.id) }
    try #require(scans.count == 2)
    lane.happen { $0.takeBack(scans[which], at: $1) }
    #expect(lane.machine.headcountNow == 1)
    #expect(Self.entriesLeft(badge.code, &lane) == Self.most - 2)
  }

  @Test("and keeps those that wait where one of the server's record is taken back") func undoneOfServer() throws {
    let event = try Self.event()
    let badge = try event.badge(1)
    var lane = try Self.lane([badge], event)
    lane.goOnline()
    let reading = try #require(lane.scan(badge.code).sent.first)
    let moment = lane.moment.wall
    lane.happen { $0.answered(Self.answer(reading, at: moment, sequence: 1), at: $1) }
    lane.happen { $0.lost(nil, at: $1) }
    lane.scan(badge.code)
    lane.happen { $0.takeBack(reading.id, at: $1) }
    #expect(lane.machine.headcountNow == 1)
    #expect(Self.entriesLeft(badge.code, &lane) == Self.most - 1)
  }

  @Test("and those of a batch that is taken, beside those that still wait") func batches() throws {
    let event = try Self.event()
    let badge = try event.badge(1)
    var lane = try Self.lane([badge], event)
    lane.happen { $0.lost(nil, at: $1) }
    lane.scan(badge.code)
    lane.scan(badge.code)
    lane.open()
    let first = try #require(lane.disk.entries.first?.order)
    lane.happen { $0.uploading([first]) }
    lane.happen { $0.uploaded(SettledBatch(orders: [first], refused: 0, reason: ""), of: [first], left: 1) }
    try lane.happen { try $0.take(Self.told(1, at: PaperEvent.morning), at: $1) }
    #expect(Self.entriesLeft(badge.code, &lane) == Self.most - 2)
  }

  @Test("and does not count one that the server will never take") func refused() throws {
    let event = try Self.event()
    let badge = try event.badge(1)
    var lane = try Self.lane([badge], event)
    lane.happen { $0.lost(nil, at: $1) }
    lane.scan(badge.code)
    lane.scan(badge.code)
    lane.open()
    let first = try #require(lane.disk.entries.first?.order)
    lane.happen { $0.uploading([first]) }
    let settled = SettledBatch(orders: [first], refused: 1, reason: "no", notRecorded: [first])
    lane.happen { $0.uploaded(settled, of: [first], left: 1) }
    #expect(Self.entriesLeft(badge.code, &lane) == Self.most - 1)
  }

  @Test("so it takes nothing of the roster while nobody can say what the server has of its own") func underWay() throws
  {
    let event = try Self.event()
    let badge = try event.badge(1)
    var lane = try Self.lane([badge], event)
    lane.happen { $0.lost(nil, at: $1) }
    lane.scan(badge.code)
    #expect(lane.machine.mayTakeRoster)
    let orders = lane.disk.entries.map(\.order)
    lane.happen { $0.uploading(orders) }
    #expect(!lane.machine.mayTakeRoster)
    lane.happen { $0.lost(nil, at: $1) }
    #expect(!lane.machine.mayTakeRoster)
    // A process that begins anew does not know what the one before had sent.
    lane = PaperLane(lane.disk, at: lane.moment)
    #expect(!lane.machine.mayTakeRoster)
    lane.happen { $0.notTaken(orders) }
    #expect(lane.machine.mayTakeRoster)
    lane.happen { $0.uploading(orders) }
    lane.goOnline()
    #expect(lane.machine.mayTakeRoster)
  }

  @Test("after it began anew, whatever its disk has") func restarted() throws {
    let event = try Self.event()
    let badge = try event.badge(1)
    var lane = try Self.lane([badge], event)
    try lane.happen { try $0.take(Self.told(1, at: PaperEvent.start), at: $1) }
    lane.happen { $0.lost(nil, at: $1) }
    lane.scan(badge.code)
    lane = PaperLane(lane.disk, at: lane.moment)
    lane.happen { $0.lost(nil, at: $1) }
    try lane.happen { machine, moment in
      try machine.take(.with { ($0.plan, $0.cursor) = (event.plan, "3") }, at: moment)
    }
    #expect(Self.entriesLeft(badge.code, &lane) == Self.most - 2)
  }
}

extension LaneMachine {
  /// People inside on the morning of the paper event.
  fileprivate var headcountNow: Int? { headcount(at: PaperLane.start)?.inside }
}
