import Foundation
import GRDB
import LanyardAPI
import LanyardDomain
import LanyardLoad
import LanyardScanner
import LanyardTesting
import Synchronization
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

@Suite("A lane whose server cannot record scans", .blocking, .timeLimit(.minutes(3)))
struct LaneFaultTests {
  /// More scans than there is room for in what the database file has.
  private static let manyScans = 400

  @Test("goes on by itself while the server's disk is full, says why, and each scan counts once when there is room")
  func fullDisk() async throws {
    try await ServerHarness.run { server in
      let codes = try await LaneTests.badges(2, server)
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      let scans = Mutex<[String]>([])
      try await LaneTests.withLane(server, through: proxy) { lane, next in
        try await Self.limitFile(of: server.store)
        for number in 0..<Self.manyScans {
          await lane.submit(LaneTests.reading(codes[0], number.isMultiple(of: 2) ? .into : .out))
          let answer = try #require(await next())
          #expect(answer.checkIn?.answer == (number.isMultiple(of: 2) ? .admitted : .left), "\(answer.outcome)")
          scans.withLock { $0.append(answer.reading.id.description) }
          if answer.isOffline { break }
        }
        guard case .offline(let since, _) = await lane.state else {
          Issue.record("not offline: \(await lane.state)")
          return
        }
        #expect(await lane.trouble?.english.contains("disk is full") == true)
        // It has tried to upload what waits, and says why that waits.
        try await LaneTests.until(lane) { if case .uploading = await lane.state { true } else { false } }
        try await LaneTests.until(lane) { if case .offline = await lane.state { true } else { false } }
        #expect(await lane.state == .offline(since: since, waiting: await lane.waiting))
        #expect(await lane.trouble?.english.contains("disk is full") == true)
        await lane.submit(LaneTests.reading(codes[1]))
        let other = try #require(await next())
        #expect(other.isOffline && other.checkIn?.answer == .admitted)
        scans.withLock { $0.append(other.reading.id.description) }
        try await server.store.write { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        try await LaneTests.until(lane) { await lane.state == .online }
        #expect(await lane.trouble == nil)
        #expect(await lane.waiting == 0)
      }
      let made = scans.withLock { $0 }
      let recorded = try await server.store.scans(of: SampleData.forum, checkpoint: nil, PageRequest(size: 1000)).items
      #expect(recorded.map(\.id.description).sorted() == made.sorted())
      #expect(recorded.allSatisfy { $0.undo == nil })
    }
  }

  @Test("goes on by itself while the server's database file is away, and each scan counts once when it is back")
  func storeGone() async throws {
    try await ServerHarness.run { server in
      let codes = try await LaneTests.badges(2, server)
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try await LaneTests.withLane(server, through: proxy) { lane, next in
        let file = server.folder.appending(path: "lanyard.sqlite")
        let aside = server.folder.appending(path: "aside")
        try FileManager.default.moveItem(at: file, to: aside)
        for code in codes {
          await lane.submit(LaneTests.reading(code))
          let answer = try #require(await next())
          #expect(answer.isOffline && answer.checkIn?.answer == .admitted, "\(answer.outcome)")
        }
        try FileManager.default.moveItem(at: aside, to: file)
        try await LaneTests.until(lane) { await lane.state == .online }
        #expect(await lane.waiting == 0)
      }
      let record = try await LaneTests.record(server).filter { !$0.hasUndo }
      #expect(record.map(\.answer) == [.admitted, .admitted])
    }
  }

  @Test("shows a scan that the server alone refuses to record as not recorded, and stays online")
  func oneScan() async throws {
    try await ServerHarness.run { server in
      let codes = try await LaneTests.badges(2, server)
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try await LaneTests.withLane(server, through: proxy) { lane, next in
        try await server.store.write { db in
          try db.execute(
            sql: """
              CREATE TRIGGER refuse_presence BEFORE INSERT ON presence
                WHEN NEW.registration_id = (SELECT min(registration_id) FROM badge)
                BEGIN SELECT RAISE(ABORT, 'refused'); END;
              """
          )
        }
        await lane.submit(LaneTests.reading(codes[0]))
        let refused = try #require(await next())
        guard case .failed = refused.outcome else {
          Issue.record("recorded: \(refused.outcome)")
          return
        }
        #expect(!refused.isOffline)
        await lane.submit(LaneTests.reading(codes[1]))
        #expect(await next()?.isOffline == false)
        #expect(await lane.state == .online)
      }
    }
  }

  /// Lets the database file grow no more: SQLite takes that for a full disk.
  private static func limitFile(of store: SQLiteStore) async throws {
    try await store.write { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages)")
    }
  }
}
