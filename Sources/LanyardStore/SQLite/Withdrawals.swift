import GRDB
import LanyardDomain

/// Scans that were taken back before they were on record, because their answer came too late: one that still comes in is
/// not recorded. Only what may still be under way is remembered, and only for the device that made the scan.
package struct Withdrawals {
  /// The most of one device that are remembered: as many scans as one stream may have under way.
  package static let limit = 512
  /// How long each is remembered.
  static let age = UndoRequest.ownTime

  /// Whether any is remembered: only then is anything looked up for a scan.
  static let selection = "SELECT EXISTS (SELECT 1 FROM withdrawn_scan WHERE withdrawn_at > ?)"

  private let db: Database
  /// What was withdrawn up to then is forgotten.
  private let horizon: Int64
  private let isEmpty: Bool
  /// Whether a device has any, as far as it was asked for.
  private var known: [String: Bool] = [:]

  init(_ db: Database, now: Instant) throws {
    self.db = db
    horizon = (now - Self.age).microseconds
    isEmpty = try Bool.fetchOne(db.cachedStatement(sql: Self.selection), arguments: [horizon]) != true
  }

  /// Whether a scan that is not on record was taken back, so that it is not recorded any more.
  mutating func contains(_ scan: SubmittedScan) throws -> Bool {
    guard !isEmpty, try hasAny(of: scan.reporter) else { return false }
    let statement = try db.cachedStatement(
      sql: """
        SELECT EXISTS (SELECT 1 FROM withdrawn_scan
          WHERE reporter = ? AND id_high = ? AND id_low = ? AND withdrawn_at > ?)
        """
    )
    let (high, low) = (Int64(bitPattern: scan.id.high), Int64(bitPattern: scan.id.low))
    return try Bool.fetchOne(statement, arguments: [scan.reporter, high, low, horizon]) == true
  }

  private mutating func hasAny(of reporter: String) throws -> Bool {
    if let answer = known[reporter] { return answer }
    let statement = try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM withdrawn_scan WHERE reporter = ?)")
    let answer = try Bool.fetchOne(statement, arguments: [reporter]) == true
    known[reporter] = answer
    return answer
  }

  /// Remembers that a scan was taken back, and forgets those that are too old or too many.
  static func add(_ request: UndoRequest, at now: Instant, _ db: Database) throws {
    try db.execute(
      sql: "DELETE FROM withdrawn_scan WHERE withdrawn_at <= ?",
      arguments: [(now - age).microseconds]
    )
    let (high, low) = (Int64(bitPattern: request.scan.high), Int64(bitPattern: request.scan.low))
    try db.execute(
      sql: "INSERT OR IGNORE INTO withdrawn_scan (reporter, id_high, id_low, withdrawn_at) VALUES (?, ?, ?, ?)",
      arguments: [request.reporter, high, low, now.microseconds]
    )
    try db.execute(
      sql: """
        DELETE FROM withdrawn_scan WHERE reporter = ?1 AND number NOT IN (
          SELECT number FROM withdrawn_scan WHERE reporter = ?1 ORDER BY number DESC LIMIT ?2)
        """,
      arguments: [request.reporter, limit]
    )
  }
}
