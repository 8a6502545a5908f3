import BadgeCodes
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardLoad
import LanyardMessages
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Synchronization
import Testing

@testable import LanyardScanner

@Suite("A lane", .blocking, .hangGuard)
struct LaneTests {
  static let event = "events/\(SampleData.forum)"
  static let checkpoint = "\(event)/checkpoints/entrance-lane-1"

  @Test("goes on by itself when the server does not answer in time, and each scan counts once afterwards")
  func offline() async throws {
    try await ServerHarness.run { server in
      let codes = try await Self.badges(5, server)
      let clock = DeviceClock()
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try await Self.withLane(server, through: proxy, clock: clock) { lane, next in
        await lane.submit(Self.reading(codes[0]))
        #expect(await next()?.isOffline == false)
        proxy.swallow()
        // The server's clock stands still in tests, and what happens offline happens after what was answered before.
        server.clock.advance(by: .seconds(60))
        await lane.submit(Self.reading(codes[1]))
        clock.advance(by: .milliseconds(1900))
        await lane.tick()
        #expect(await !lane.isIdle)
        clock.advance(by: .milliseconds(100))
        let first = await next()
        #expect(first?.isOffline == true && first?.checkIn?.answer == .admitted)
        await lane.submit(Self.reading(codes[1]))
        let answer = await next()
        let again = answer?.checkIn
        #expect(again?.reason == .alreadyInside && again?.earlier.checkpoint == Self.checkpoint)
        let words = answer.map { AnswerWords($0, in: .of(.english)).line }
        #expect(words?.hasPrefix("REFUSED  Already inside: since ") == true)
        #expect(words?.contains(" through Entrance lane 1.  ") == true)
        await lane.submit(Self.reading("LY1FORGED"))
        #expect(await next()?.checkIn?.reason == .unreadable)
        await lane.submit(Self.reading(codes[0], .out))
        #expect(await next()?.checkIn?.answer == .left)
        proxy.pass()
        try await Self.until(lane) { await lane.state == .online }
        #expect(await lane.waiting == 0)
        await lane.submit(Self.reading(codes[2]))
        #expect(await next()?.isOffline == false)
      }
      let record = try await Self.record(server).filter { !$0.hasUndo }
      #expect(record.map(\.answer) == [.admitted, .admitted, .refused, .refused, .left, .admitted])
      #expect(record.filter(\.hasOffline).count == 4)
      let counts = try await server.store.attendance(of: SampleData.forum, checkpoint: nil, at: server.clock.now)
      #expect(counts.peopleInside == 2)
    }
  }

  @Test("at a turnstile takes a badge that it reads twice for one passage, offline too")
  func turnstile() async throws {
    var programme = try SampleData.programme()
    let index = try #require(programme.events[1].checkpoints.firstIndex { $0.id == "entrance-lane-1" })
    programme.events[1].checkpoints[index].directions = .byTurns
    try await ServerHarness.run(programme: programme) { server in
      let codes = try await Self.badges(2, server)
      let clock = DeviceClock()
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try await Self.withLane(server, through: proxy, clock: clock) { lane, next in
        proxy.swallow()
        for code in [codes[0], codes[0], codes[1]] { await lane.submit(Self.reading(code, nil)) }
        clock.endPatience()
        var answers: [Lanyard_V1_CheckIn?] = []
        for _ in 0..<3 { answers.append(await next()?.checkIn) }
        #expect(answers.map { $0?.answer } == [.admitted, .admitted, .admitted])
        #expect(answers.map { $0?.doubleReading } == [false, true, false])
        proxy.pass()
        try await Self.until(lane) { await lane.state == .online }
        #expect(await lane.waiting == 0)
      }
      let record = try await Self.record(server).filter { !$0.hasUndo }
      #expect(record.map(\.doubleReading) == [false, true, false])
      let counts = try await server.store.attendance(of: SampleData.forum, checkpoint: nil, at: server.clock.now)
      #expect(counts.peopleInside == 2)
    }
  }

  @Test("lets out and in again who did not scan out, by itself too, and the record has both", arguments: [true, false])
  func missedExit(isAllowed: Bool) async throws {
    var programme = try SampleData.programme()
    programme.events[1].event.allowsMissedExits = isAllowed
    try await ServerHarness.run(programme: programme) { server in
      let code = try await Self.badges(1, server)[0]
      let clock = DeviceClock()
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try await Self.withLane(server, through: proxy, clock: clock) { lane, next in
        await lane.submit(Self.reading(code))
        #expect(await next()?.checkIn?.answer == .admitted)
        proxy.swallow()
        server.clock.advance(by: .seconds(60))
        var out = Self.reading(code, .out)
        out.missedExit = OverrideNote(note: "lunch", operatorName: "AB")
        await lane.submit(out)
        await lane.submit(Self.reading(code))
        clock.endPatience()
        let left = await next()
        #expect(left?.isOffline == true && left?.checkIn?.answer == (isAllowed ? .left : nil))
        #expect(left?.checkIn?.missedExit.note == (isAllowed ? "lunch" : nil))
        #expect(await next()?.checkIn?.answer == (isAllowed ? .admitted : .refused))
        proxy.pass()
        try await Self.until(lane) { await lane.state == .online }
        #expect(await lane.waiting == 0)
      }
      let record = try await Self.record(server).filter { !$0.hasUndo }
      #expect(record.map(\.answer) == (isAllowed ? [.admitted, .left, .admitted] : [.admitted, .refused]))
      #expect(record.filter(\.hasMissedExit).map(\.missedExit.note) == (isAllowed ? ["lunch"] : []))
      let counts = try await server.store.attendance(of: SampleData.forum, checkpoint: nil, at: server.clock.now)
      #expect(counts.peopleInside == 1)
    }
  }

  @Test("admits a genuine badge that its roster does not know yet, and marks it")
  func unknownBadge() async throws {
    try await ServerHarness.run { server in
      let clock = DeviceClock()
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      _ = try await Self.badges(1, server)
      try await Self.withLane(server, through: proxy, clock: clock) { lane, next in
        proxy.swallow()
        let late = try await Self.badges(1, from: 2, server)
        await lane.submit(Self.reading(late[0]))
        clock.endPatience()
        let answer = await next()
        #expect(answer?.checkIn?.answer == .admitted && answer?.checkIn?.offline.notInRoster == true)
        await lane.submit(Self.reading(late[0]))
        #expect(await next()?.checkIn?.reason == .alreadyInside)
        proxy.pass()
        try await Self.until(lane) { await lane.state == .online }
      }
      let admitted = try await Self.record(server).filter { $0.answer == .admitted }
      #expect(admitted.map(\.offline.notInRoster) == [true])
      #expect(admitted.map(\.attendee.displayName) == ["محمد Nº 2"])
    }
  }

  @Test("refuses what was revoked, as soon as it has heard, without the server")
  func revokedBadge() async throws {
    try await ServerHarness.run { server in
      let badges = try await withServerConnection(server.access) { try await People($0).badges(1...2) }
      let clock = DeviceClock()
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try await Self.withLane(server, through: proxy, clock: clock) { lane, next in
        let revoked = try await withServerConnection(server.access) { client in
          let name = badges[0].name
          return try await Lanyard_V1_BadgeService.Client(wrapping: client).revokeBadge(.with { $0.name = name })
        }
        // The etag is the number of the change, up to which a cursor tells how far the lane has heard.
        let number = try #require(Int64(revoked.etag.filter(\.isNumber)))
        try await Self.until(lane) {
          (RosterCursor(await lane.rosterCursor)?.sequence ?? 0) >= number
        }
        proxy.swallow()
        await lane.submit(Self.reading(badges[0].code))
        clock.endPatience()
        let answer = await next()
        #expect(answer?.isOffline == true && answer?.checkIn?.reason == .revoked)
        proxy.pass()
        try await Self.until(lane) { await lane.state == .online }
      }
    }
  }

  @Test("that is revoked erases its roster and lets nobody in")
  func revokedDevice() async throws {
    try await ServerHarness.run { server in
      let codes = try await Self.badges(1, server)
      let device = try await server.enrol(.lane, at: [Self.checkpoint])
      let path = server.folder.appending(path: "lane.sqlite").path
      let journal = try LaneJournal(path: path)
      let lane = try Lane(Lane.Setup(checkpoint: .named(Self.checkpoint)), journal: journal)
      let link = LaneLink(lane, access: { device.access })
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await link.run() }
        await lane.waitForRoster(atMost: HangGuard.time)
        #expect(try journal.roster().badges.count == 1)
        _ = try await server.store.revokeDevice(
          .test(server.clock.now),
          DeviceAddress.named(device.device.name).id,
          of: SampleData.forum
        )
        try await Self.until(lane) { await lane.state == .revoked }
        let left = try journal.roster()
        #expect(left.badges.isEmpty && left.presences.isEmpty && left.plan == nil && left.cursor.isEmpty)
        #expect(left.wasRehearsal)
        await lane.submit(Self.reading(codes[0]))
        var answers = lane.answers.makeAsyncIterator()
        #expect(await answers.next()?.checkIn == nil)
        group.cancelAll()
      }
      let bytes = try Data(contentsOf: URL(filePath: path))
      #expect(bytes.range(of: Data("Government".utf8)) == nil)
    }
  }

  @Test("that the server refuses says so and lets nobody in, instead of going on by itself")
  func refusedLane() async throws {
    try await ServerHarness.run { server in
      let codes = try await Self.badges(1, server)
      let token = try await server.token(.scanner)
      let access = server.access(token.text)
      let journal = try LaneJournal(path: server.folder.appending(path: "lane.sqlite").path)
      let lane = try Lane(Lane.Setup(checkpoint: .named(Self.checkpoint)), journal: journal)
      let link = LaneLink(lane, access: { access })
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await link.run() }
        try await Self.until(lane) { await lane.state == .online }
        _ = try await server.store.revokeToken(.test(server.clock.now), token.id)
        try await Self.until(lane) { if case .refused = await lane.state { true } else { false } }
        await lane.submit(Self.reading(codes[0]))
        var answers = lane.answers.makeAsyncIterator()
        guard case .failed(let failure)? = await answers.next()?.outcome else {
          Issue.record("somebody was let in")
          return
        }
        #expect(failure.sentence.english.contains("does not let this lane in"))
        group.cancelAll()
      }
    }
  }

  @Test("with a wrong clock has its scans corrected by the difference, both times kept", arguments: [-7200, 3600])
  func wrongClock(seconds: Int) async throws {
    try await ServerHarness.run { server in
      let codes = try await Self.badges(1, server)
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      let clock = DeviceClock(ahead: .seconds(seconds))
      let read = clock.now.wall
      try await Self.withLane(server, through: proxy, clock: clock) { lane, next in
        proxy.swallow()
        await lane.submit(LaneSession.Reading(code: codes[0], direction: .into, readAt: read))
        clock.endPatience()
        #expect(await next()?.checkIn?.answer == .admitted)
        proxy.pass()
        try await Self.until(lane) { await lane.state == .online }
      }
      let scan = try #require(try await Self.record(server).first { $0.hasOffline })
      let off = Instant(shown: scan.offline.happenTime) - server.clock.now
      // The clocks hardly moved between the decision and the upload.
      #expect((-1...0).contains(off / .seconds(1)))
      #expect(Instant(shown: scan.scanTime) == read)
    }
  }

  @Test("begins again with what it decided before, and uploads it")
  func restart() async throws {
    try await ServerHarness.run { server in
      let codes = try await Self.badges(2, server)
      let clock = DeviceClock()
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      let path = server.folder.appending(path: "lane.sqlite").path
      try await Self.withLane(server, through: proxy, clock: clock, journal: path) { lane, next in
        proxy.swallow()
        await lane.submit(Self.reading(codes[0]))
        clock.endPatience()
        #expect(await next()?.checkIn?.answer == .admitted)
        await lane.submit(Self.reading(codes[1]))
        try await lane.undo(try #require(await next()).reading.id)
      }
      try await Self.withLane(server, through: proxy, clock: clock, journal: path, waits: false) { lane, next in
        await lane.submit(Self.reading(codes[0]))
        clock.endPatience()
        #expect(await next()?.checkIn?.reason == .alreadyInside)
        await lane.submit(Self.reading(codes[1]))
        #expect(await next()?.checkIn?.answer == .admitted)
        #expect(await lane.waiting == 5)
        proxy.pass()
        try await Self.until(lane) { await lane.state == .online }
      }
      let record = try await Self.record(server)
      #expect(record.map(\.answer) == [.admitted, .admitted, .refused, .admitted])
      // A code opens what is sealed of its bearer: none is left once all is uploaded.
      for file in try FileManager.default.contentsOfDirectory(atPath: server.folder.path)
      where file.hasPrefix("lane.sqlite") {
        let bytes = try Data(contentsOf: server.folder.appending(path: file))
        #expect(codes.allSatisfy { bytes.range(of: Data($0.utf8)) == nil }, "\(file)")
      }
    }
  }

  @Test("takes a scan back while it is offline, and the server follows")
  func undo() async throws {
    try await ServerHarness.run { server in
      let codes = try await Self.badges(1, server)
      let clock = DeviceClock()
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try await Self.withLane(server, through: proxy, clock: clock) { lane, next in
        proxy.swallow()
        await lane.submit(Self.reading(codes[0]))
        clock.endPatience()
        let scan = try #require(await next()).reading.id
        try await lane.undo(scan)
        await lane.submit(Self.reading(codes[0]))
        #expect(await next()?.checkIn?.answer == .admitted)
        proxy.pass()
        try await Self.until(lane) { await lane.state == .online }
      }
      let offline = try await Self.record(server).filter(\.hasOffline)
      #expect(offline.map(\.hasUndo) == [true, false])
      let conflicts = try await server.store.conflicts(of: SampleData.forum, PageRequest(size: 10))
      #expect(conflicts.items.isEmpty)
    }
  }

  @Test("whose undo gets no answer keeps it, and sends it when the server is back")
  func lateUndo() async throws {
    try await ServerHarness.run { server in
      let codes = try await Self.badges(1, server)
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try await Self.withLane(server, through: proxy) { lane, next in
        await lane.submit(Self.reading(codes[0]))
        let scan = try #require(await next()).reading.id
        proxy.swallow()
        try await lane.undo(scan)
        try await Self.until(lane) { if case .offline = await lane.state { true } else { false } }
        proxy.pass()
        try await Self.until(lane) { await lane.state == .online }
        #expect(await lane.waiting == 0)
      }
      #expect(try await Self.record(server).map(\.hasUndo) == [true])
    }
  }

  @Test("goes online again and again, though the network comes and goes while it connects")
  func flapping() async throws {
    try await ServerHarness.run { server in
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try await Self.withLane(server, through: proxy) { lane, _ in
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<4 {
          proxy.drop()
          for _ in 0..<3 {
            // It goes with some byte of the handshake or of what comes after it.
            let bytes = Int.random(in: 1...2000, using: &generator)
            let goal = proxy.forwarded + bytes
            proxy.swallow(after: bytes)
            try await Self.until(lane) { proxy.forwarded >= goal }
            proxy.pass()
          }
          try await Self.until(lane) { await lane.state == .online }
        }
      }
    }
  }

  // MARK: - What the tests share

  static func reading(_ code: String, _ direction: Direction? = .into) -> LaneSession.Reading {
    LaneSession.Reading(code: code, direction: direction, readAt: Instant(Date()))
  }

  static func badges(_ count: Int, from first: Int = 1, _ server: ServerHarness) async throws -> [String] {
    try await withServerConnection(server.access) { client in
      try await People(client).badges(first...(first + count - 1)).map(\.code)
    }
  }

  static func record(_ server: ServerHarness) async throws -> [Lanyard_V1_CheckIn] {
    try await withServerConnection(server.access) { client in
      try await Lanyard_V1_AttendanceService.Client(wrapping: client).listCheckIns(.with { $0.parent = event }).checkIns
    }
  }

  /// Waits for something that the lane does by itself.
  static func until(_ lane: Lane, _ holds: () async throws -> Bool) async throws {
    for await _ in await lane.changes() where try await holds() { return }
    throw CancellationError()
  }

  /// Runs a lane of an enrolled device through the proxy; `next` gives its answers one after the other.
  static func withLane(
    _ server: ServerHarness,
    through proxy: FaultyLine,
    clock: DeviceClock = DeviceClock(),
    journal path: String? = nil,
    folder: JournalFolder? = nil,
    device enrolled: EnrolledDevice? = nil,
    at checkpoint: String = Self.checkpoint,
    waits: Bool = true,
    _ body: @Sendable (Lane, () async -> LaneAnswer?) async throws -> Void
  ) async throws {
    let device: EnrolledDevice
    if let enrolled { device = enrolled } else { device = try await server.enrol(.lane, at: [checkpoint]) }
    let access = ServerAccess(
      proxy.address,
      credential: device.access.credential,
      authorityPath: device.access.authorityPath
    )
    let journal = try LaneJournal(path: path ?? server.folder.appending(path: "\(UUID().uuidString).sqlite").path)
    let lane = try Lane(Lane.Setup(checkpoint: .named(checkpoint)), journal: journal, clock: clock.laneClock)
    let link = LaneLink(lane, folder: folder, access: { access })
    await link.look()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await link.run() }
      if waits {
        await lane.waitForRoster(atMost: HangGuard.time)
        try await until(lane) { await lane.state == .online }
      }
      var answers = lane.answers.makeAsyncIterator()
      try await body(lane) { await answers.next() }
      group.cancelAll()
    }
  }
}
