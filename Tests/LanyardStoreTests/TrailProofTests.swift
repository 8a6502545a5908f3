import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

@Suite("What the trail proves of the ledger")
struct TrailProofTests {
  @Test("Each batch of scans has one link, with which the ledger is proved")
  func linksBatches() async throws {
    try await withTemporaryFolder { folder in
      let store = try await TrailTests.storeWithScans(folder)
      let links = try await store.reading { try TrailTests.entries($0) }.filter { $0.name == "scans.recorded" }
      #expect(links.count == 3)
      let verdict = try #require(try SQLiteStore.verify(fileAt: TrailTests.path(folder)))
      #expect(verdict.broken == nil)
      #expect(verdict.scans == 12)
      // The same scans again are answered and add nothing.
      let count = try await store.reading { try Int.fetchOne($0, sql: "SELECT count(*) FROM change") }
      _ = try await store.admit(.test(), TrailTests.scans(1), reader: { _ in .unreadable })
      #expect(try await store.reading { try Int.fetchOne($0, sql: "SELECT count(*) FROM change") } == count)
    }
  }

  @Test(
    "What was changed in the file is found, and the first entry that does not hold is named",
    arguments: Tampering.all
  )
  func findsTampering(tampering: Tampering) async throws {
    try await withTemporaryFolder { folder in
      let store = try await TrailTests.storeWithScans(folder)
      try await store.write { db in
        for table in ["change", "scan"] {
          for trigger in ["changed", "deleted"] { try db.execute(sql: "DROP TRIGGER \(table)_is_never_\(trigger)") }
        }
        try db.execute(sql: tampering.sql)
      }
      let expected = try await store.reading { try Int64.fetchOne($0, sql: tampering.first) }
      let broken = try #require(try SQLiteStore.verify(fileAt: TrailTests.path(folder))?.broken)
      #expect(broken.fault == tampering.fault)
      #expect(broken.sequence == expected.map { FeedNumber(key: $0).value })
    }
  }

  @Test("That a scan was taken back is proved: neither may that be removed behind the trail's back, nor added")
  func provesUndos() async throws {
    for isRemoved in [true, false] {
      try await withTemporaryFolder { folder in
        let store = try await TrailTests.storeWithScans(folder)
        let request = UndoRequest(
          scan: UUIDBytes(high: 2, low: 3),
          event: SampleData.forum,
          reporter: "desk",
          isSupervisor: true,
          note: ""
        )
        _ = try await store.undo(.test(), request)
        #expect(try SQLiteStore.verify(fileAt: TrailTests.path(folder))?.broken == nil)
        try await store.write { db in
          try db.execute(sql: "DROP TRIGGER scan_undo_is_never_deleted")
          try db.execute(
            sql: isRemoved
              ? "DELETE FROM scan_undo"
              : """
              INSERT INTO scan_undo (sequence, scan_sequence, id_high, id_low, undone_at, reporter)
                SELECT sequence + 1000, sequence, id_high, id_low, 1, 'desk' FROM scan WHERE id_high = 1 AND id_low = 1
              """
          )
        }
        let first =
          isRemoved
          ? "SELECT sequence FROM change WHERE name = 'check_in.undone'" : "SELECT max(sequence) FROM scan_undo"
        let expected = try await store.reading { try Int64.fetchOne($0, sql: first) }
        let broken = try #require(try SQLiteStore.verify(fileAt: TrailTests.path(folder))?.broken)
        #expect(broken.fault == .undosDiffer && broken.sequence == expected.map { FeedNumber(key: $0).value })
      }
    }
  }

  @Test("A ledger from before the trail is taken over, and proved with it")
  func takesOver() async throws {
    try await withTemporaryFolder { folder in
      let store = try await TrailTests.storeWithScans(folder)
      try await store.write { db in
        for sql in [
          "DROP TABLE change", "DROP TABLE chain", "DELETE FROM grdb_migrations WHERE identifier = '7 trail'",
        ] { try db.execute(sql: sql) }
      }
      let scans = try await store.scans(of: SampleData.forum, checkpoint: nil, PageRequest(size: 100)).items
      #expect(try SQLiteStore.verify(fileAt: TrailTests.path(folder)) == nil)
      let brought = try SQLiteStore(path: TrailTests.path(folder))
      #expect(try await brought.scans(of: SampleData.forum, checkpoint: nil, PageRequest(size: 100)).items == scans)
      let verdict = try #require(try SQLiteStore.verify(fileAt: TrailTests.path(folder)))
      #expect(verdict == AuditVerdict(entries: 1, scans: 12, broken: nil))
      _ = try await brought.admit(.test(), TrailTests.scans(9), reader: { _ in .unreadable })
      #expect(try SQLiteStore.verify(fileAt: TrailTests.path(folder))?.scans == 16)
    }
  }
}

/// Something that is done to the file behind the store's back.
struct Tampering: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let sql: String
  /// Selects the entry or scan that is to be named.
  let first: String
  let fault: AuditVerdict.Fault

  init(_ description: String, _ sql: String, first: String, _ fault: AuditVerdict.Fault) {
    (testDescription, self.sql, self.first, self.fault) = (description, sql, first, fault)
  }

  static let fifth = "(SELECT sequence FROM change ORDER BY sequence LIMIT 1 OFFSET 4)"
  static let sixth = "(SELECT sequence FROM change ORDER BY sequence LIMIT 1 OFFSET 5)"
  static let secondLink =
    "(SELECT sequence FROM change WHERE name = 'scans.recorded' ORDER BY sequence LIMIT 1 OFFSET 1)"
  static let sixthScan = "(SELECT sequence FROM scan ORDER BY sequence LIMIT 1 OFFSET 5)"

  static let all = [
    Tampering(
      "an entry's actor",
      "UPDATE change SET actor = 'x' WHERE sequence = \(fifth)",
      first: "SELECT \(fifth)",
      .changed
    ),
    Tampering(
      "an entry's address and what was after",
      "UPDATE change SET state_after = '{}' WHERE sequence = \(fifth)",
      first: "SELECT \(fifth)",
      .changed
    ),
    Tampering(
      "an entry's event",
      "UPDATE change SET event_id = 0 WHERE sequence = \(fifth)",
      first: "SELECT \(fifth)",
      .changed
    ),
    Tampering("a removed entry", "DELETE FROM change WHERE sequence = \(fifth)", first: "SELECT \(fifth)", .cutOff),
    Tampering(
      "two entries in each other's place",
      """
      CREATE TEMP TABLE pair AS SELECT \(fifth) AS a, \(sixth) AS b;
      UPDATE change SET sequence = -1 WHERE sequence = (SELECT a FROM pair);
      UPDATE change SET sequence = (SELECT a FROM pair) WHERE sequence = (SELECT b FROM pair);
      UPDATE change SET sequence = (SELECT b FROM pair) WHERE sequence = -1;
      """,
      first: "SELECT \(fifth)",
      .cutOff
    ),
    Tampering(
      "the last entry",
      "DELETE FROM change WHERE sequence = (SELECT max(sequence) FROM change)",
      first: "SELECT sequence FROM scan ORDER BY sequence LIMIT 1 OFFSET 8",
      .scansUntold
    ),
    Tampering(
      "all entries of a chain's end with its scans",
      """
      DELETE FROM scan WHERE sequence > \(secondLink);
      DELETE FROM change WHERE sequence > \(secondLink);
      """,
      first: "SELECT max(last_sequence) FROM chain",
      .endMissing
    ),
    Tampering(
      "a scan's answer",
      "UPDATE scan SET answer = 'ADMITTED', reason = NULL WHERE sequence = \(sixthScan)",
      first: "SELECT \(secondLink)",
      .scansDiffer
    ),
    Tampering(
      "whom a refusal named",
      "UPDATE scan SET admitted_participations = 'REMOTE' WHERE sequence = \(sixthScan)",
      first: "SELECT \(secondLink)",
      .scansDiffer
    ),
    Tampering(
      "what is kept of a code",
      "UPDATE scan SET code_beginning = 'x', code_length = 1 WHERE sequence = \(sixthScan)",
      first: "SELECT \(secondLink)",
      .scansDiffer
    ),
    Tampering(
      "that somebody was put outside",
      "UPDATE scan SET is_sent_out = 1 WHERE sequence = \(sixthScan)",
      first: "SELECT \(secondLink)",
      .scansDiffer
    ),
    Tampering(
      "what explained a refusal",
      "UPDATE scan SET explanation = 'entries 9' WHERE sequence = \(sixthScan)",
      first: "SELECT \(secondLink)",
      .scansDiffer
    ),
    Tampering(
      "a removed scan",
      "DELETE FROM scan WHERE sequence = \(sixthScan)",
      first: "SELECT \(secondLink)",
      .scansDiffer
    ),
    Tampering(
      "a scan that somebody added at the end",
      """
      INSERT INTO scan SELECT sequence + 1000, id_high + 1000, id_low, fingerprint, event_id, checkpoint_id, session_id,
        badge_id, direction, answer, reason, was_inside, earlier_checkpoint_id, earlier_admitted_at, opens_at,
        admitted_here, scanned_at, received_at, reporter, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM scan WHERE sequence = \(sixthScan)
      """,
      first: "SELECT max(sequence) FROM scan",
      .scansUntold
    ),
    Tampering(
      "an entry and the hash with it",
      "UPDATE change SET actor = 'x', hash = zeroblob(32) WHERE sequence = \(fifth)",
      first: "SELECT \(fifth)",
      .changed
    ),
  ]
}
