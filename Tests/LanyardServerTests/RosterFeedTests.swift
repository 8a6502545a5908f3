import BadgeCodes
import Foundation
import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardSQLite
import LanyardStore
import LanyardTesting
import Logging
import SwiftProtobuf
import Synchronization
import Testing

@testable import LanyardServer

@Suite("The feed of rosters")
struct RosterFeedTests {
  private static let event = SampleData.forum
  private static let lane = CheckpointAddress(event: event, checkpoint: "entrance-lane-1")

  @Test("reads a snapshot once for all lanes that begin with it")
  func shared() async throws {
    try await Self.withFeed(badges: 1200) { venue in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<40 { group.addTask { try await venue.changes(since: nil).flatMap(\.entries).count } }
        for try await count in group { #expect(count == 1200) }
      }
      #expect(venue.store.badgePages == 3)
    }
  }

  @Test("makes a new snapshot of the parts whose badges have changed, and takes the others over")
  func reused() async throws {
    try await Self.withFeed(badges: 1200) { venue in
      let first = try await venue.changes(since: nil)
      let serial = BadgeSerial(try #require(first.first { !$0.entries.isEmpty }?.entries[0].serial))
      _ = try await venue.store.store.revoke(.test(), serial, of: Self.event)
      try await venue.close(true)
      let second = try await venue.changes(since: nil)
      #expect(second.first?.snapshot == true && second.first?.plan.checkpoints.contains { $0.closed } == true)
      let entries = second.flatMap(\.entries)
      #expect(entries.count == 1200 && Set(entries.map(\.serial)).count == 1200)
      #expect(entries.filter { $0.badgeState == .revoked }.map(\.serial) == [serial.rawValue])
      // The first part, which has changed, and the last, which may have grown.
      #expect(venue.store.badgePages == 3 + 2)
    }
  }

  @Test("tells of a new plan with where everybody stands, and repeats no badges")
  func replanned() async throws {
    try await Self.withFeed(badges: 3) { venue in
      _ = try await venue.admit(number: 0)
      let cursor = try #require(RosterCursor(try await venue.changes(since: nil).last?.cursor ?? ""))
      try await venue.close(true)
      _ = try await venue.admit(number: 1, lane: "entrance-lane-2")
      let told = try await venue.changes(since: cursor)
      #expect(told.first?.snapshot == false && told.first?.hasPlan == true)
      #expect(Set(told.flatMap(\.presences).map(\.registration)).count == 2)
      #expect(told.flatMap(\.entries).isEmpty)
      #expect(told.last?.cursor.isEmpty == false)
      #expect(told.dropLast().allSatisfy { $0.cursor.isEmpty })
    }
  }

  @Test("leaves a badge out whose code cannot be read, and tells of all others")
  func unreadable() async throws {
    try await Self.withFeed(badges: 3) { venue in
      let store = venue.store.store
      let details = try SampleData.person(99).validated(for: try await store.event(Self.event).event)
      let person = try await store.register(.test(SampleData.firstMorning), details, for: Self.event, request: nil)
      let key = try #require(try await store.signingKeys().first)
      let draft = BadgeDraft(
        serial: .random(),
        registration: person.id,
        code: "NOT A CODE",
        keyID: key.id,
        validity: SampleData.firstMorning..<SampleData.firstMorning + .seconds(60)
      )
      _ = try await store.issue(.test(SampleData.firstMorning), [draft], of: Self.event)
      let told = try await venue.changes(since: nil)
      #expect(told.flatMap(\.entries).count == 3)
      #expect(told.last?.cursor.isEmpty == false)
    }
  }

  @Test("reads nothing while nothing happens, and tells what does to a lane that waits")
  func idle() async throws {
    try await Self.withFeed(badges: 3) { venue in
      let (messages, hear) = AsyncStream.makeStream(of: Lanyard_V1_WatchRosterResponse.self)
      let watch = RosterWatch(
        feed: venue.feed,
        event: Self.event,
        clock: ManualClock(SampleData.firstMorning).serverClock,
        withholding: .none,
        patience: .seconds(3600),
        cancellation: .init()
      )
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await watch.run(checkpoints: [], from: nil, RPCWriter(wrapping: HeardWriter(heard: hear)))
        }
        var heard = messages.makeAsyncIterator()
        while let message = await heard.next(), message.cursor.isEmpty {}
        // Once somebody looks for what other processes wrote, the lane waits.
        var looks = venue.store.feedLooks.makeAsyncIterator()
        await looks.next()
        let readings = venue.store.rosterReadings
        for _ in 0..<3 { await looks.next() }
        #expect(venue.store.rosterReadings == readings)
        _ = try await venue.admit(number: 0)
        let sent = try #require(await heard.next())
        let told = try Lanyard_V1_WatchRosterResponse(serializedBytes: try sent.serializedBytes() as Data)
        #expect(told.presences.map(\.inside) == [true])
        group.cancelAll()
      }
    }
  }

  @Test("ends the call of a lane that takes nothing")
  func tooSlow() async throws {
    try await Self.withFeed(badges: 3) { venue in
      let watch = RosterWatch(
        feed: venue.feed,
        event: Self.event,
        clock: ManualClock(SampleData.firstMorning).serverClock,
        withholding: .none,
        patience: .milliseconds(50),
        cancellation: .init()
      )
      let error = await #expect(throws: RPCError.self) {
        try await watch.run(checkpoints: [], from: nil, RPCWriter(wrapping: FullWriter()))
      }
      #expect(error?.code == .unavailable)
    }
  }

  @Test("does not give up what others wait for where one of them goes")
  func abandoned() async throws {
    let work = SharedWork<String, Int>(keepsValues: true)
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    let (gates, gate) = AsyncStream.makeStream(of: Void.self)
    try await withThrowingTaskGroup(of: Int?.self) { group in
      group.addTask {
        await work.run()
        return nil
      }
      let first = Task {
        try await work.value(for: "key") {
          begin.yield()
          for await _ in gates { break }
          return 7
        }
      }
      for await _ in begun { break }
      group.addTask { try await work.value(for: "key") { 8 } }
      first.cancel()
      await #expect(throws: CancellationError.self) { try await first.value }
      gate.yield()
      let value = try await group.next()
      #expect(value == 7)
      group.cancelAll()
    }
  }

  /// Hands on what is written.
  private struct HeardWriter: RPCWriterProtocol {
    let heard: AsyncStream<Lanyard_V1_WatchRosterResponse>.Continuation

    func write(_ element: Lanyard_V1_WatchRosterResponse) async throws { heard.yield(element) }
    func write(contentsOf elements: some Sequence<Lanyard_V1_WatchRosterResponse>) async throws {
      for element in elements { heard.yield(element) }
    }
  }

  /// Takes no message until it is cancelled.
  private struct FullWriter: RPCWriterProtocol {
    func write(_ element: Lanyard_V1_WatchRosterResponse) async throws { try await Task.sleep(for: .seconds(3600)) }
    func write(contentsOf elements: some Sequence<Lanyard_V1_WatchRosterResponse>) async throws {
      try await Task.sleep(for: .seconds(3600))
    }
  }

  private struct Venue: Sendable {
    let feed: RosterFeed
    let store: CountingStore
    let codes: [String]

    /// The messages of one lane as it would read them.
    func changes(since cursor: RosterCursor?) async throws -> [Lanyard_V1_WatchRosterResponse] {
      let changes = try await feed.changes(.init(event: event, checkpoints: [lane.checkpoint], cursor: cursor))
      return try changes.messages.map { try .init(serializedBytes: $0.serializedBytes() as Data) }
    }

    func close(_ isClosed: Bool) async throws {
      var change = CheckpointChange()
      change.isClosed = isClosed
      _ = try await store.store.change(.test(), lane, change)
    }

    func admit(number: Int, lane: String = lane.checkpoint) async throws -> [ScanOutcome] {
      let scan = SubmittedScan(
        id: .timeOrdered(at: SampleData.firstMorning),
        checkpoint: CheckpointAddress(event: event, checkpoint: lane),
        code: codes[number],
        direction: .into,
        scannedAt: SampleData.firstMorning,
        fingerprint: 1,
        reporter: "test"
      )
      return try await store.store.admit(.test(SampleData.firstMorning), [scan]) { _ in .unreadable }
    }
  }

  /// Runs a feed over a store with so many badges.
  private static func withFeed(badges: Int, _ body: (Venue) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
      _ = try await store.importProgramme(.test(), SampleData.programme())
      let stored = try await store.event(event).event
      let now = SampleData.firstMorning
      let signer = try await BadgeSigner.load(from: store, clock: ManualClock(now).serverClock)
      let details = try (0..<badges).map { try SampleData.person($0).validated(for: stored) }
      _ = try await store.importRegistrations(.test(now), details, for: event)
      let people = try await store.registrations(of: event, matching: .init(), PageRequest(size: badges)).page.items
      let drafts = try people.map { try signer.draft(for: $0, of: stored) }
      _ = try await store.issue(.test(now), drafts, of: event)
      let counting = CountingStore(store: store)
      let watch = FeedWatch(store: counting)
      let sealer = RosterSealer(
        keys: { signer.ring.keys },
        isRehearsal: true,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      )
      let feed = RosterFeed(store: counting, watch: watch, sealer: sealer)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await feed.run() }
        group.addTask { await watch.run() }
        try await body(Venue(feed: feed, store: counting, codes: drafts.map(\.code)))
        group.cancelAll()
      }
    }
  }
}

/// A store that counts how often it is read.
private final class CountingStore: RosterStore, FeedStore {
  let store: SQLiteStore
  private let pages = Mutex(0)
  private let readings = Mutex(0)
  private let looks = AsyncStream.makeStream(of: Void.self)

  /// How many pages of badges were read.
  var badgePages: Int { pages.withLock { $0 } }
  /// How often it was asked what has changed in a roster.
  var rosterReadings: Int { readings.withLock { $0 } }
  /// An element whenever somebody looks how far a feed has come.
  var feedLooks: AsyncStream<Void> { looks.stream }

  init(store: SQLiteStore) {
    self.store = store
  }

  var feedSignal: FeedSignal { store.feedSignal }

  func feedHead(of event: String?) async throws(StoreError) -> FeedCursor {
    looks.continuation.yield()
    return try await store.feedHead(of: event)
  }

  func callerEndings(of event: String?, after sequence: Int64) async throws(StoreError) -> CallerEndings {
    try await store.callerEndings(of: event, after: sequence)
  }

  func feedEntries(
    of event: String,
    after cursor: FeedCursor,
    limit: Int
  ) async throws(StoreError) -> FeedBatch? {
    try await store.feedEntries(of: event, after: cursor, limit: limit)
  }

  func rosterHead(of event: String) async throws(StoreError) -> RosterHead {
    readings.withLock { $0 += 1 }
    return try await store.rosterHead(of: event)
  }

  func rosterBadges(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<RosterBadge> {
    pages.withLock { $0 += 1 }
    return try await store.rosterBadges(of: event, page)
  }

  func changedRosterBadges(of event: String, since sequence: Int64) async throws(StoreError) -> [Int64] {
    try await store.changedRosterBadges(of: event, since: sequence)
  }

  func rosterPresences(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<RosterPresence> {
    try await store.rosterPresences(of: event, page)
  }

  func rosterChanges(
    of event: String,
    since cursor: RosterCursor,
    upTo limit: Int64?
  ) async throws(StoreError) -> RosterChanges? {
    readings.withLock { $0 += 1 }
    return try await store.rosterChanges(of: event, since: cursor, upTo: limit)
  }
}
