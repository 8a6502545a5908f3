import GRDB
import LanyardDomain
import LanyardStore

/// The ledger of scans: finds what is recorded and adds to it.
struct ScanLedger {
  private let db: Database
  private let byID: HotStatement
  private let insert: HotStatement

  init(_ db: Database) throws {
    self.db = db
    byID = try HotStatement(AdmissionSQL.entry, db)
    insert = try HotStatement(AdmissionSQL.insertion, db)
  }

  func find(_ id: UUIDBytes) throws -> LedgerEntry? {
    try byID.bind(id)
    defer { byID.reset() }
    return try byID.step() ? LedgerEntry(sequence: byID.int64(0), fingerprint: byID.int64(1)) : nil
  }

  /// The last passage with a badge, where it is so recent that a turnstile may be reading the badge again for it.
  func lastPassage(of badge: Int64, at now: Instant) throws -> LastPassage? {
    let passages = try HotStatement(AdmissionSQL.passages, db)
    try passages.bind { $0.add(badge) }
    defer { passages.reset() }
    var search = LastPassage.Search(at: now)
    while try passages.step(), search.goesOn(after: try LastPassage.Reading(passages)) {}
    return search.found
  }

  func add(_ rows: [LedgerRow]) throws {
    for row in rows {
      try insert.bind { for column in LedgerColumn.ofScan { $0.add(row[column]) } }
      try insert.run()
    }
  }
}

extension LastPassage.Reading {
  /// From a row of `AdmissionSQL.passages`.
  ///
  /// - Throws: `StoreError.unknownValue`.
  fileprivate init(_ row: HotStatement) throws {
    self.init(
      LastPassage(
        way: try PassageSQL.way(row, 0),
        wasInside: row.int64(2) != 0,
        checkpoint: Key(row.int64(1)),
        moment: Instant(microseconds: row.int64(4))
      ),
      recordedAt: Instant(microseconds: row.int64(3)),
      isDouble: row.int64(5) != 0
    )
  }
}

extension HotStatement {
  /// Gives a statement the two halves of an id.
  fileprivate func bind(_ id: UUIDBytes) throws {
    try bind {
      $0.add(Int64(bitPattern: id.high))
      $0.add(Int64(bitPattern: id.low))
    }
  }
}
