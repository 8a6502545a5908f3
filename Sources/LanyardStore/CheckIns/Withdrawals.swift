package import LanyardDomain

/// Scans that were taken back before they were on record, because their answer came too late: one that still comes in is
/// not recorded. Only what may still be under way is remembered, and only for the device that made the scan.
package struct Withdrawals {
  /// The most of one device that are remembered: as many scans as one stream may have under way.
  package static let limit = 512
  /// How long each is remembered.
  private static let age = UndoRequest.ownTime

  /// Whether any is remembered: only then is anything looked up for a scan.
  package static let selection = SQL("SELECT 1 FROM withdrawn_scan WHERE withdrawn_at > ? LIMIT 1")
  private static let ofReporter = SQL("SELECT 1 FROM withdrawn_scan WHERE reporter = ? LIMIT 1")
  private static let ofScan = SQL(
    "SELECT 1 FROM withdrawn_scan WHERE reporter = ? AND id_high = ? AND id_low = ? AND withdrawn_at > ?"
  )
  /// Of one device: others are of events whose rows this transaction does not have.
  private static let ageing = SQL("DELETE FROM withdrawn_scan WHERE reporter = ? AND withdrawn_at <= ?")
  private static let addition = SQL(
    """
    INSERT INTO withdrawn_scan (reporter, id_high, id_low, withdrawn_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
    """
  )
  private static let limiting = SQL(
    """
    DELETE FROM withdrawn_scan WHERE reporter = ?1 AND number NOT IN (
      SELECT number FROM withdrawn_scan WHERE reporter = ?1 ORDER BY number DESC LIMIT ?2)
    """
  )

  private let session: any SQLSession
  /// What was withdrawn up to then is forgotten.
  private let horizon: Instant
  private let isEmpty: Bool
  /// Whether a device has any, as far as it was asked for.
  private var known: [String: Bool] = [:]

  package init(_ session: any SQLSession, now: Instant) throws {
    self.session = session
    horizon = now - Self.age
    isEmpty = try !session.has(Self.selection, [horizon])
  }

  /// Whether a scan that is not on record was taken back, so that it is not recorded any more.
  package mutating func contains(_ scan: SubmittedScan) throws -> Bool {
    guard !isEmpty, try hasAny(of: scan.reporter.id) else { return false }
    return try session.has(Self.ofScan, [scan.reporter.id, scan.id.halves.high, scan.id.halves.low, horizon])
  }

  private mutating func hasAny(of reporter: String) throws -> Bool {
    if let answer = known[reporter] { return answer }
    let answer = try session.has(Self.ofReporter, [reporter])
    known[reporter] = answer
    return answer
  }

  /// Remembers that a scan was taken back, and forgets those that are too old or too many.
  static func add(_ request: UndoRequest, at now: Instant, _ session: any SQLSession) throws {
    try session.run(ageing, [request.reporter.id, now - age])
    try session.run(addition, [request.reporter.id, request.scan.halves.high, request.scan.halves.low, now])
    try session.run(limiting, [request.reporter.id, limit])
  }
}
