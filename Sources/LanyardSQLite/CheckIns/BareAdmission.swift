import Foundation
import GRDBSQLite
import LanyardDomain
import LanyardStore

/// The statements of the admission writer carried out in bare SQLite: no rules, no GRDB, no network. It is what the
/// benchmark compares the writer with, on a file that a store has made and filled, with all indexes and triggers of it.
/// The doors have no limit of people, so neither asks how many are inside, and who comes in again is counted no more.
package final class BareAdmission {
  /// The codes of one lane's badges.
  package struct Lane: Sendable {
    /// Id of the checkpoint.
    package let checkpoint: String
    package let codes: [String]

    package init(checkpoint: String, codes: [String]) {
      self.checkpoint = checkpoint
      self.codes = codes
    }
  }

  /// SQLite refused; its result code.
  package struct Failure: Error {
    package let code: Int32
  }

  let db: OpaquePointer
  private var nextID: Int64 = 0
  private let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
  /// The start of the day, as long in a row as the writer's.
  private var period: Int64 { now - now % 86_400_000_000 }

  package init(path: String) throws {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let opened else { throw Failure(code: code) }
    db = opened
    // The first two are what GRDB does by itself.
    let setUp = """
      PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; \(SQLiteStore.connectionSetUp); \(SQLiteStore.writerSetUp)
      """
    try Self.check(sqlite3_exec(db, setUp, nil, nil, nil), SQLITE_OK)
    // The store's log is kept so too.
    try LogKeeper(path: path).attach(to: db)
  }

  deinit { sqlite3_close_v2(db) }

  /// Carries out batch after batch until the deadline, each badge out and in by turns; returns how many scans were
  /// committed.
  package func run(lanes: [Lane], batch: Int, until deadline: ContinuousClock.Instant) throws -> Int {
    var round = try round(of: lanes)
    var count = 0
    while ContinuousClock.now < deadline {
      try write(batch, in: &round)
      count += batch
    }
    return count
  }

  /// The lanes with how far each is, and the prepared statements.
  struct Round {
    fileprivate let statements: Statements
    fileprivate var doors: [Door]
    fileprivate var next = 0
  }

  func round(of lanes: [Lane]) throws -> Round {
    let statements = try Statements(db)
    let doors = try lanes.map { lane in
      try Door(key: statements.checkpoint(lane.checkpoint), codes: lane.codes.map { Array($0.utf8) })
    }
    return Round(statements: statements, doors: doors)
  }

  /// One transaction of so many scans, each of the next lane.
  func write(_ batch: Int, in round: inout Round) throws {
    let statements = round.statements
    try statements.begin.run()
    var last = try statements.takeFeed()
    try statements.revision.fetch()
    try statements.readLastTime()
    try statements.withdrawn.bind(now)
    try statements.withdrawn.fetch()
    try statements.withdrawn.reset()
    try statements.revision.reset()
    var changes = Changes()
    for _ in 0..<batch {
      last.value += 1
      try scan(&round.doors[round.next], sequence: statements.key(last.value), statements, &changes)
      round.next = (round.next + 1) % round.doors.count
    }
    try statements.write(changes, now, period: period)
    last.value += 1
    try statements.link(last.value, now)
    try statements.write(last)
    try statements.commit.run()
  }

  fileprivate struct Door {
    let key: Int64
    let codes: [[UInt8]]
    var count = 0
  }

  private func scan(
    _ door: inout Door,
    sequence: Int64,
    _ statements: Statements,
    _ changes: inout Changes
  ) throws {
    let isOut = (door.count / door.codes.count).isMultiple(of: 2)
    let code = door.codes[door.count % door.codes.count]
    door.count += 1
    nextID += 1
    try statements.byID.bind(now)
    try statements.byID.bind(nextID)
    try statements.byID.fetch()
    try statements.byID.reset()
    try statements.badge.bind(code)
    try statements.badge.fetch()
    let (badge, registration) = (statements.badge.int64(0), statements.badge.int64(5))
    statements.badge.readTexts()
    try statements.badge.reset()
    if changes.people[registration] == nil {
      try statements.presences.bind(registration)
      while try statements.presences.fetch() { _ = (statements.presences.int64(6), statements.presences.bytes(7)) }
      try statements.presences.reset()
    }
    let event = statements.event
    let insert = statements.insert
    for column in LedgerColumn.ofScan {
      switch column {
      case .sequence: try insert.bind(sequence)
      case .idHigh, .scannedAt, .receivedAt: try insert.bind(now)
      case .idLow: try insert.bind(nextID)
      case .fingerprint: try insert.bind(sequence &* 7919)
      case .event: try insert.bind(event)
      case .checkpoint: try insert.bind(door.key)
      case .badge: try insert.bind(badge)
      case .direction: try insert.bind(isOut ? Statements.out : Statements.into)
      case .answer: try insert.bind(isOut ? Statements.left : Statements.admitted)
      case .wasInside where isOut: try insert.bind(1)
      case .reporter: try insert.bind(Statements.reporter)
      case .reporterKind: try insert.bind(Statements.reporterKind)
      case .session, .reason, .wasInside, .earlierCheckpoint, .earlierAdmittedAt, .opensAt, .admittedHere,
        .admittedParticipations, .explanation, .overriddenReason, .happenedAt, .notInRoster, .isDoubleReading,
        .isSentOut, .codeSerial, .codeEvent, .codeBeginning, .codeLength, .isMissedExit,
        .decidedAt:
        try insert.bindNull()
      }
    }
    try insert.run()
    changes.people[registration] = (door.key, !isOut)
    if isOut { changes.left[door.key, default: 0] += 1 }
  }

  /// What a batch changes of where people stand.
  fileprivate struct Changes {
    var left: [Int64: Int64] = [:]
    var people: [Int64: (door: Int64, isInside: Bool)] = [:]
  }

  private static func check(_ code: Int32, _ wanted: Int32) throws {
    guard code == wanted else { throw Failure(code: code) }
  }

  /// The statements, prepared once; their texts are those of the store.
  fileprivate struct Statements {
    static let (into, out) = (bytes(Direction.into), bytes(Direction.out))
    static let noDays: [UInt8] = []
    static let (admitted, left, reporter) = (bytes(AnswerKind.admitted), bytes(AnswerKind.left), Array("bench".utf8))
    static let reporterKind = bytes(Reporter.Kind.token)

    let begin, commit, feed, feedChange, revision, lastTime, withdrawn, byID, badge, presences, insert: Prepared
    let presence, occupancyChange, tally, checkpointKey: Prepared
    let head, link, headChange: Prepared
    let event: Int64
    let slug: [UInt8]

    /// What the store writes of a value.
    private static func bytes(_ value: some RawRepresentable<String>) -> [UInt8] { Array(value.rawValue.utf8) }

    init(_ db: OpaquePointer) throws {
      begin = try Prepared("BEGIN IMMEDIATE", db)
      commit = try Prepared("COMMIT", db)
      feed = try Prepared(FeedRow.selection(of: "").statement.text, db)
      feedChange = try Prepared(FeedRows.change.text, db)
      revision = try Prepared(PlanCache.revision.text, db)
      lastTime = try Prepared(LedgerClock.lastSelection.text, db)
      withdrawn = try Prepared(Withdrawals.selection.text, db)
      byID = try Prepared(AdmissionSQL.entry.text, db)
      badge = try Prepared(AdmissionSQL.holderByCode.text, db)
      presences = try Prepared(AdmissionSQL.presences.text, db)
      insert = try Prepared(AdmissionSQL.insertion.text, db)
      presence = try Prepared(AdmissionSQL.presence.text, db)
      occupancyChange = try Prepared(AdmissionSQL.occupancyChange.text, db)
      tally = try Prepared(AdmissionSQL.tallyChange.text, db)
      head = try Prepared(Trail.headSelection.text, db)
      link = try Prepared(Trail.insertion.text, db)
      headChange = try Prepared(Trail.headChange.text, db)
      checkpointKey = try Prepared("SELECT id, event_id FROM checkpoint WHERE public_id = ?", db)
      let anyEvent = try Prepared("SELECT id, slug FROM event", db)
      try anyEvent.fetch()
      (event, slug) = (anyEvent.int64(0), anyEvent.bytes(1))
      try anyEvent.reset()
    }

    /// How far the event's feed has come, and the revision of its plan.
    func takeFeed() throws -> (value: Int64, plan: Int64) {
      try feed.bind(slug)
      try feed.fetch()
      let row = (feed.int64(1), feed.int64(2))
      try feed.reset()
      return row
    }

    func write(_ last: (value: Int64, plan: Int64)) throws {
      for value in [last.value, last.plan, event] { try feedChange.bind(value) }
      try feedChange.run()
    }

    func key(_ value: Int64) -> Int64 { FeedNumber(event, value).key }

    func readLastTime() throws {
      try lastTime.bind(key(0))
      try lastTime.bind(FeedNumber.last(of: event).key)
      try lastTime.fetch()
      try lastTime.reset()
    }

    func checkpoint(_ id: String) throws -> Int64 {
      try checkpointKey.bind(Array(id.utf8))
      try checkpointKey.fetch()
      // A reset only repeats the error that the step threw.
      defer { try? checkpointKey.reset() }
      return checkpointKey.int64(0)
    }

    /// The link of the trail for one batch, of the writer's length and without the hashes.
    func link(_ number: Int64, _ now: Int64) throws {
      try head.bind(event)
      try head.fetch()
      try head.reset()
      let sequence = key(number)
      let hash = [UInt8](repeating: 7, count: 32)
      for value in [sequence, event, now] { try link.bind(value) }
      for text in [Act.Actor.Kind.system.rawValue, "", "server", "", ChangeName.scansRecorded.rawValue] {
        try link.bind(Array(text.utf8))
      }
      try link.bind(1)
      try link.bind(Array(ResourceName.event("bench").description.utf8))
      try link.bindNull()
      try link.bind([UInt8](repeating: 0x30, count: 110))
      for _ in 1...2 { try link.bind(data: hash) }
      try link.run()
      for value in [event, sequence] { try headChange.bind(value) }
      try headChange.bind(data: hash)
      try headChange.run()
    }

    func write(_ changes: Changes, _ now: Int64, period: Int64) throws {
      var inside: [Int64: Int64] = [:]
      for (person, stand) in changes.people {
        for value in [person, stand.door, stand.isInside ? 1 : 0, now, period, 20_240_527] {
          try presence.bind(value)
        }
        try presence.bind(1)
        try presence.bind(Self.noDays)
        try presence.run()
        inside[stand.door, default: 0] += stand.isInside ? 1 : 0
      }
      for (door, change) in inside {
        for value in [door, period, change] { try occupancyChange.bind(value) }
        try occupancyChange.run()
      }
      for (door, count) in changes.left {
        try tally.bind(door)
        try tally.bind(20_240_527)
        try tally.bind(Self.left)
        try tally.bind(count)
        try tally.run()
      }
    }
  }

  /// One prepared statement; values are bound in the order of its parameters.
  fileprivate final class Prepared {
    private let pointer: OpaquePointer
    private var index: Int32 = 0

    init(_ sql: String, _ db: OpaquePointer) throws {
      var made: OpaquePointer?
      let code = sqlite3_prepare_v3(db, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
      guard code == SQLITE_OK, let made else { throw Failure(code: code) }
      pointer = made
    }

    deinit { sqlite3_finalize(pointer) }

    func bind(_ value: Int64) throws {
      index += 1
      try check(sqlite3_bind_int64(pointer, index, value), SQLITE_OK)
    }

    func bind(_ text: [UInt8]) throws {
      index += 1
      // The destructor -1 (SQLITE_TRANSIENT) has SQLite copy the bytes before this returns.
      let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      let code = text.withUnsafeBytes {
        sqlite3_bind_text(pointer, index, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(text.count), copy)
      }
      try check(code, SQLITE_OK)
    }

    func bind(data: [UInt8]) throws {
      index += 1
      // As above.
      let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      try check(
        data.withUnsafeBytes { sqlite3_bind_blob(pointer, index, $0.baseAddress, Int32($0.count), copy) },
        SQLITE_OK
      )
    }

    func bindNull() throws {
      index += 1
      try check(sqlite3_bind_null(pointer, index), SQLITE_OK)
    }

    /// Steps to the next row; false where there is none.
    @discardableResult
    func fetch() throws -> Bool {
      let code = sqlite3_step(pointer)
      if code == SQLITE_ROW { return true }
      try check(code, SQLITE_DONE)
      return false
    }

    func run() throws {
      try fetch()
      try reset()
    }

    func reset() throws {
      index = 0
      try check(sqlite3_reset(pointer), SQLITE_OK)
    }

    func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }

    func bytes(_ column: Int32) -> [UInt8] {
      guard let text = sqlite3_column_text(pointer, column) else { return [] }
      return [UInt8](UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(pointer, column))))
    }

    /// Reads the text columns, as the writer does.
    func readTexts() {
      for column in 0..<sqlite3_column_count(pointer) { _ = sqlite3_column_text(pointer, column) }
    }
  }
}
