import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

/// The schema says with CHECK what a column can hold. Of each such column a value is written that it cannot, as a later
/// version or a damaged file might have it.
@Suite("A row with a value that this version does not know", .blocking) struct UnknownValueTests {
  private typealias Reader = @Sendable (SQLiteStore) async throws -> Void

  private static let forum = SampleData.forum
  private static let now = SampleData.firstMorning
  private static let all = PageRequest(size: 1000)

  private static let readers: [String: Reader] = [
    "event": { _ = try await $0.event(forum) },
    "events": { _ = try await $0.events(all) },
    "checkpoint": { store in
      _ = try await store.checkpoint(CheckpointAddress(event: forum, checkpoint: "entrance-lane-1"))
    },
    "checkpoints": { _ = try await $0.checkpoints(of: nil, all) },
    "sessions": { _ = try await $0.sessions(of: forum, all) },
    "attendance": { _ = try await $0.attendance(of: forum, checkpoint: nil, at: now) },
    "admit": { store in
      let outcomes = try await store.admit(.test(now), [StoreRule.laneScan("CODE1")], reader: { _ in .unreadable })
      // What keeps one scan alone from being recorded is told of that scan.
      if case .failed(.unknownValue(let table, let column))? = outcomes.first {
        throw StoreError.unknownValue(table: table, column: column)
      }
    },
    "registrations": { _ = try await $0.registrations(of: forum, matching: RegistrationFilter(), all) },
    "badges": { _ = try await $0.badges(of: forum, registration: nil, all) },
    "rosterBadges": { store in
      // It is told of that badge alone.
      for badge in try await store.rosterBadges(of: forum, all).items {
        guard let parts = badge.unknown?.split(separator: ".").map(String.init) else { continue }
        throw StoreError.unknownValue(table: parts[0], column: parts[1])
      }
    },
    "signingKeys": { _ = try await $0.signingKeys() },
    "printRuns": { _ = try await $0.printRuns(of: forum, all) },
    "printedBadges": { _ = try await $0.printedBadges(of: forum) },
    "scans": { _ = try await $0.scans(of: forum, checkpoint: nil, all) },
    "feed": { store in
      let head = try await store.feedHead(of: forum)
      _ = try await store.feedEntries(of: forum, after: head.moved(to: 0), limit: 1000)
    },
    "devices": { _ = try await $0.devices(of: forum, all) },
    "enrol": { _ = try await $0.enrol(.test(now), codeHash: .init(repeating: 2, count: 32), request: 1) },
    "tokens": { _ = try await $0.tokens() },
    "token": { _ = try await $0.token("0a") },
    "personalLink": { _ = try await $0.personalLink("0c") },
    "signIn": { _ = try await $0.signIn("0d") },
    "signIns": { _ = try await $0.signIns() },
    "auditEntries": { _ = try await $0.auditEntries(AuditFilter(event: forum), all) },
    "mails": { _ = try await $0.mails(of: forum, state: nil, registration: nil, all) },
    "mode": { _ = try await $0.mode() },
  ]

  private static let plan = ["attendance", "admit"]
  /// Who reads a column, and has to say that it is not known.
  private static let expected: [String: [String]] = [
    "event.language": ["event", "events"] + plan,
    "event.end_date": ["event", "events"] + plan,
    "event.time_zone": ["event", "events"] + plan,
    "event.onsite_capacity": ["event", "events"] + plan,
    "event.onsite_confirmed": ["event", "events"] + plan,
    "checkpoint.kind": ["checkpoint", "checkpoints"] + plan,
    "checkpoint.directions": ["checkpoint", "checkpoints"] + plan,
    "checkpoint.capacity": ["checkpoint", "checkpoints"] + plan,
    "checkpoint.early_entry_seconds": ["checkpoint", "checkpoints"] + plan,
    "checkpoint.opens_minute": ["checkpoint", "checkpoints"] + plan,
    "checkpoint.closes_minute": ["checkpoint", "checkpoints"] + plan,
    "checkpoint.time_zone": ["checkpoint", "checkpoints"] + plan,
    "checkpoint.reentry": ["checkpoint", "checkpoints"] + plan,
    "checkpoint.grace_seconds": ["checkpoint", "checkpoints"] + plan,
    "checkpoint.pause_seconds": ["checkpoint", "checkpoints"] + plan,
    "checkpoint.most_entries": ["checkpoint", "checkpoints"] + plan,
    "checkpoint.most_days": ["checkpoint", "checkpoints"] + plan,
    "session.ends_at": ["sessions"] + plan,
    "session.capacity": ["sessions"] + plan,
    "session.time_zone": ["sessions"] + plan,
    "question.kind": ["event"],
    "registration.state": ["registrations", "rosterBadges", "admit"],
    "registration.participation": ["registrations", "rosterBadges", "admit"],
    "badge.state": ["badges", "rosterBadges", "admit"],
    "badge.attention": ["badges", "rosterBadges", "admit"],
    "badge.valid_until": ["badges", "rosterBadges", "admit"],
    "signing_key.private_key": ["signingKeys"],
    "signing_key.public_key": ["signingKeys"],
    "print.face": ["printedBadges"],
    "print_run.badges": ["printRuns"],
    "print_run.actor_kind": ["printRuns"],
    "print_run.design": ["printRuns"],
    "print_run.sheet": ["printRuns"],
    "scan.direction": ["scans", "feed"],
    "scan.answer": ["scans", "feed"],
    "scan.reason": ["scans", "feed"],
    "device.profile": ["devices"],
    "device.scans_waiting": ["devices"],
    "enrolment_code.profile": ["enrol"],
    "token.hash": ["token", "tokens", "signIn"],
    "token.role": ["token", "tokens", "signIn"],
    "personal_link.hash": ["personalLink"],
    "personal_link.expires_at": ["personalLink"],
    "sign_in.hash": ["signIn", "signIns"],
    "sign_in.expires_at": ["signIn", "signIns"],
    "change.actor_kind": ["auditEntries"],
    "mail.kind": ["mails"],
    "mail.state": ["mails"],
    "mail.fault": ["mails"],
  ]
  /// Columns with a CHECK of which no value is read that could be taken for another, and why.
  private static let unread: [String: String] = [
    "answer.value": "free text",
    "chain.entries": "the trail's check compares it",
    "choice_place.places": "the store counts by it",
    "choice_place.taken": "the store counts it",
    "chain.hash": "the trail's check compares it",
    "change.hash": "the trail's check compares it",
    "change.previous_hash": "the trail's check compares it",
    "email_verification.expires_at": "is compared with now alone",
    "email_verification.hash": "whoever shows a token is compared with it",
    "enrolment_code.hash": "rows are found by it",
    "enrolment_code.link_hash": "rows are found by it",
    "enrolment_code.request_fingerprint": "is compared alone",
    "event.retention_days": "is a number of days, or none",
    "mail.attempts": "the store counts it",
    "mail.claimed_until": "is a moment, or none",
    "mail.sent_at": "is a moment, or none",
    "note.kind": "rows are found by it",
    "occupancy.inside": "the store counts it",
    "person.is_live": "rows are found by it",
    "presence.entries": "the store counts it",
    "print_run.design_digest": "is compared alone",
    "question.is_required": "is a flag",
    "question.is_withdrawn": "is a flag",
    "question.retention_days": "is a number of days, or none",
    "registration.erased_at": "is a moment, or none",
    "registration.waitlisted_sequence": "rows are in its order",
    "remote_presence.heard_at": "is compared with now alone",
    "remote_presence.left_at": "is a moment, or none",
    "tally.count": "the store counts it",
  ]

  /// Table and column of each CHECK.
  private static func checked(_ db: Database) throws -> Set<String> {
    var found: Set<String> = []
    for table in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'") {
      let sql = try String.fetchOne(db, sql: "SELECT sql FROM sqlite_master WHERE name = ?", arguments: [table]) ?? ""
      for column in try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table]) {
        // The column's own definition, which a comma ends.
        let pattern = try Regex("[(,]\\s*\"?\(column)\"? [A-Z][^,]*?CHECK")
        if try pattern.firstMatch(in: sql) != nil { found.insert("\(table).\(column)") }
      }
    }
    return found
  }

  /// Columns without a CHECK of the schema, of which the domain knows which values there are.
  private static let others = [
    "event.time_zone", "checkpoint.time_zone", "session.time_zone", "print_run.design",
  ]

  @Test("Is tried of every column that the schema checks") func complete() async throws {
    try await Self.withStores { path, _ in
      let checked = try await DatabaseQueue(path: path).read { db in try Self.checked(db) }
      #expect(checked.count > 30)
      let known = Set(Self.expected.keys).union(Self.unread.keys)
      #expect(checked.union(Self.others).symmetricDifference(known) == [])
    }
  }

  @Test("Is an error that names table and column to whoever reads it, never a default") func everyColumn() async throws
  {
    try await Self.withStores { _, copy in
      for (place, names) in Self.expected.sorted(by: { $0.key < $1.key }) {
        let path = try copy(place)
        try Self.spoil(place, path)
        let store = try SQLiteStore(path: path)
        for name in names { await Self.expect(place, name, store) }
      }
    }
  }

  @Test("Is one too where a list of it says something unknown, or a key's number is too large")
  func lists() async throws {
    let cases: [(place: String, value: String, reader: String)] = [
      ("checkpoint.admitted_participations", #"'["HYBRID"]'"#, "checkpoint"), ("badge.key_id", "4294967297", "badges"),
      ("signing_key.id", "4294967297 WHERE id = 1", "signingKeys"),
      ("setting.value", "'DRILL' WHERE name = 'mode'", "mode"),
      ("scan.explanation", "'helpful'", "scans"), ("scan.reporter_kind", "'ROBOT'", "scans"),
      ("registration.days", "'Tuesday'", "registrations"),
      ("scan.earlier_checkpoint_id", "4711, earlier_admitted_at = 1", "scans"),
      ("scan.earlier_checkpoint_id", "1", "scans"),
      ("person.language", "'tlh!'", "rosterBadges"), ("person.language", "'tlh!'", "scans"),
      ("scan.code_event", "NULL, code_serial = 5", "scans"),
      ("scan.code_beginning", "NULL, code_serial = NULL, code_length = 0", "scans"),
      ("scan.reason", "NULL, answer = 'REFUSED'", "scans"),
      ("scan.was_inside", "NULL, answer = 'LEFT', reason = NULL", "scans"),
      ("scan.reason", "'FULL', answer = 'ADMITTED', was_inside = NULL", "scans"),
      ("scan.was_inside", "1, answer = 'ADMITTED', reason = NULL", "scans"),
      ("scan.reason", "NULL, answer = 'REFUSED'", "feed"), ("scan.reason", "'FULL', answer = 'LEFT'", "feed"),
      ("scan.was_inside", "NULL, answer = 'LEFT', reason = NULL", "feed"),
      ("scan.was_inside", "0, answer = 'REFUSED', reason = 'FULL'", "feed"),
    ]
    try await Self.withStores { _, copy in
      for (index, (place, value, reader)) in cases.enumerated() {
        let path = try copy("case \(index)")
        try Self.change("UPDATE \(place.replacing(".", with: " SET ", maxReplacements: 1)) = \(value)", path)
        let named = value == "1" ? "scan.earlier_admitted_at" : place
        await Self.expect(named, reader, try SQLiteStore(path: path))
      }
    }
  }

  @Test("Is one where somebody's row is lost, who was not erased; who was is nobody") func lostPerson() async throws {
    try await Self.withStores { path, copy in
      // One of them was erased.
      let whole = try SQLiteStore(path: try copy("whole"))
      for name in ["registrations", "rosterBadges", "scans"] { try await Self.readers[name]?(whole) }
      let lost = try copy("lost")
      try Self.change("DELETE FROM person", lost)
      let store = try SQLiteStore(path: lost)
      for (name, column) in [("registrations", "email"), ("rosterBadges", "display_name"), ("scans", "display_name")] {
        await Self.expect("person.\(column)", name, store)
      }
    }
  }

  @Test("Stops the scans that meet it, and no others of their batch")
  func othersGoOn() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      do {
        let store = try SQLiteStore(path: path)
        _ = try await store.importProgramme(.test(), SampleData.programme())
        var other = try #require(SampleData.programme().events.first { $0.event.slug == Self.forum })
        other.event.slug = "other"
        _ = try await store.importProgramme(.test(), Programme(events: [other]))
        _ = try await StoreRule.badgeHolders(2, store)
        try store.takeInLog()
      }
      let unknown: [(change: String, table: String, column: String, places: [Int])] = [
        ("UPDATE badge SET state = 'X' WHERE code = 'CODE2'", "badge", "state", [1]),
        (
          "UPDATE checkpoint SET directions = 'X' WHERE event_id = (SELECT id FROM event WHERE slug = '\(Self.forum)')",
          "checkpoint", "directions", [0, 1, 2]
        ),
      ]
      for (change, table, column, places) in unknown {
        try Self.change(change, path)
        let store = try SQLiteStore(path: path)
        let elsewhere = SubmittedScan(
          id: .timeOrdered(at: Self.now),
          checkpoint: CheckpointAddress(event: "other", checkpoint: "entrance-lane-1"),
          code: "GARBAGE",
          direction: .into,
          scannedAt: Self.now,
          fingerprint: 1,
          reporter: "device",
          override: nil
        )
        let scans = ["CODE1", "CODE2", "GARBAGE"].map { StoreRule.laneScan($0) } + [elsewhere]
        let outcomes = try await store.admit(.test(Self.now), scans, reader: { _ in .unreadable })
        for (place, outcome) in outcomes.enumerated() {
          switch outcome {
          case .failed(let failure):
            #expect(failure == .unknownValue(table: table, column: column) && places.contains(place))
          case .recorded: #expect(!places.contains(place), "\(column) is taken for something")
          }
        }
      }
    }
  }

  @Test("Is none where every value is known")
  func known() throws {
    for value in Checkpoint.Directions.allCases {
      let read: Checkpoint.Directions = try LanyardStore.known(value.rawValue, "checkpoint", "directions")
      #expect(read == value)
    }
    #expect(throws: StoreError.unknownValue(table: "badge", column: "state")) {
      let _: BadgeState = try LanyardStore.known("LOST", "badge", "state")
    }
  }

  // MARK: - What the tests share

  /// A store's file in which everything was done once, and what makes a copy of it under a name.
  private static func withStores(_ body: (String, (String) throws -> String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      do {
        let store = try SQLiteStore(path: path)
        try await EveryChange.walk(store)
        let people = try await store.registrations(of: forum, matching: RegistrationFilter(), all).page.items
        let person = try #require(people.first { $0.erasedAt == nil && $0.state == .confirmed })
        let token = StoredToken(id: "0f", hash: .init(repeating: 4, count: 32), role: .desk, label: "", createdAt: now)
        try await store.addToken(.test(now), token)
        let signIn = StoredSignIn(
          id: "0d",
          hash: .init(repeating: 5, count: 32),
          token: token.id,
          createdAt: now,
          expiresAt: now + .seconds(60)
        )
        try await store.addSignIn(.test(now), signIn)
        let link = StoredPersonalLink(
          id: "0c",
          hash: .init(repeating: 3, count: 32),
          registration: person.id,
          event: forum,
          createdAt: now,
          expiresAt: now + .seconds(600)
        )
        try await store.addPersonalLink(.test(now), link)
        _ = try await store.admit(.test(now), [StoreRule.laneScan("garbage")], reader: { _ in .unreadable })
        let question = EventQuestion(id: "wish", kind: .text, labels: [.english: "What do you hope for?"])
        _ = try await store.ask(.test(now), question, of: forum)
        try store.takeInLog()
      }
      try await body(path) { name in
        let copy = folder.appending(path: "\(name).sqlite").path
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        return copy
      }
    }
  }

  /// Changes a file as nothing of the store would.
  private static func change(_ statement: String, _ path: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { db in
      for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
        try db.execute(sql: "DROP TRIGGER \(trigger)")
      }
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
      try db.execute(sql: statement)
      #expect(db.changesCount > 0, "nothing is on record for \(statement)")
    }
  }

  /// Writes what a column cannot hold into all of its rows that hold something.
  private static func spoil(_ place: String, _ path: String) throws {
    let parts = place.split(separator: ".").map(String.init)
    let (table, column) = (parts[0], parts[1])
    let type = try DatabaseQueue(path: path).read { db in
      try String.fetchOne(db, sql: "SELECT type FROM pragma_table_info(?) WHERE name = ?", arguments: [table, column])
    }
    let unknown =
      switch type {
      case "TEXT": column == "end_date" ? "'1999-01-01'" : "'X'"
      case "BLOB": "x'00'"
      default: "-1"
      }
    // Where there is no limit a column of limits holds nothing; where nothing was refused there is no reason.
    let rows = column.contains("capacity") || column.hasPrefix("most_") ? "" : " WHERE \(column) IS NOT NULL"
    try change("UPDATE \(table) SET \(column) = \(unknown)\(rows)", path)
  }

  private static func expect(_ place: String, _ name: String, _ store: SQLiteStore) async {
    let parts = place.split(separator: ".").map(String.init)
    do {
      guard let read = readers[name] else { throw StoreError.cancelled }
      try await read(store)
      Issue.record("\(name) takes \(place) for something")
    } catch {
      #expect(error as? StoreError == .unknownValue(table: parts[0], column: parts[1]), "\(name) of \(place): \(error)")
    }
  }
}
