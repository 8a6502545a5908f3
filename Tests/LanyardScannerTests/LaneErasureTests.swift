import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardLoad
import LanyardMessages
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("A lane that hears that somebody was erased", .blocking, .hangGuard)
struct LaneErasureTests {
  private static let note = "Qxzvynote: known to the guard"
  private static let typed = "Qxzvytyped Nº 1"

  /// The files of a journal with their content.
  private static func content(_ path: String) throws -> Data {
    try ["", "-wal", "-shm"].reduce(into: Data()) { all, end in
      if FileManager.default.fileExists(atPath: path + end) {
        all += try Data(contentsOf: URL(fileURLWithPath: path + end))
      }
    }
  }

  /// What is sealed of people in a journal.
  private static func sealed(_ path: String) throws -> [UInt64: Data] {
    let badges = try LaneJournal(path: path).roster().badges.map { try Lanyard_V1_RosterEntry(serializedBytes: $0) }
    return Dictionary(badges.map { ($0.serial, $0.sealed) }) { $1 }
  }

  private static func erase(_ number: Int, _ server: ServerHarness) async throws -> String {
    try await withServerConnection(server.access) { client in
      let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
      let all = try await service.listRegistrations(.with { $0.parent = LaneTests.event }).registrations
      let person = try #require(all.first { $0.email == "person\(number)@example.org" })
      let erased = try await service.eraseRegistration(.with { $0.name = person.name })
      #expect(erased.hasEraseTime && erased.displayName == "")
      return try ResourceName.registration(person.name, field: "name").id
    }
  }

  @Test("Forgets them on disk and on the screen at once, and refuses the badge without the server too")
  func online() async throws {
    try await ServerHarness.run { server in
      let codes = try await LaneTests.badges(2, server)
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      let clock = DeviceClock()
      let path = server.folder.appending(path: "lane.sqlite").path
      try await LaneTests.withLane(server, through: proxy, clock: clock, journal: path) { lane, next in
        await lane.submit(LaneTests.reading(codes[0]))
        let answer = try #require(await next())
        #expect(answer.checkIn?.attendee.displayName == "محمد Nº 1")
        var view = LaneView(title: "", event: "", clock: "", direction: "", link: .online)
        view.last = LaneView.Answer(answer, clock: VenueTime(zone: "UTC"), in: .of(.english))
        view.recent = [try #require(view.last)]
        let serial = try #require(UnsentPassages.serial(codes[0]))
        let before = try #require(try Self.sealed(path)[serial])
        #expect(try Self.content(path).range(of: before) != nil)
        let person = try await Self.erase(1, server)
        try await LaneTests.until(lane) { await lane.erased == [person] }
        try await LaneTests.until(lane) { try Self.sealed(path)[serial]?.isEmpty == true }
        #expect(try Self.content(path).range(of: before) == nil)
        view.forget(await lane.erased)
        #expect(view.last?.name == "" && view.recent.map(\.name) == [""] && view.last?.headline == "ADMITTED")
        #expect(view.last?.group == "" && view.last?.explanation == [])
        proxy.swallow()
        await lane.submit(LaneTests.reading(codes[0]))
        clock.endPatience()
        let offline = await next()
        #expect(offline?.checkIn?.reason == .revoked && offline?.checkIn?.attendee.displayName == "")
      }
    }
  }

  @Test("Forgets them when it comes back, with what its operator wrote of them meanwhile")
  func away() async throws {
    try await ServerHarness.run { server in
      let codes = try await LaneTests.badges(2, server)
      let path = server.folder.appending(path: "lane.sqlite").path
      let journal = try LaneJournal(path: path)
      let serial = try #require(UnsentPassages.serial(codes[0]))
      try await withServerConnection(server.access) { client in
        try await RosterFetch.run(
          client,
          event: SampleData.forum,
          into: journal,
          patience: HangGuard.time,
          clock: DeviceClock().laneClock
        )
      }
      // A scan that the server will never take is kept with what was written of it, and one that waits.
      func fact(_ checkpoint: String) -> Lanyard_V1_OfflineCheckIn {
        .with {
          $0.checkpoint = checkpoint
          $0.answer = .admitted
          $0.scan.scanID = UUIDBytes.timeOrdered(at: SampleData.firstMorning).description
          $0.scan.code = codes[0]
          $0.scan.override = .with { ($0.note, $0.operator) = (Self.note, "Qxzvyguard") }
        }
      }
      let refused = try journal.append(fact("\(LaneTests.checkpoint)-gone"), at: DeviceClock().laneClock.now)
      // A name that was typed in a code's place, which the server will never hear either.
      var named = fact("\(LaneTests.checkpoint)-gone")
      named.scan.code = Self.typed
      named.scan.clearOverride()
      let typed = try journal.append(named, at: DeviceClock().laneClock.now)
      let gone = KeptReason.told("no such checkpoint")
      try journal.settle([], refused: [refused: gone, typed: gone])
      try journal.append(fact(LaneTests.checkpoint), at: DeviceClock().laneClock.now)
      let before = try #require(try Self.sealed(path)[serial])
      #expect(try Self.content(path).range(of: Data(Self.note.utf8)) != nil)
      let person = try await Self.erase(1, server)
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      let device = try await server.enrol(.lane, at: [LaneTests.checkpoint], supervisor: true)
      try await LaneTests.withLane(server, through: proxy, journal: path, device: device) { lane, _ in
        try await LaneTests.until(lane) { await lane.erased == [person] }
        try await LaneTests.until(lane) { await lane.waiting == 0 }
        try await LaneTests.until(lane) { try Self.sealed(path)[serial]?.isEmpty == true }
      }
      for text in [before, Data(Self.note.utf8), Data("Qxzvyguard".utf8), Data(Self.typed.utf8)] {
        #expect(try Self.content(path).range(of: text) == nil)
        #expect(try Self.content(server.folder.appending(path: "lanyard.sqlite").path).range(of: text) == nil)
      }
      let kept = try LaneJournal(path: path).refused(limit: 10).map(\.entry.checkIn?.scan)
      #expect(kept.map(\.?.override.note) == [OverrideNote.erased.note, ""])
      #expect(kept.map(\.?.code) == [codes[0], WithheldCode.erased.rawValue])
      let record = try await LaneTests.record(server)
      #expect(record.count == 1 && record.first?.override.note == "")
    }
  }

  @Test("Leaves all as it was where a scan cannot be written anew, and says so: they come again with the roster")
  func unwritable() throws {
    try withTemporaryFolder { folder in
      let journal = try LaneJournal(path: folder.appending(path: "lane.sqlite").path)
      try journal.apply([.badge(serial: 7, Data("before".utf8))])
      try journal.append(Data("waits".utf8), at: DeviceClock().laneClock.now)
      #expect(throws: JournalError.self) {
        try journal.forget([7: Data("after".utf8)]) { _ in throw CocoaError(.fileWriteUnknown) }
      }
      #expect(try journal.roster().badges == [Data("before".utf8)])
      #expect(try journal.waiting(limit: 10).map(\.content) == [Data("waits".utf8)])
    }
  }

  @Test("Forgets them in the device's other journals too")
  func otherJournals() throws {
    try withTemporaryFolder { folder in
      let origin = JournalOrigin(server: .loopback(port: 1), authority: nil, event: SampleData.forum)
      let other = folder.appending(path: "other.sqlite").path
      let journal = try LaneJournal(path: other)
      let entry = Lanyard_V1_RosterEntry.with {
        $0.serial = 7
        $0.registration = "r"
        $0.sealed = Data("Qxzvysealed".utf8)
      }
      try journal.apply([.badge(serial: 7, try entry.serializedBytes()), .cursor("c.1.1")])
      let gone = Lanyard_V1_RosterEntry.with {
        ($0.serial, $0.registration, $0.erased) = (7, "r", true)
        $0.badgeState = .revoked
      }
      let journals = JournalFolder(path: folder.path, origin: origin, own: nil, countsBusy: true)
      try journals.forget([gone])
      #expect(try Self.content(other).range(of: Data("Qxzvysealed".utf8)) == nil)
      let left = try LaneJournal(path: other).roster()
      #expect(left.cursor == "c.1.1")
      #expect(try left.badges.map { try Lanyard_V1_RosterEntry(serializedBytes: $0) } == [gone])
    }
  }
}
