import Foundation
import GRDB
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardLoad
import LanyardSQLite
import LanyardStore
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("What a device keeps", .blocking, .hangGuard)
struct JournalFolderTests {
  private static func checkpoint(_ number: Int) -> String { "\(LaneTests.event)/checkpoints/entrance-lane-\(number)" }

  @Test("Is uploaded by its next lane, whichever checkpoint that is for", arguments: [false, true])
  func nextLane(isEnrolledAnew: Bool) async throws {
    try await ServerHarness.run { server in
      let codes = try await LaneTests.badges(2, server)
      let home = try Self.home(server)
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      let origin = JournalOrigin(server: proxy.address, authority: "PEM", event: SampleData.forum)
      let places = isEnrolledAnew ? [Self.checkpoint(1)] : [Self.checkpoint(1), Self.checkpoint(2)]
      let device = try await server.enrol(.lane, at: places)
      let first = "\(home)/lane-a-entrance-lane-1.sqlite"
      let clock = DeviceClock()
      try await LaneTests.withLane(server, through: proxy, clock: clock, journal: first, device: device) { lane, next in
        proxy.swallow()
        for code in codes {
          await lane.submit(LaneTests.reading(code))
          clock.endPatience()
          #expect(await next()?.checkIn?.answer == .admitted)
        }
      }
      try LaneJournal(path: first).bind(to: origin)
      let second = "\(home)/lane-b-entrance-lane-2.sqlite"
      // The server has another address by now, and the same authority.
      let folder = JournalFolder(
        path: home,
        origin: JournalOrigin(server: server.address, authority: "PEM", event: SampleData.forum),
        own: second,
        countsBusy: true
      )
      let later = isEnrolledAnew ? try await server.enrol(.lane, at: [Self.checkpoint(2)]) : device
      try await LaneTests.withLane(
        server,
        through: proxy,
        journal: second,
        folder: folder,
        device: later,
        at: Self.checkpoint(2),
        waits: false
      ) { lane, _ in
        #expect(await lane.waiting == 2)
        proxy.pass()
        try await LaneTests.until(lane) { await lane.state == .online }
        try await LaneTests.until(lane) { await lane.waiting == 0 }
        #expect(await lane.notice == nil)
      }
      let record = try await LaneTests.record(server).filter(\.hasOffline)
      #expect(record.map(\.answer) == [.admitted, .admitted])
      #expect(record.allSatisfy { $0.checkpoint == Self.checkpoint(1) })
    }
  }

  @Test("For another server or event stays, and is counted by itself")
  func elsewhere() async throws {
    try await withTemporaryFolder { folder in
      let here = JournalOrigin(server: Endpoint(host: "here", port: 1), authority: "PEM", event: "forum")
      let others = [
        JournalOrigin(server: Endpoint(host: "there", port: 1), authority: nil, event: "forum"),
        JournalOrigin(server: Endpoint(host: "here", port: 1), authority: "PEM", event: "other"),
        // Another server, which has taken the first one's place at its address.
        JournalOrigin(server: Endpoint(host: "here", port: 1), authority: "OTHER", event: "forum"),
      ]
      for (number, origin) in (others + [here]).enumerated() {
        let journal = try LaneJournal(path: "\(folder.path)/lane-\(number).sqlite")
        try journal.bind(to: origin)
        try journal.append(.with { $0.undoneScanID = "x" }, at: LaneClock.system.now)
      }
      let journals = JournalFolder(path: folder.path, origin: here, own: nil, countsBusy: true)
      #expect(try journals.waiting() == 1)
      #expect(try journals.waitingForElsewhere() == 3)
      var taken: [Int] = []
      #expect(try await journals.withNext { taken.append(try $0.waitingCount()) })
      #expect(taken == [1])
    }
  }

  @Test("Is for nobody here where the event that it is for is named in a way that is not known")
  func unnamed() throws {
    try withTemporaryFolder { folder in
      let here = JournalOrigin(server: Endpoint(host: "here", port: 1), authority: nil, event: "forum")
      let cases = [
        ("events/forum/checkpoints/gate", true), ("events/other/checkpoints/gate", false), ("", true),
        ("events/forum/doors/gate", false), ("forum", false), ("events/forum", false),
      ]
      for (number, (checkpoint, isForHere)) in cases.enumerated() {
        let path = "\(folder.path)/lane-\(number).sqlite"
        try LaneJournal(path: path).append(.with { $0.checkpoint = checkpoint }, at: LaneClock.system.now)
        #expect(JournalFolder.journal(at: path).isFor(here) == isForHere, "\(checkpoint)")
      }
      let journals = JournalFolder(path: folder.path, origin: here, own: nil, countsBusy: true)
      #expect(try journals.waiting() == 2)
      #expect(try journals.waitingForElsewhere() == 4)
    }
  }

  @Test("Is found where another journal cannot be read, which is named, or cannot be used")
  func unreadable() async throws {
    try await withTemporaryFolder { folder in
      let here = JournalOrigin(server: Endpoint(host: "here", port: 1), authority: nil, event: "forum")
      try Data("no journal, and longer than a page's first bytes".utf8).write(to: folder.appending(path: "a.sqlite"))
      for name in ["b", "c"] {
        let journal = try LaneJournal(path: "\(folder.path)/\(name).sqlite")
        try journal.append(.with { $0.undoneScanID = name }, at: LaneClock.system.now)
      }
      let journals = JournalFolder(path: folder.path, origin: here, own: nil, countsBusy: true)
      #expect(try journals.waiting() == 2)
      #expect(try journals.waitingForElsewhere() == 0)
      #expect(try journals.unreadable().map { URL(filePath: $0.path).lastPathComponent } == ["a.sqlite"])
      var taken: [String?] = []
      func take(failing: Int) async throws -> Bool {
        taken = []
        return try await journals.withNext { journal in
          taken.append(try journal.waiting(limit: 1).first?.checkIn?.undoneScanID)
          if taken.count <= failing { throw JournalError.outOfSpace }
        }
      }
      #expect(try await take(failing: 1) && taken == ["b", "c"])
      await #expect(throws: JournalError.outOfSpace) { try await take(failing: 2) }
      #expect(throws: JournalError.self) { try journals.forgetPeople() }
    }
  }

  @Test(
    "Is left to the process that writes it, and counts where all are lanes of one device",
    arguments: [true, false]
  )
  func busy(countsBusy: Bool) async throws {
    try await withTemporaryFolder { folder in
      let here = JournalOrigin(server: Endpoint(host: "here", port: 1), authority: nil, event: "forum")
      let path = "\(folder.path)/lane.sqlite"
      let lock = try #require(try JournalLock.take(path))
      let journal = try LaneJournal(path: path)
      try journal.append(.with { $0.undoneScanID = "x" }, at: LaneClock.system.now)
      let journals = JournalFolder(path: folder.path, origin: here, own: nil, countsBusy: countsBusy)
      #expect(try journals.waiting() == (countsBusy ? 1 : 0))
      #expect(try await journals.withNext { _ in Issue.record("taken") } == false)
      withExtendedLifetime(lock) {}
    }
  }

  @Test("And the server never takes is kept with its reason until it is erased, sent again, or the device is revoked")
  func refused() async throws {
    try await ServerHarness.run { server in
      let code = try await LaneTests.badges(1, server)[0]
      let home = try Self.home(server)
      let path = "\(home)/lane.sqlite"
      let journal = try LaneJournal(path: path)
      func breakOne() throws {
        // Without an answer it is no fact.
        let broken = Lanyard_V1_OfflineCheckIn.with {
          $0.checkpoint = LaneTests.checkpoint
          $0.scan = LaneTests.reading(code).message
        }
        try journal.append(broken, at: LaneClock.system.now)
      }
      try breakOne()
      let device = try await server.enrol(.lane, at: [LaneTests.checkpoint])
      let lane = try Lane(Lane.Setup(checkpoint: .named(LaneTests.checkpoint)), journal: journal)
      let link = LaneLink(lane, access: { device.access })
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await link.run() }
        try await LaneTests.until(lane) { await lane.state == .online }
        #expect(await lane.notice?.english.contains("lanyard scan kept") == true)
        let refused = try journal.refused(limit: 10)
        #expect(refused.map { $0.entry.checkIn?.scan.code } == [code])
        #expect(refused.first?.reason.text.contains("answer") == true)
        #expect(try journal.sendRefusedAgain() == 1)
        #expect(try journal.waitingCount() == 1 && journal.refused(limit: 10).isEmpty)
        let batch = try journal.nextBatch(limit: 10, at: LaneClock.system.now)
        try journal.settle([], refused: [batch.orders[0]: .told("no")])
        try journal.eraseRefused()
        #expect(Self.isGone(code, from: home))
        try breakOne()
        let last = try journal.nextBatch(limit: 10, at: LaneClock.system.now)
        try journal.settle([], refused: [last.orders[0]: .told("no")])
        let id = DeviceAddress.named(device.device.name).id
        _ = try await server.store.revokeDevice(.test(server.clock.now), id, of: SampleData.forum)
        try await LaneTests.until(lane) { await lane.state == .revoked }
        #expect(try journal.refused(limit: 10).isEmpty)
        #expect(Self.isGone(code, from: home))
        group.cancelAll()
      }
    }
  }

  @Test("And the server refuses keeps the whole of what it said, and is told in the language of who asks")
  func languages() throws {
    try withTemporaryFolder { folder in
      let journal = try LaneJournal(path: "\(folder.path)/lane.sqlite")
      for _ in 0..<3 { try journal.append(.with { $0.undoneScanID = "x" }, at: LaneClock.system.now) }
      // One that nobody can read.
      try journal.append(Data([0xFF]), at: LaneClock.system.now)
      let errors: [Lanyard_V1_ScanError] = [
        .with {
          ($0.code, $0.reason, $0.field) = (3, "SCAN_ID_REUSED", "scan_id")
          $0.message = "L’identifiant désigne une autre lecture."
        },
        .with { ($0.code, $0.reason, $0.message) = (3, "OF_A_LATER_VERSION", "Réessayez.") },
      ]
      let batch = try journal.nextBatch(limit: 10, at: LaneClock.system.now)
      let response = Lanyard_V1_UploadCheckInsResponse.with {
        $0.results = errors.map { error in .with { $0.error = error } }
      }
      _ = try journal.settle(response, of: batch)
      try journal.settle([], refused: [batch.orders[2]: .told("Kept by an earlier version.")])
      let kept = try journal.refused(limit: 10).map(\.reason)
      #expect(kept == errors.map(KeptReason.refused) + [.told("Kept by an earlier version."), .damaged])
      let russian = Phrasebook.of(.russian)
      let known = kept.map { russian.text($0.sentence) }
      #expect(known[0] == russian.text(.errorScanIDReused) && known[1] == "Réessayez.")
      #expect(known[2] == "Kept by an earlier version." && known[3] == russian.text(.keptDamaged))
    }
  }

  @Test("And which an earlier version refused is told as that one kept it")
  func earlierReasons() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder.path)/lane.sqlite"
      let orders = try {
        let journal = try LaneJournal(path: path)
        let orders = try (0..<2).map { _ in
          try journal.append(.with { $0.undoneScanID = "x" }, at: LaneClock.system.now)
        }
        try journal.settle([], refused: [orders[0]: .told("damaged"), orders[1]: .told("No such checkpoint.")])
        return orders
      }()
      #expect(orders.count == 2)
      let queue = try DatabaseQueue(path: path)
      try queue.write { db in
        try db.execute(
          sql: """
            ALTER TABLE refused DROP COLUMN error;
            ALTER TABLE refused DROP COLUMN is_damaged;
            DELETE FROM grdb_migrations WHERE identifier LIKE '3 %';
            """
        )
      }
      try queue.close()
      let kept = try LaneJournal(path: path).refused(limit: 10).map(\.reason)
      #expect(kept == [.damaged, .told("No such checkpoint.")])
    }
  }

  @Test("And the server cannot take for now stays, in its order")
  func forNow() async throws {
    try withTemporaryFolder { folder in
      let journal = try LaneJournal(path: "\(folder.path)/lane.sqlite")
      for _ in 0..<2 { try journal.append(.with { $0.undoneScanID = "x" }, at: LaneClock.system.now) }
      let batch = try journal.nextBatch(limit: 10, at: LaneClock.system.now)
      func response(_ codes: [RPCError.Code?]) -> Lanyard_V1_UploadCheckInsResponse {
        .with {
          $0.results = codes.map { code in
            .with { result in
              result.checkIn = .init()
              if let code { result.error = .with { ($0.code, $0.message) = (Int32(code.rawValue), "Disk full.") } }
            }
          }
        }
      }
      #expect(throws: NothingTaken.self) {
        try journal.settle(response([.resourceExhausted, .unavailable]), of: batch)
      }
      #expect(try journal.waitingCount() == 2)
      let settled = try journal.settle(response([.unavailable, nil]), of: batch)
      #expect(settled.orders == [batch.orders[1]] && settled.refused == 0)
      #expect(try journal.waiting(limit: 10).map(\.order) == [batch.orders[0]])
      // What a newer server says in a way that is not known may not be what makes a scan go.
      let strange = Lanyard_V1_UploadCheckInsResponse.with { $0.results = [.init()] }
      let last = try journal.nextBatch(limit: 10, at: LaneClock.system.now)
      #expect(throws: NothingTaken(reason: Sentence(.laneAnswerNeedsUpdate))) { try journal.settle(strange, of: last) }
      #expect(try journal.waitingCount() == 1)
    }
  }

  private static func home(_ server: ServerHarness) throws -> String {
    let home = server.folder.appending(path: "device")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    return home.path
  }

  private static func isGone(_ code: String, from folder: String) -> Bool {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.allSatisfy { name in
      FileManager.default.contents(atPath: "\(folder)/\(name)")?.range(of: Data(code.utf8)) == nil
    }
  }
}
