import Foundation
import GRDB
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTesting
import Testing

@testable import LanyardLoad
@testable import LanyardSQLite

@Suite("Bare SQLite beside the admission writer")
struct BareAdmissionTests {
  private static let lanes = 2
  private static let badges = 8
  /// What each connection is asked for.
  private static let settings = [
    "journal_mode", "synchronous", "foreign_keys", "cache_size", "secure_delete", "page_size", "wal_autocheckpoint",
    "temp_store", "mmap_size", "locking_mode", "recursive_triggers",
  ]

  /// GRDB has words of its own for the beginning and the end of a transaction.
  private static func plain(_ text: String) -> String {
    switch text {
    case "BEGIN IMMEDIATE TRANSACTION": "BEGIN IMMEDIATE"
    case "COMMIT TRANSACTION": "COMMIT"
    default: text
    }
  }

  private static func counts(_ texts: [String]) -> [String: Int] {
    texts.reduce(into: [:]) { $0[plain($1), default: 0] += 1 }
  }

  @Test("Runs the statements of the writer, each as often as it does, in batches that let people out and in")
  func statements() async throws {
    try await withTemporaryFolder { folder in
      let made = try await MeasuredStore(at: folder.appending(path: "store.sqlite").path, lanes: 2, people: 16)
      let codes = made.codes(ofLanes: Self.lanes, each: Self.badges)
      var workloads = codes.map(OutAndInScans.init)
      func admit() async throws {
        let now = Instant(Date())
        let scans = try (0..<Self.lanes * Self.badges).map { number in
          let lane = number % Self.lanes
          return try SubmittedScan(
            workloads[lane].next(),
            at: MeasuredStore.checkpointAddress(lane),
            reporter: Reporter(.token, id: "bench"),
            received: now,
            under: "scan."
          )
        }
        for outcome in try await made.store.admit(.server(at: now), scans, reader: { _ in .unreadable }) {
          guard case .recorded(let scan) = outcome else {
            Issue.record("a scan was not recorded: \(outcome)")
            continue
          }
          if case .refused = scan.answer { Issue.record("a scan was refused: \(scan.answer)") }
        }
      }
      // The first of the day are counted apart: everybody has gone out and come in once.
      for _ in 1...2 { try await admit() }
      let copy = folder.appending(path: "bare.sqlite").path
      try made.store.copy(to: copy)

      var ofWriter: [[String: Int]] = []
      for _ in 1...2 {
        let trace = StatementTrace()
        try await made.store.pool.writeWithoutTransaction { db in trace.begin(on: try #require(db.sqliteConnection)) }
        try await admit()
        try await made.store.pool.writeWithoutTransaction { db in trace.end(on: try #require(db.sqliteConnection)) }
        ofWriter.append(Self.counts(trace.statements))
      }

      let bare = try BareAdmission(path: copy)
      var round = try bare.round(
        of: codes.enumerated().map {
          BareAdmission.Lane(checkpoint: MeasuredStore.checkpointAddress($0).checkpoint, codes: $1)
        }
      )
      for expected in ofWriter {
        let trace = StatementTrace()
        trace.begin(on: bare.db)
        try bare.write(Self.lanes * Self.badges, in: &round)
        trace.end(on: bare.db)
        let found = Self.counts(trace.statements)
        #expect(found.values.reduce(0, +) > 3 * Self.lanes * Self.badges)
        for text in Set(found.keys).union(expected.keys).sorted() {
          #expect(found[text] == expected[text], "\(text)")
        }
      }
      let settings = try await made.store.pool.writeWithoutTransaction { db in
        let connection = try #require(db.sqliteConnection)
        return Self.settings.map { StatementTrace.setting($0, of: connection) }
      }
      #expect(settings == Self.settings.map { StatementTrace.setting($0, of: bare.db) })
    }
  }
}
