import Foundation
import LanyardDomain
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTesting
import Synchronization
import Testing

@Suite("The admission writer", .hangGuard)
struct AdmissionWriterTests {
  @Test("reads codes that are not on record while it writes other scans")
  func readsOutside() async throws {
    try await Self.withStore { store, clock in
      let written = DispatchSemaphore(value: 0)
      let reader: @Sendable (String) -> CodeReading = { _ in
        // Where the code were read within the transaction, or by the writer itself, the other scan would wait for it.
        #expect(written.wait(timeout: .now() + .seconds(60 * HangGuard.minutes)) == .success)
        return .forged
      }
      try await withAdmissionWriter(store, clock: clock.serverClock, reader: reader) { writer in
        async let forged = writer.admit(StoreRule.laneScan("FORGED"))
        async let good = writer.admit(StoreRule.laneScan("CODE1"))
        let goodAnswer = try await good.answer
        written.signal()
        let forgedAnswer = try await forged.answer
        #expect(goodAnswer == .admitted && forgedAnswer == .refused(.forged))
        let fact = Self.fact(StoreRule.laneScan("ALSO FORGED"), at: clock.now)
        async let uploaded = writer.upload(
          OfflineUpload([fact], of: SampleData.forum, by: .test(), reporter: "device", isSupervisor: false)
        )
        #expect(try await writer.admit(StoreRule.laneScan("CODE1", .out)).answer == .left(wasInside: true))
        written.signal()
        let recorded = try await uploaded.first??.outcome.answer
        #expect(recorded == .admitted)
      }
      let reasons = try await store.conflicts(of: SampleData.forum, PageRequest(size: 5)).items.map(\.cause.reason)
      #expect(reasons == [.forged])
    }
  }

  @Test("takes an upload in slices, and live scans in between")
  func slices() async throws {
    try await Self.withStore { store, clock in
      let watched = WatchedStore(store)
      try await withAdmissionWriter(watched, clock: clock.serverClock, reader: { _ in .forged }) { writer in
        let live = Mutex<[ScanOutcome]>([])
        watched.onRecord.withLock {
          $0 = {
            // Handed in while a slice is written: it waits for that one only.
            #expect(throws: Never.self) {
              try writer.submit(StoreRule.laneScan("CODE2")) { result in
                live.withLock { $0.append((try? result.get()) ?? .failed(.unread)) }
              }
            }
          }
        }
        let facts = (0..<200).map { number in
          Self.fact(
            StoreRule.laneScan("CODE1", number.isMultiple(of: 2) ? .into : .out),
            at: clock.now - .seconds(200 - number)
          )
        }
        let outcomes = try await writer.upload(
          OfflineUpload(facts, of: SampleData.forum, by: .test(), reporter: "device", isSupervisor: false)
        )
        #expect(outcomes.count == 200 && outcomes.allSatisfy { $0?.conflicts == [] })
        #expect(outcomes.compactMap { $0?.outcome.recorded?.id } == facts.compactMap { $0.answered?.scan.id })
        #expect(live.withLock { $0.count } >= 3)
      }
      let work = watched.work.withLock { $0 }
      #expect(work.filter { $0.hasPrefix("record") } == ["record 64", "record 64", "record 64", "record 8"])
      #expect(work.prefix(4) == ["record 64", "admit 1", "record 64", "admit 1"])
    }
  }

  @Test("hands in the next batch while one is written where many wait, and keeps their order")
  func crowd() async throws {
    try await Self.withStore { store, clock in
      let (waiting, followed) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
      let watched = WatchedStore(store)
      watched.onAdmit.withLock { $0 = { scans in if scans.count > 1 { followed.signal() } } }
      // The first scan has its place, and its transaction lasts until the next batch has come to the store.
      watched.onBegun.withLock {
        $0 = { #expect(waiting.wait(timeout: .now() + .seconds(60 * HangGuard.minutes)) == .success) }
      }
      watched.onRead.withLock {
        $0 = { #expect(followed.wait(timeout: .now() + .seconds(60 * HangGuard.minutes)) == .success) }
      }
      try await withAdmissionWriter(watched, clock: clock.serverClock, reader: { _ in .forged }) { writer in
        async let forged = writer.admit(StoreRule.laneScan("FORGED"))
        while watched.work.withLock(\.isEmpty) { await Task.yield() }
        let (outcomes, answered) = AsyncStream.makeStream(of: ScanOutcome?.self)
        let crowd = AdmissionWriter.batchLimit * 2
        for number in 0..<crowd {
          try writer.submit(StoreRule.laneScan("CODE1", number.isMultiple(of: 2) ? .into : .out)) { result in
            answered.yield(try? result.get())
          }
        }
        watched.onBegun.withLock { $0 = {} }
        watched.onRead.withLock { $0 = {} }
        waiting.signal()
        var answers: [RecordedScan.Answer?] = []
        for await outcome in outcomes {
          answers.append(outcome?.answer)
          if answers.count == crowd { break }
        }
        #expect(answers.count { $0 == .admitted } == crowd / 2)
        #expect(answers.count { $0 == .left(wasInside: true) } == crowd / 2)
        let forgedAnswer = try await forged.answer
        #expect(forgedAnswer == .refused(.forged))
      }
      #expect(watched.work.withLock { $0.prefix(3) } == ["admit 1", "admit 256", "admit 256"])
    }
  }

  @Test("records nothing before what is on record, and decides by its clock where that was set back")
  func clockBack() async throws {
    try await Self.withStore { store, clock in
      try await withAdmissionWriter(store, clock: clock.serverClock, reader: { _ in .forged }) { writer in
        let start = clock.now
        let came = try await writer.admit(StoreRule.laneScan("CODE1"))
        #expect(came.recorded?.receivedAt == start)
        clock.advance(by: .seconds(-1200))
        let left = try await writer.admit(StoreRule.laneScan("CODE1", .out))
        #expect(left.recorded?.receivedAt == start && left.recorded?.decidedAt == clock.now)
        clock.advance(by: .seconds(2400))
        let back = try await writer.admit(StoreRule.laneScan("CODE1"))
        #expect(back.recorded?.receivedAt == clock.now && back.recorded?.decidedAt == nil)
      }
    }
  }

  @Test("begins a rehearsal where the last scan on record left it, and leaves a real clock alone")
  func rehearsal() {
    let clock = ManualClock(SampleData.firstMorning)
    let last = clock.now + .seconds(3600)
    #expect(clock.serverClock.goingOn(from: last).now >= last)
    #expect(clock.serverClock.goingOn(from: clock.now - .seconds(1)).now == clock.now)
    #expect(clock.serverClock.goingOn(from: nil).now == clock.now)
    let real = ServerClock(isRehearsal: false) { clock.now }
    #expect(real.goingOn(from: last).now == clock.now)
  }

  private static func fact(_ scan: SubmittedScan, at moment: Instant) -> OfflineScan {
    let answer: RecordedScan.Answer = scan.direction == .out ? .left(wasInside: true) : .admitted
    return OfflineScan(
      undone: nil,
      at: moment,
      answered: .init(scan: scan, answer: answer, happenedAt: moment, notInRoster: false)
    )
  }

  private static func withStore(_ body: (SQLiteStore, ManualClock) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
      _ = try await store.importProgramme(.test(), SampleData.programme())
      _ = try await StoreRule.badgeHolders(2, store)
      try await body(store, ManualClock(SampleData.firstMorning))
    }
  }
}

extension ScanOutcome {
  fileprivate var recorded: RecordedScan? {
    if case .recorded(let scan) = self { scan } else { nil }
  }

  fileprivate var answer: RecordedScan.Answer? { recorded?.answer }
}

/// A store that tells what the writer asks of it.
private final class WatchedStore: CheckInStore {
  let work = Mutex<[String]>([])
  /// Called when a slice is about to be recorded.
  let onRecord = Mutex<@Sendable () -> Void>({})
  /// Called with scans that are about to be handed in.
  let onAdmit = Mutex<@Sendable ([SubmittedScan]) -> Void>({ _ in })
  /// Called when scans have their place.
  let onBegun = Mutex<@Sendable () -> Void>({})
  /// Called when a code that is not on record is read.
  let onRead = Mutex<@Sendable () -> Void>({})
  private let store: SQLiteStore

  init(_ store: SQLiteStore) {
    self.store = store
  }

  func admit(
    _ act: Act,
    _ scans: [SubmittedScan],
    begun: @escaping @Sendable () -> Void,
    reader: @escaping @Sendable (String) -> CodeReading?
  ) async throws(StoreError) -> [ScanOutcome] {
    work.withLock { $0.append("admit \(scans.count)") }
    onAdmit.withLock { $0 }(scans)
    let (onBegun, onRead) = (onBegun.withLock { $0 }, onRead.withLock { $0 })
    return try await store.admit(
      act,
      scans,
      begun: {
        onBegun()
        begun()
      },
      reader: { code in
        onRead()
        return reader(code)
      }
    )
  }

  func record(
    _ act: Act,
    _ scans: [OfflineScan],
    of event: String,
    reporter: Reporter,
    isSupervisor: Bool,
    reader: @escaping @Sendable (String) -> CodeReading
  ) async throws(StoreError) -> [UploadOutcome?] {
    work.withLock { $0.append("record \(scans.count)") }
    onRecord.withLock { $0 }()
    return try await store.record(
      act,
      scans,
      of: event,
      reporter: reporter,
      isSupervisor: isSupervisor,
      reader: reader
    )
  }

  func simulate(
    _ scan: SubmittedScan,
    at now: Instant,
    reader: @escaping @Sendable (String) -> CodeReading
  ) async throws(StoreError) -> ScanOutcome { try await store.simulate(scan, at: now, reader: reader) }

  func unknownCodes(among codes: [String]) async throws(StoreError) -> Set<String> {
    try await store.unknownCodes(among: codes)
  }

  func lastScanTime() async throws(StoreError) -> Instant? { try await store.lastScanTime() }

  func undo(_ act: Act, _ request: UndoRequest) async throws(StoreError) -> RecordedScan? {
    try await store.undo(act, request)
  }

  func sendOut(_ act: Act, _ request: SendOutRequest) async throws(StoreError) -> SentOut {
    try await store.sendOut(act, request)
  }

  func scans(
    of event: String,
    matching filter: ScanFilter,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<RecordedScan> {
    try await store.scans(of: event, matching: filter, page)
  }

  func conflicts(
    of event: String,
    matching filter: ConflictFilter,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<StoredConflict> {
    try await store.conflicts(of: event, matching: filter, page)
  }

  func attendance(of event: String, checkpoint: String?, at now: Instant) async throws(StoreError) -> AttendanceCounts {
    try await store.attendance(of: event, checkpoint: checkpoint, at: now)
  }

  func peopleInside(
    of event: String,
    checkpoint: String?,
    at now: Instant,
    _ page: PageRequest
  ) async throws(StoreError) -> PeopleInsidePage {
    try await store.peopleInside(of: event, checkpoint: checkpoint, at: now, page)
  }

  func summary(
    of event: String,
    on date: LocalDate?,
    by grouping: AttendanceGrouping?,
    at now: Instant
  ) async throws(StoreError) -> SummarizedAttendance {
    try await store.summary(of: event, on: date, by: grouping, at: now)
  }
}
