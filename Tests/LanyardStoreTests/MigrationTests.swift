import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

/// `Fixtures/version-6.sqlite` was left by a server of schema 6 after a short rehearsal: 144 people of the sample, a marked
/// badge, scans of every kind, an override, an undo, scans that lanes decided by themselves and conflicts of theirs,
/// bookings, a device. `version-6.txt` is what that server's code read of it. `Fixtures/version-13.sqlite` was left by schema 13:
/// nine people, and scans of every kind with the links of the trail that its code made over them.
@Suite("A data folder of an earlier version")
struct MigrationTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  static func copied(of version: Int = 6, _ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let copy = folder.appending(path: "lanyard.sqlite")
      try FileManager.default.copyItem(at: fixtures.appending(path: "version-\(version).sqlite"), to: copy)
      try await body(copy.path)
    }
  }

  /// Rows of each table.
  private static func counts(_ path: String) async throws -> [String: Int] {
    let queue = try DatabaseQueue(path: path)
    let counts = try await queue.read { db in
      let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
      return try tables.reduce(into: [String: Int]()) { counts, table in
        counts[table] = try Int.fetchOne(db, sql: "SELECT count(*) FROM \"\(table)\"")
      }
    }
    try queue.close()
    return counts
  }

  @Test("Is brought up with every row kept")
  func rows() async throws {
    try await Self.copied { path in
      let before = try await Self.counts(path)
      #expect(before["scan"] == 156 && before["registration"] == 144)
      _ = try SQLiteStore(path: path)
      let after = try await Self.counts(path)
      // An index is made anew, in as many rows as it takes, and so are the words in it.
      for (table, count) in before
      where !table.hasPrefix("attendee_") && !["grdb_migrations", "feed", "setting"].contains(table) {
        #expect(after[table] == count, "\(table)")
      }
      // What nobody reads lies apart since.
      #expect((after["setting"] ?? 0) + (after["upkeep"] ?? 0) == before["setting"])
      // One for the installation.
      #expect(after["feed"] == before["event"].map { $0 + 1 })
    }
  }

  @Test("Numbers go on as they were, each event's by themselves, and the ledger is proved")
  func numbers() async throws {
    try await Self.copied { path in
      let numbers = "SELECT group_concat(sequence) FROM (SELECT sequence FROM scan ORDER BY sequence)"
      let before = try await DatabaseQueue(path: path).read { db in
        (try String.fetchOne(db, sql: numbers), try Int64.fetchOne(db, sql: "SELECT last_sequence FROM feed"))
      }
      let store = try SQLiteStore(path: path)
      let after = try await store.reading { db in
        let keys = try Int64.fetchAll(db, sql: "SELECT sequence FROM scan ORDER BY sequence").map(FeedNumber.init(key:))
        let events = try Int64.fetchAll(db, sql: "SELECT event_id FROM scan ORDER BY sequence")
        #expect(keys.map(\.event) == events)
        return keys.map { "\($0.value)" }.joined(separator: ",")
      }
      #expect(after == before.0)
      #expect(try SQLiteStore.verify(fileAt: path)?.broken == nil)
      let head = try await store.feedHead(of: SampleData.forum).sequence
      #expect(head > before.1 ?? .max)
      let other = try #require(try await Self.all(store.events).map(\.event.slug).first { $0 != SampleData.forum })
      let untouched = try await store.feedHead(of: other).sequence
      var closed = CheckpointChange()
      closed.isClosed = true
      let lane = CheckpointAddress(event: SampleData.forum, checkpoint: "entrance-lane-1")
      _ = try await store.change(.test(), lane, closed)
      #expect(try await store.feedHead(of: SampleData.forum).sequence > head)
      #expect(try await store.feedHead(of: other).sequence == untouched)
      #expect(try SQLiteStore.verify(fileAt: path)?.broken == nil)
    }
  }

  @Test("Says the same of people, badges, scans, conflicts and who is inside as the version that made it")
  func reading() async throws {
    try await Self.copied { path in
      let lines = try await Self.lines(try SQLiteStore(path: path))
      let golden = try String(contentsOf: Self.fixtures.appending(path: "version-6.txt"), encoding: .utf8)
        .split(separator: "\n").map(String.init)
      for line in golden where !lines.contains(line) { Issue.record("is missing: \(line)") }
      for line in lines where !golden.contains(line) { Issue.record("is new: \(line)") }
      #expect(lines.count == golden.count)
    }
  }

  @Test("Numbers groups as badges have them, and takes a way of taking part out of the groups of a refusal")
  func terms() async throws {
    try await Self.copied { path in
      let queue = try DatabaseQueue(path: path)
      let groups = try await queue.write { db in
        // A refusal at a door for remote participants, as version 6 wrote it.
        try db.execute(
          sql: """
            UPDATE feed SET last_sequence = last_sequence + 1;
            INSERT INTO scan SELECT (SELECT last_sequence FROM feed), id_high + 1, id_low, fingerprint, event_id,
              checkpoint_id, NULL, badge_id, 'IN', 'REFUSED', 'NOT_ADMITTED_HERE', NULL, NULL, NULL, NULL,
              'remote participants', scanned_at, received_at, reporter FROM scan ORDER BY sequence DESC LIMIT 1
            """
        )
        let sql = "SELECT stakeholder_groups FROM event WHERE slug = ?"
        return try Data(String.fetchOne(db, sql: sql, arguments: [SampleData.forum])?.utf8 ?? "".utf8)
      }
      try queue.close()
      let store = try SQLiteStore(path: path)
      let names = try JSONDecoder().decode([String].self, from: groups)
      let stored = try await store.event(SampleData.forum).event
      #expect(names.count == 6 && stored.stakeholderGroups == names.map { Term(id: $0) }.numbered())
      #expect(stored.guestRoles.map(\.number) == Array(1...stored.guestRoles.count))
      let programme = try SampleData.programme()
      // Since then the forum has a time from which on people register in public.
      #expect(try await store.importProgramme(.test(), programme).map(\.isChanged) == [false, true])
      let last = try #require(
        try await Self.all { try await store.scans(of: SampleData.forum, checkpoint: nil, $0) }.last
      )
      #expect(last.answer == .refused(.notAdmittedHere))
      #expect(last.admittedHere == [] && last.admittedParticipations == [.remote])
      #expect(try SQLiteStore.verify(fileAt: path)?.broken == nil)
    }
  }

  @Test("Lists the links for what was taken over with those for later scans, and as no change")
  func takenOver() async throws {
    try await Self.copied { path in
      let store = try SQLiteStore(path: path)
      var filter = AuditFilter(event: SampleData.forum)
      func names() async throws -> Set<String> {
        try await Set(Self.all { try await store.auditEntries(filter, $0) }.map(\.name))
      }
      let changes = try await names()
      filter.includesScans = true
      #expect(try await names() == changes.union([ChangeName.scansTakenOver.rawValue]))
      #expect(changes.isDisjoint(with: ChangeName.scanLinks.map(\.rawValue)))
    }
  }

  @Test("Is proved by the hashes that the version which recorded it made, whatever columns a scan has values in")
  func hashes() async throws {
    try await Self.copied(of: 13) { path in
      #expect(try SQLiteStore.verify(fileAt: path) == AuditVerdict(entries: 144, scans: 22, broken: nil))
      let store = try SQLiteStore(path: path)
      #expect(try await store.verifyTrail { _ in }.broken == nil)
      let rows = try await store.read { session in
        var (ledger, rows): (OrderedRows<LedgerRow>, [LedgerRow]) = (LedgerRow.all(session), [])
        while let row = try ledger.next() { rows.append(row) }
        return rows
      }
      // The links prove nothing of a column that is NULL in all; that version had none of those that came later.
      let last = LedgerColumn.admittedParticipations.rawValue
      for column in LedgerColumn.allCases where column != .session && column.rawValue <= last {
        #expect(rows.contains { ![.null, false.scalar].contains($0[column]) }, "\(column)")
      }
    }
  }

  @Test("Knows by its trail which badges were renewed on record, so that their codes say other days")
  func renewed() async throws {
    try await Self.copied(of: 13) { path in
      let queue = try DatabaseQueue(path: path)
      let serial = try await queue.write { db -> BadgeSerial in
        let serial = try BadgeSerial(UInt64(bitPattern: Int64.fetchOne(db, sql: "SELECT max(serial) FROM badge") ?? 0))
        try db.execute(
          sql: """
            INSERT INTO change SELECT max(sequence) + 1, event_id, made_at, 'SYSTEM', '', '', '', 'badge.renewed', 1, ?, NULL,
              NULL, hash, hash FROM change
            """,
          arguments: ["\(ResourceName.badge(serial, of: SampleData.forum))"]
        )
        try db.execute(sql: "UPDATE feed SET last_sequence = last_sequence + 1")
        return serial
      }
      try queue.close()
      let store = try SQLiteStore(path: path)
      let badges = try await Self.all { try await store.badges(of: SampleData.forum, registration: nil, $0) }
      #expect(badges.count > 1 && badges.filter(\.isRenewed).map(\.serial) == [serial])
    }
  }

  @Test("Is proved as it is, by a version that has not brought it up")
  func unmigrated() async throws {
    try await Self.copied { path in
      let queue = try DatabaseQueue(path: path)
      try Schema.migrator.migrate(queue, upTo: "12 languages of events")
      try queue.close()
      let verdict = try #require(try SQLiteStore.verify(fileAt: path))
      #expect(verdict.broken == nil && verdict.scans == 156)
    }
  }

  @Test("Has its conflicts taken over, each by an entry of its own, and those that have ended settled")
  func conflicts() async throws {
    try await Self.copied { path in
      let queue = try DatabaseQueue(path: path)
      try await queue.write { db in
        // A scan of the first was taken back, as version 6 wrote it.
        try db.execute(
          sql: """
            UPDATE feed SET last_sequence = last_sequence + 1;
            INSERT INTO scan_undo SELECT (SELECT last_sequence FROM feed), sequence, id_high, id_low, 1, 'desk', ''
              FROM scan WHERE sequence = (SELECT min(scan_sequence) FROM conflict)
            """
        )
      }
      try Schema.migrator.migrate(queue, upTo: "29 beginnings of texts")
      try queue.close()
      // As it was before, they are proved by nothing.
      #expect(try SQLiteStore.verify(fileAt: path)?.broken == nil)
      let store = try SQLiteStore(path: path)
      let standing = try await store.conflicts(of: SampleData.forum, PageRequest(size: 10)).items
      let told = try await store.auditEntries(AuditFilter(event: SampleData.forum), PageRequest(size: 1000)).items
        .filter { $0.name.hasPrefix("conflict.") }
      #expect(told.map(\.name) == ["conflict.taken_over", "conflict.settled", "conflict.taken_over"])
      #expect(standing.map { .named(.conflict($0.id, of: SampleData.forum)) } == [told[2].resource])
      #expect(try SQLiteStore.verify(fileAt: path)?.broken == nil)
      try await store.write { db in try db.execute(sql: "DELETE FROM conflict") }
      #expect(try SQLiteStore.verify(fileAt: path)?.broken?.fault == .conflictsDiffer)
    }
  }

  /// What each row says of people, as version 6 had it; by what they are found, later versions fold anew.
  private static let before = """
    SELECT id, public_id, event_id, state, waitlisted_sequence, participation, email, email_key, title, given_name,
      family_name, display_name, organisation, position, country, stakeholder_group, guest_role, language,
      accessibility_needs, photo_consent, created_at, updated_at, revision, request_high, request_low, request_fingerprint
      FROM registration ORDER BY id
    """
  /// The same of what is laid apart now.
  private static let after = """
    SELECT id, public_id, registration.event_id, state, waitlisted_sequence, participation, email, email_key, title,
      given_name, family_name, display_name, organisation, position, country, stakeholder_group, guest_role, language,
      coalesce((SELECT value FROM answer WHERE registration_id = id AND question = 'accessibility_needs'), ''),
      EXISTS (SELECT 1 FROM answer WHERE registration_id = id AND question = 'photo_consent' AND value = 'yes'),
      created_at, updated_at, revision, request_high, request_low, request_fingerprint
      FROM registration JOIN person ON registration_id = id ORDER BY id
    """

  static func rows(_ sql: String, _ path: String) async throws -> [[DatabaseValue]] {
    let queue = try DatabaseQueue(path: path)
    let rows = try await queue.read { db in try Row.fetchAll(db, sql: sql).map { Array($0.databaseValues) } }
    try queue.close()
    return rows
  }

  @Test("Keeps every value of everybody, and every note, where it is now")
  func values() async throws {
    try await Self.copied { path in
      let people = try await Self.rows(Self.before, path)
      let notes = try await Self.rows(
        """
        SELECT 'ATTENTION', id, registration_id, attention_note, '' FROM badge WHERE attention_note <> ''
        UNION ALL SELECT 'OVERRIDE', scan_sequence, badge.registration_id, note, operator FROM scan_override
          JOIN scan ON scan.sequence = scan_sequence LEFT JOIN badge ON badge.id = badge_id
        UNION ALL SELECT 'UNDO', scan_sequence, badge.registration_id, note, '' FROM scan_undo
          JOIN scan ON scan.sequence = scan_sequence LEFT JOIN badge ON badge.id = badge_id WHERE note <> ''
        ORDER BY 1, 2
        """,
        path
      )
      #expect(people.count == 144 && Set(notes.map { $0[0] }).count > 1)
      _ = try SQLiteStore(path: path)
      #expect(try await Self.rows(Self.after, path) == people)
      #expect(
        // Numbers of scans have their event before them now.
        try await Self.rows(
          """
          SELECT kind, CASE kind WHEN 'ATTENTION' THEN subject ELSE subject & \(FeedNumber.limit) END, registration_id,
            text, author FROM note ORDER BY 1, 2
          """,
          path
        ) == notes
      )
      let live = try await Self.rows(
        """
        SELECT count(*) FROM person JOIN registration ON id = registration_id
          WHERE is_live <> (state IN ('SUBMITTED', 'CONFIRMED', 'WAITLISTED'))
        """,
        path
      )
      #expect(live == [[0.databaseValue]])
    }
  }

  @Test("Has its places and who takes part as they were, and goes on counting them", arguments: [6, 13])
  func places(version: Int) async throws {
    try await Self.copied(of: version) { path in
      let counts = "SELECT onsite_confirmed FROM event ORDER BY id"
      let before = try await Self.rows(counts, path)
      let store = try SQLiteStore(path: path)
      #expect(try await Self.rows(counts, path) == before)
      #expect(try await store.placesAgree())
      let people = try await Self.all {
        try await store.registrations(of: SampleData.forum, matching: .init(), $0).page
      }
      let confirmed = people.filter { $0.state.takesPlace($0.details.participation) }
      let taken = try await store.event(SampleData.forum).onsiteConfirmed
      #expect(taken == confirmed.count && taken > 2)
      for person in confirmed.prefix(2) {
        _ = try await store.take(.test(), .cancel, on: person.id, of: SampleData.forum, etag: nil)
      }
      #expect(try await store.placesAgree())
    }
  }

  @Test(
    "Keeps every value of an event, and all that refers to it, where the limit of its places is decided",
    arguments: [6, 13]
  )
  func events(version: Int) async throws {
    try await Self.copied(of: version) { path in
      let queue = try DatabaseQueue(path: path)
      try Schema.migrator.migrate(queue, upTo: "29 beginnings of texts")
      let columns = try await queue.read { db in
        try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('event')").joined(separator: ", ")
      }
      try queue.close()
      let (events, notes) = ("SELECT \(columns) FROM event ORDER BY id", "SELECT * FROM note ORDER BY kind, subject")
      let before = (try await Self.rows(events, path), try await Self.rows(notes, path))
      let store = try SQLiteStore(path: path)
      #expect(try await Self.rows(events, path) == before.0 && !before.0.isEmpty)
      #expect(try await Self.rows(notes, path) == before.1)
      #expect(try await Self.rows("PRAGMA foreign_key_check", path) == [])
      let references =
        "SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%REFERENCES \"event%' OR sql LIKE '%of_more%'"
      #expect(try await Self.rows(references, path) == [[0.databaseValue]])
      #expect(try await store.event(SampleData.forum).event.movingUp == .always)
      let capacity = "UPDATE event SET onsite_capacity = 1, onsite_confirmed = 2"
      try await store.pool.write { db in try db.execute(sql: capacity) }
      #expect(try await store.event(SampleData.forum).onsiteConfirmed == 2)
    }
  }

  @Test("Counts how often people were admitted before that was counted", arguments: [6, 13])
  func entries(version: Int) async throws {
    try await Self.copied(of: version) { path in
      _ = try SQLiteStore(path: path)
      let counted = try await Self.rows(
        """
        SELECT entries - (SELECT count(*) FROM scan JOIN badge ON badge.id = scan.badge_id
          WHERE badge.registration_id = presence.registration_id AND scan.checkpoint_id = presence.checkpoint_id
            AND answer = 'ADMITTED' AND NOT EXISTS (SELECT 1 FROM scan_undo WHERE scan_sequence = scan.sequence)
            AND NOT EXISTS (SELECT 1 FROM scan_double_reading WHERE scan_sequence = scan.sequence)),
          entries > 1, earlier_days
        FROM presence
        """,
        path
      )
      #expect(counted.allSatisfy { $0[0] == 0.databaseValue && $0[2] == "".databaseValue })
      #expect(version != 6 || counted.contains { $0[1] == 1.databaseValue })
    }
  }

  private static func all<Item>(_ page: (PageRequest) async throws -> Page<Item>) async throws -> [Item] {
    var (items, request): ([Item], PageRequest) = ([], PageRequest(size: 50))
    while true {
      let page = try await page(request)
      items += page.items
      guard let next = page.next else { return items }
      request.after = next
    }
  }

  /// A line for each thing that the store has.
  private static func lines(_ store: SQLiteStore) async throws -> [String] {
    let forum = SampleData.forum
    var lines: [String] = []
    func add(_ words: Any?...) { lines.append(words.map { $0.map { "\($0)" } ?? "–" }.joined(separator: " | ")) }
    for stored in try await all(store.events) { add("event", stored.event.slug, stored.onsiteConfirmed) }
    for session in try await all({ try await store.sessions(of: forum, $0) }) { add("session", session.id) }
    for registration in try await all({ try await store.registrations(of: forum, matching: .init(), $0).page }) {
      let person = registration.details
      add("registration", registration.id, registration.state, registration.createdAt.microseconds)
      add("person", registration.id, person.displayName, person.email, person.organisation, person.country)
    }
    for badge in try await all({ try await store.badges(of: forum, registration: nil, $0) }) {
      add("badge", badge.serial, badge.registration, badge.state, badge.code, badge.mark.note)
    }
    let scans = try await all { try await store.scans(of: forum, checkpoint: nil, $0) }
    for scan in scans {
      add(
        "scan",
        scan.id,
        scan.checkpoint.checkpoint,
        scan.answer,
        scan.direction,
        scan.attendee?.registration,
        scan.attendee?.displayName,
        scan.receivedAt.microseconds,
        scan.reporter?.id
      )
      add(
        "facts",
        scan.id,
        scan.overridden?.note.note,
        scan.overridden?.note.operatorName,
        scan.offline?.happenedAt.microseconds,
        scan.undo?.note,
        scan.earlier?.checkpoint
      )
    }
    add("conflicts", try await all { try await store.conflicts(of: forum, $0) }.count)
    let now = try #require(scans.map(\.receivedAt).max())
    let counts = try await store.attendance(of: forum, checkpoint: nil, at: now)
    add("inside", counts.peopleInside)
    for door in counts.checkpoints {
      let refused = door.refused.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
      add("counts", door.id, door.inside, door.areaInside, door.admitted, door.left, refused)
    }
    for device in try await all({ try await store.devices(of: forum, $0) }) { add("device", device.id) }
    for token in try await store.tokens() { add("token", token.id, token.role.rawValue, token.label) }
    return lines
  }
}
