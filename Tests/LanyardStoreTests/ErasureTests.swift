import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

/// Which texts are in the files of a folder, however they are written.
struct FilesSearch {
  let files: [(name: String, content: Data)]

  init(_ folder: URL) throws {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    files = try (found?.allObjects ?? []).compactMap { $0 as? URL }.filter {
      try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
    }.map { ($0.lastPathComponent, try Data(contentsOf: $0)) }
  }

  /// The forms in which a text may have been written down, each as UTF-8.
  static func forms(_ text: String) -> Set<Data> {
    let normal = [
      text, text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping,
      text.precomposedStringWithCompatibilityMapping, text.decomposedStringWithCompatibilityMapping,
      SearchText.folded(text),
    ]
    // No word of it either.
    let words = normal.flatMap { $0.split(separator: " ").map(String.init) }.filter { $0.utf8.count > 6 }
    return Set((normal + words).flatMap { [$0, $0.lowercased(), $0.uppercased()] }.map { Data($0.utf8) })
  }

  /// Names of the files that have a text in any form.
  func names(with text: String) -> [String] {
    let forms = Self.forms(text)
    return files.filter { file in forms.contains { file.content.range(of: $0) != nil } }.map(\.name)
  }
}

@Suite("Somebody who was erased")
struct ErasureTests {
  private static let now = SampleData.firstMorning
  private static let forum = SampleData.forum

  private static func store(_ folder: URL) throws -> SQLiteStore {
    try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
  }

  private static func filled(_ folder: URL) async throws -> (SQLiteStore, Registration) {
    let store = try store(folder)
    _ = try await store.importProgramme(.test(), SampleData.programme())
    let person = try await StoreRule.Unmistakable.lives(store)
    return (store, person)
  }

  /// Letters of the names that nobody else has, as the index of names has them.
  private static let letters = ["قظث", "ضظغ"]

  @Test("Is in no byte of the store's files, in no form, while counts and the trail hold")
  func files() async throws {
    try await withTemporaryFolder { folder in
      let (store, person) = try await Self.filled(folder)
      for text in StoreRule.Unmistakable.all {
        #expect(try FilesSearch(folder).names(with: text) != [], "\(text) is not there at first")
      }
      _ = try await store.erase(.test(Self.now), person.id, of: Self.forum, etag: nil)
      for text in StoreRule.Unmistakable.all + Self.letters {
        #expect(try FilesSearch(folder).names(with: text) == [], "\(text)")
      }
      let path = folder.appending(path: "lanyard.sqlite").path
      let verdict = try SQLiteStore.verify(fileAt: path)
      #expect(verdict?.broken == nil && (verdict?.scans ?? 0) >= 3)
      // No hash of what was asked stays that could be guessed at.
      let fingerprints = try await store.reading { db in
        try Int.fetchOne(
          db,
          sql: "SELECT count(*) FROM registration WHERE erased_at IS NOT NULL AND request_fingerprint IS NOT NULL"
        )
      }
      #expect(fingerprints == 0)
    }
  }

  @Test("Is out of the index of names, however large it is")
  func index() async throws {
    try await withTemporaryFolder { folder in
      let (store, person) = try await Self.filled(folder)
      let event = try await store.event(Self.forum).event
      let rows = try RegistrationTable.rows(csv: SampleData.bytes("participants.csv"))
        .map { try $0.content.get().validated(for: event) }
      for start in stride(from: 0, to: rows.count, by: 250) {
        let part = Array(rows[start..<min(start + 250, rows.count)])
        _ = try await store.importRegistrations(.test(Self.now), part, for: Self.forum)
      }
      _ = try await store.erase(.test(Self.now), person.id, of: Self.forum, etag: nil)
      for text in StoreRule.Unmistakable.all + ["قظث"] {
        #expect(try FilesSearch(folder).names(with: text) == [], "\(text)")
      }
      try await store.write { db in
        try db.execute(sql: "INSERT INTO attendee_search (attendee_search) VALUES ('integrity-check')")
      }
    }
  }

  @Test("Is not said to be gone while somebody reads the log, and is when the same is asked again")
  func reader() async throws {
    try await withTemporaryFolder { folder in
      let (store, person) = try await Self.filled(folder)
      var configuration = Configuration.readOnly("test")
      configuration.allowsUnsafeTransactions = true
      let path = folder.appending(path: "lanyard.sqlite").path
      let reader = try DatabaseQueue(path: path, configuration: configuration)
      try await reader.writeWithoutTransaction { db in
        try db.execute(sql: "BEGIN; SELECT count(*) FROM person")
      }
      await #expect(throws: StoreError.erasureUnfinished) {
        try await store.erase(.test(Self.now), person.id, of: Self.forum, etag: nil)
      }
      #expect(try FilesSearch(folder).names(with: StoreRule.Unmistakable.email) != [])
      #expect(try await store.registration(person.id, of: Self.forum).erasedAt == Self.now + .seconds(3600))
      try await reader.writeWithoutTransaction { db in try db.execute(sql: "COMMIT") }
      _ = try await store.erase(.test(Self.now), person.id, of: Self.forum, etag: nil)
      for text in StoreRule.Unmistakable.all + Self.letters {
        #expect(try FilesSearch(folder).names(with: text) == [], "\(text)")
      }
    }
  }

  @Test("Is gone at the next start, where the server ended before it had cleared its files")
  func start() async throws {
    try await withTemporaryFolder { folder in
      let (store, person) = try await Self.filled(folder)
      try await store.write { db in
        let id = try Int64.fetchOne(db, sql: "SELECT id FROM registration WHERE public_id = ?", arguments: [person.id])
        let (key, session) = (try #require(id), SQLiteSession(db))
        let notes = NoteTable(session)
        try notes.erase(PersonTraces(of: person.details, notes: notes.texts(about: key)))
        try PersonRow.erase(key, session)
        try PrintTable.forget(key, session)
        try db.execute(sql: "INSERT INTO upkeep VALUES ('traces', '1')")
      }
      #expect(try FilesSearch(folder).names(with: StoreRule.Unmistakable.email) != [])
      _ = try Self.store(folder)
      for text in StoreRule.Unmistakable.all + Self.letters {
        #expect(try FilesSearch(folder).names(with: text) == [], "\(text)")
      }
    }
  }

  @Test("Is in no byte of data that an earlier version wrote and that was brought up")
  func earlier() async throws {
    try await withTemporaryFolder { folder in
      let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/version-6.sqlite")
      try FileManager.default.copyItem(at: fixture, to: folder.appending(path: "lanyard.sqlite"))
      let queue = try DatabaseQueue(path: folder.appending(path: "lanyard.sqlite").path)
      let texts = try await queue.read { db in
        try String.fetchAll(
          db,
          sql: """
            SELECT email FROM registration UNION SELECT family_name FROM registration WHERE length(family_name) > 7
            UNION SELECT note FROM scan_override UNION SELECT note FROM scan_undo WHERE note <> ''
            UNION SELECT attention_note FROM badge WHERE attention_note <> ''
            """
        )
      }
      try queue.close()
      #expect(texts.count > 144)
      let store = try Self.store(folder)
      for person in try await store.registrations(of: Self.forum, matching: .init(), PageRequest(size: 500)).page.items
      {
        _ = try await store.erase(.test(Self.now), person.id, of: Self.forum, etag: nil)
      }
      let search = try FilesSearch(folder)
      for text in texts { #expect(search.names(with: text) == [], "\(text)") }
      let path = folder.appending(path: "lanyard.sqlite").path
      #expect(try SQLiteStore.verify(fileAt: path)?.broken == nil)
    }
  }

  @Test("Has a column for each text of a person that is declared")
  func columns() async throws {
    try await withTemporaryFolder { folder in
      let columns = try await Self.store(folder).reading { try $0.columns(in: "person").map(\.name) }
      #expect(Set(PersonField.allCases.map(\.rawValue)).isSubset(of: Set(columns)))
    }
  }

  /// Every column that can hold a text or bytes, by what keeps somebody who was erased out of it.
  private static let held: [String: String] = [
    "is deleted with them": """
    answer.question answer.value email_verification.hash email_verification.id note.author note.kind note.text person.attendee_key person.badge_name person.country
    person.display_name person.email person.email_key person.family_name person.given_name person.language person.listed_needs
    person.organisation person.organisation_key person.position person.search_key person.title personal_link.hash
    personal_link.id scan_beginning.text
    """,
    "is set to nothing": "print.face",
    "is a digest of the design, not of anybody": "print_run.design_digest",
    "counts and the ledger go by it, and it is a word of the event's or of the contract": """
    badge.attention badge.state conflict.reason device.profile enrolment_code.profile mail.fault mail.kind
    mail.reply_status mail.state registration.days
    registration.guest_role registration.participation registration.stakeholder_group registration.state scan.admitted_here
    scan.admitted_participations scan.answer scan.code_beginning scan.direction scan.explanation scan.reason scan.reporter_kind
    scan_undo.reporter_kind
    scan_override.reason tally.counted presence.earlier_days print_run.actor_kind print_run.design
    print_run.sheet
    """,
    "is an id, and says nothing of whom it is of": """
    badge.code device.public_id enrolment_code.device_id enrolment_code.public_id print_run.actor registration.public_id
    scan.code_event scan.reporter scan_undo.reporter sign_in.id sign_in.token_id token.id withdrawn_scan.reporter
    """,
    "is of the trail, whose facts are of declared kinds": """
    chain.hash change.actor change.actor_kind change.address change.hash change.name change.previous_hash
    change.request_id change.resource change.state_after change.state_before
    """,
    "is of the programme, which organisers write and everybody reads": """
    checkpoint.admitted_groups checkpoint.admitted_participations checkpoint.admitted_roles checkpoint.area
    checkpoint.changed_by_hand checkpoint.days checkpoint.directions checkpoint.display_name checkpoint.kind
    checkpoint.lies_in checkpoint.public_id checkpoint.reentry checkpoint.time_zone choice_place.choice choice_place.question event.activated_stakeholder_groups
    event.city event.country event.deadlines event.end_date event.guest_roles event.language event.listed_needs
    event.mail event.organisers event.reviewed_guest_roles event.reviewed_stakeholder_groups event.slug event.stakeholder_groups
    event.start_date event.time_zone event.title event.titles event.tracks question.asked_of question.choices question.help
    question.kind question.labels question.public_id session.admitted_groups session.city session.code
    session.country session.public_id session.room session.stream_address session.time_zone session.title session.titles session.track
    session.venue
    """,
    "is what an organiser calls a device or a token of the venue's": """
    device.checkpoints device.display_name enrolment_code.checkpoints enrolment_code.display_name token.label token.role
    """,
    "is a key, or a hash of a secret": """
    enrolment_code.hash enrolment_code.link_hash signing_key.private_key signing_key.public_key signing_key.sealed_key
    sign_in.hash token.hash
    """,
    "is of the program itself": "device.version setting.name setting.value upkeep.name upkeep.value",
  ]

  @Test("Is kept out of each column that can hold a text or bytes by something that is known")
  func everyColumn() async throws {
    try await withTemporaryFolder { folder in
      let columns = try await Self.store(folder).reading { db in
        try String.fetchAll(
          db,
          sql: """
            SELECT made.name || '.' || held.name FROM sqlite_schema AS made, pragma_table_info(made.name) AS held
            WHERE made.type = 'table' AND held.type IN ('TEXT', 'BLOB')
              AND made.name NOT LIKE 'attendee_%' AND made.name <> 'grdb_migrations'
            """
        )
      }
      let known = Self.held.values.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
      #expect(Set(known).count == known.count)
      #expect(Set(columns).symmetricDifference(known) == [], "say what keeps somebody who was erased out of it")
    }
  }

  @Test("Is out of each column that what is written of and about them was in, and that had notes of every kind")
  func emptied() async throws {
    try await withTemporaryFolder { folder in
      let (store, person) = try await Self.filled(folder)
      let columns = Self.held.filter { ["is deleted with them", "is set to nothing"].contains($0.key) }.values
        .flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
      let kinds = try await store.reading { try String.fetchSet($0, sql: "SELECT DISTINCT kind FROM note") }
      #expect(kinds == Set(NoteTable.Kind.allCases.map(\.rawValue)))
      // What is no column of theirs has none of their texts, and what is has them until they are erased.
      let found = try await Self.columnsWithTexts(store)
      #expect(found.subtracting(columns) == [])
      let texts = PersonField.allCases.map { "person.\($0.rawValue)" }
      let free = Set(texts).subtracting(["person.country", "person.language"])
      #expect(free.union(["answer.value", "note.text", "note.author", "print.face"]).subtracting(found) == [])
      _ = try await store.erase(.test(Self.now), person.id, of: Self.forum, etag: nil)
      #expect(try await Self.columnsWithTexts(store) == [])
    }
  }

  /// The columns in which one of the texts of and about the person stands.
  private static func columnsWithTexts(_ store: SQLiteStore) async throws -> Set<String> {
    try await store.reading { db in
      var found: Set<String> = []
      for column in held.values.flatMap({ $0.split(whereSeparator: \.isWhitespace).map(String.init) }) {
        let parts = column.split(separator: ".")
        let sql = "SELECT CAST(\"\(parts[1])\" AS TEXT) FROM \"\(parts[0])\" WHERE \"\(parts[1])\" IS NOT NULL"
        let values = try String.fetchAll(db, sql: sql)
        let has = values.contains { value in StoreRule.Unmistakable.all.contains { value.contains($0) } }
        if has { found.insert(column) }
      }
      return found
    }
  }
}
