import GRDB
import LanyardDomain
import LanyardStore

/// Reads the whole ledger in its order, row by row, as the trail hashes it.
struct LedgerReader {
  /// A scan as it is hashed.
  struct Scan {
    let number: FeedNumber
    let row: CanonicalRow
  }

  private let rows: HotStatement

  init(_ db: Database) throws {
    let hasParticipations = try db.columns(in: "scan").contains { $0.name == "admitted_participations" }
    rows = try HotStatement(ScanDigest.selection(hasParticipations: hasParticipations), db)
  }

  /// The next scan; nil where there is none any more.
  func next() throws -> Scan? {
    guard try rows.step() else {
      rows.reset()
      return nil
    }
    let number = FeedNumber(key: rows.int64(0))
    var row = CanonicalRow()
    row.begin(ScanDigest.domain)
    row.add(number.value)
    let last = rows.columnCount - 1
    for column in 1...last where column < last || !rows.isNull(column) {
      if rows.isNull(column) {
        row.add(nil as Int64?)
      } else if rows.isText(column) {
        row.add(rows.string(column))
      } else {
        row.add(rows.int64(column))
      }
    }
    return Scan(number: number, row: row)
  }

  func each(_ body: (Scan) throws -> Void) throws {
    defer { rows.reset() }
    while let scan = try next() { try body(scan) }
  }
}
