import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardTesting
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("For which server a journal is")
struct JournalOriginTests {
  private static func certificate(_ body: String) -> String {
    "-----BEGIN CERTIFICATE-----\n\(body)\n-----END CERTIFICATE-----\n"
  }

  private static func origin(
    _ server: String,
    _ authority: String?,
    _ event: String = "forum"
  ) throws -> JournalOrigin {
    JournalOrigin(server: try Endpoint(server, of: "server"), authority: authority, event: event)
  }

  @Test("Its authority says, wherever it listens; its address where the system vouches for it")
  func same() throws {
    let (a, b) = (Self.certificate("AAAA\nBBBB"), Self.certificate("CCCC"))
    let cases: [(JournalOrigin, JournalOrigin, Bool)] = [
      (try Self.origin("x:1", a), try Self.origin("y:2", a), true),
      (try Self.origin("x:1", a), try Self.origin("x:1", b), false),
      (try Self.origin("x:1", a), try Self.origin("x:1", a, "other"), false),
      // The same certificate as another tool writes it, and beside the one that takes its place.
      (try Self.origin("x:1", a), try Self.origin("y:2", "Subject: x\r\n" + Self.certificate("AAAABB\r\nBB")), true),
      (try Self.origin("x:1", a), try Self.origin("y:2", b + a), true),
      (try Self.origin("x:1", nil), try Self.origin("x:1", nil), true),
      (try Self.origin("x:1", nil), try Self.origin("y:2", nil), false),
      (try Self.origin("x:1", nil), try Self.origin("x:1", a), true),
      (try Self.origin("x:1", nil), try Self.origin("y:2", a), false),
    ]
    for (one, other, isSame) in cases {
      #expect(one.isSame(as: other) == isSame && other.isSame(as: one) == isSame, "\(one) \(other)")
    }
  }

  @Test("It is bound to no other as long as it holds a scan, and forgets whom it knew there when it is")
  func bound() throws {
    try withTemporaryFolder { folder in
      let (here, there) = (try Self.origin("x:1", "A"), try Self.origin("x:1", "B"))
      let journal = try LaneJournal(path: folder.appending(path: "lane.sqlite").path)
      try journal.bind(to: here)
      try journal.apply([.badge(serial: 1, Data()), .cursor("7")])
      let order = try journal.append(.with { $0.undoneScanID = "x" }, at: LaneClock.system.now)
      #expect(throws: BoundElsewhere.self) { try journal.bind(to: there) }
      try journal.settle([], refused: [order: .told("no")])
      #expect(throws: BoundElsewhere.self) { try journal.bind(to: there) }
      try journal.bind(to: try Self.origin("y:2", "A"))
      #expect(try journal.roster().cursor == "7")
      try journal.eraseRefused()
      try journal.bind(to: there)
      #expect(try journal.roster().cursor.isEmpty && journal.roster().badges.isEmpty)
      #expect(JournalFolder.journal(at: journal.path).isFor(there))
    }
  }

  @Test("Where a later version says so in its own way, it is for nobody here, and is counted")
  func laterVersion() throws {
    try withTemporaryFolder { folder in
      let here = try Self.origin("x:1", "A")
      let journal = try LaneJournal(path: folder.appending(path: "lane.sqlite").path)
      try journal.keepOrigin(Data("{\"hub\":7}".utf8))
      try journal.append(.with { $0.undoneScanID = "x" }, at: LaneClock.system.now)
      let journals = JournalFolder(path: folder.path, origin: here, own: nil, countsBusy: true)
      #expect(try journals.waiting() == 0 && journals.waitingForElsewhere() == 1)
      #expect(throws: BoundElsewhere.self) { try journal.bind(to: here) }
    }
  }

  /// A device of the version before journals were bound: it enrolled at one server, and scanned at two of its entrances
  /// when that had gone, until it was killed.
  @Test("A device's folder of the version before is used on: what waits is for its server and for no other")
  func versionBefore() async throws {
    try await withTemporaryFolder { folder in
      let kept = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/device-2026-11")
      let home = folder.appending(path: "device")
      try FileManager.default.copyItem(at: kept, to: home)
      let device = "rbjae0zwza9a14egkm27bvvag6"
      let authority = try String(contentsOf: home.appending(path: "authority-\(device).pem"), encoding: .utf8)
      let moved = try Self.origin("moved.example.org:8443", authority, SampleData.forum)
      let path = home.appending(path: "lane-\(device)-entrance-lane-1.sqlite").path
      func journals(_ origin: JournalOrigin) -> JournalFolder {
        JournalFolder(path: home.path, origin: origin, own: path, countsBusy: true)
      }
      let other = try Self.origin("127.0.0.1:18611", Self.certificate("ZZZZ"), SampleData.forum)
      #expect(try journals(other).waiting() == 0 && journals(other).waitingForElsewhere() == 4)
      #expect(try journals(moved).waiting() == 1 && journals(moved).waitingForElsewhere() == 0)
      let journal = try LaneJournal(path: path)
      #expect(throws: BoundElsewhere.self) { try journal.bind(to: other) }
      try journal.bind(to: moved)
      let entries = try journal.waiting(limit: 10)
      #expect(entries.map { $0.checkIn?.answer } == [.refused, .admitted, .admitted])
      let last = try #require(entries.last?.moment)
      let clock = LaneClock { DeviceMoment(wall: last.wall + .seconds(5), running: last.running, boot: "another") }
      let setup = Lane.Setup(checkpoint: .named(LaneTests.checkpoint))
      let lane = try Lane(setup, journal: journal, elsewhere: journals(moved).waitingElsewhere(), clock: clock)
      #expect(await lane.rosterSize == 6)
      #expect(await lane.waiting == 3)
      #expect(await lane.headcount?.inside == 4)
      await lane.lost(nil)
      let codes = entries.compactMap { $0.checkIn?.scan.code }
      await lane.submit(LaneTests.reading(codes[1]))
      var answers = lane.answers.makeAsyncIterator()
      #expect(await answers.next()?.checkIn?.reason == .alreadyInside)
      let uploaded = try journal.nextBatch(limit: 10, at: clock.now)
      #expect(uploaded.checkIns.prefix(3).map(\.scan.scanID) == entries.compactMap { $0.checkIn?.scan.scanID })
    }
  }
}
