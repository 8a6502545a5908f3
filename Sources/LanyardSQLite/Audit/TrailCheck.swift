import Foundation
import GRDB
import LanyardDomain
package import LanyardStore

/// Goes through the trail and the ledger side by side, in the order in which they were written, and stops at the first entry
/// that does not hold. It keeps one hash for each event, however long they are.
struct TrailCheck {
  /// How often the progress is told.
  private static let interval: Int64 = 10_000

  /// One event's chain so far.
  private struct Chain {
    var last = TrailEntry.origin
    var entries: Int64 = 0
    /// Scans since its last link, and the number of the first of them.
    var scans = ScanDigest()
    var firstScan: Int64 = 0
  }

  private let db: Database
  private let entries: HotStatement
  private let ledger: LedgerReader
  private let progress: (AuditVerdict) throws -> Void
  private var scan: LedgerReader.Scan?
  private var chains: [Int64: Chain] = [:]
  private var verdict = AuditVerdict()

  init(_ db: Database, progress: @escaping (AuditVerdict) throws -> Void) throws {
    self.db = db
    self.progress = progress
    entries = try HotStatement("SELECT \(TrailEntry.columns), hash FROM change ORDER BY sequence", db)
    ledger = try LedgerReader(db)
  }

  mutating func run() throws -> AuditVerdict {
    defer { entries.reset() }
    scan = try ledger.next()
    while try entries.step() {
      let entry = try TrailEntry(entries)
      try takeScans(before: entry.number.key)
      if let fault = try check(entry, hash: entries.data(13)) {
        return try broken(entry.number, fault, resource: entry.resource)
      }
    }
    try takeScans(before: .max)
    return try checkEnds()
  }

  /// Takes the scans that were recorded before an entry.
  private mutating func takeScans(before key: Int64) throws {
    while let next = scan, next.number.key < key {
      var chain = chains[next.number.event] ?? Chain()
      if chain.scans.count == 0 { chain.firstScan = next.number.value }
      chain.scans.add(next.row, sequence: next.number.value)
      chains[next.number.event] = chain
      scan = try ledger.next()
    }
  }

  private mutating func check(_ entry: TrailEntry, hash: [UInt8]) throws -> AuditVerdict.Fault? {
    var chain = chains[entry.number.event] ?? Chain()
    guard entry.previous == chain.last else { return .cutOff }
    guard entry.hash == hash else { return .changed }
    if [ChangeName.scansRecorded, .scansTakenOver].map(\.rawValue).contains(entry.name) {
      guard chain.scans.count > 0, chain.scans.facts == entry.after else { return .scansDiffer }
      verdict.scans += chain.scans.count
      chain.scans = ScanDigest()
    }
    chain.last = hash
    chain.entries += 1
    chains[entry.number.event] = chain
    verdict.entries += 1
    if verdict.entries.isMultiple(of: Self.interval) { try progress(verdict) }
    return nil
  }

  /// Compares the ends of the chains with what is known of them.
  private func checkEnds() throws -> AuditVerdict {
    let untold = chains.filter { $0.value.scans.count > 0 }.min { $0.key < $1.key }
    if let untold {
      return try broken(FeedNumber(untold.key, untold.value.firstScan), .scansUntold, resource: "")
    }
    var ends: [Int64: [UInt8]] = [:]
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT event_id, entries, last_sequence, hash FROM chain ORDER BY last_sequence"
    )
    for row in rows {
      let hash = [UInt8](row[3] as Data)
      let chain = chains[row[0]] ?? Chain()
      guard chain.entries == row[1] as Int64, chain.last == hash else {
        return try broken(FeedNumber(key: row[2]), .endMissing, resource: "")
      }
      ends[row[0]] = hash
    }
    for (event, chain) in chains where ends[event] == nil && chain.entries > 0 {
      return try broken(FeedNumber(event, 0), .endMissing, resource: "")
    }
    return verdict
  }

  private func broken(_ number: FeedNumber, _ fault: AuditVerdict.Fault, resource: String) throws -> AuditVerdict {
    var verdict = verdict
    let slug = try String.fetchOne(db, sql: "SELECT slug FROM event WHERE id = ?", arguments: [number.event])
    verdict.broken = AuditVerdict.Broken(sequence: number.value, fault: fault, event: slug, resource: resource)
    return verdict
  }
}

extension SQLiteStore {
  /// Checks the trail and the ledger of a store's file, whether a server runs on it or not; writes nothing.
  ///
  /// - Parameter progress: Told now and then how far it is; may throw to stop.
  /// - Returns: Nil where the file is no store of Lanyard's, or one of a version that had no trail.
  package static func verify(
    fileAt path: String,
    progress: @escaping (AuditVerdict) throws -> Void = { _ in }
  ) throws(StoreError) -> AuditVerdict? {
    do {
      return try DatabaseQueue(path: path, configuration: .readOnly("lanyard.verify")).read { db in
        guard try db.tableExists("change") else { return nil }
        var check = try TrailCheck(db, progress: progress)
        return try check.run()
      }
    } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) {
      return nil
    } catch {
      throw StoreError.translated(error)
    }
  }
}
