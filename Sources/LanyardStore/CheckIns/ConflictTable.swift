import LanyardDomain

/// The conflicts on record, within the caller's transaction. The trail tells of each that comes or goes.
struct ConflictTable {
  private static let addition = SQL(
    """
    INSERT INTO conflict (sequence, event_id, reason, scan_sequence, earlier_sequence, recorded_at) VALUES (?, ?, ?, ?, ?, ?)
    """
  )
  private static let removal = SQL("DELETE FROM conflict WHERE sequence = ?")
  private static let ofScan = SQL("SELECT sequence FROM conflict WHERE scan_sequence = ? AND reason = ?")
  private static let ofEither = SQL(
    "SELECT sequence, reason FROM conflict WHERE scan_sequence = ?1 OR earlier_sequence = ?1 ORDER BY sequence"
  )
  private static let takenBack = SQL("SELECT 1 FROM scan_undo WHERE scan_sequence IN (?, ?)")
  private static let selection = SQL("\(SignedConflict.selection) WHERE conflict.sequence = ?")

  private let session: any SQLSession
  private let trail: Trail
  private let now: Instant

  init(_ session: any SQLSession, _ trail: Trail, now: Instant) {
    (self.session, self.trail, self.now) = (session, trail, now)
  }

  /// Adds a conflict, unless a scan that it would end with is taken back.
  ///
  /// - Parameters:
  ///   - scan: Of two admissions the later one.
  ///   - earlier: Nil where it contradicts no other scan.
  func add(_ cause: ConflictCause, scan: Int64, earlier: Int64?, of event: Key<Event>) throws {
    if cause.endsWithItsScans, try session.has(Self.takenBack, [scan, earlier ?? scan]) { return }
    let number = try trail.feed.next(of: event.rawValue).key
    try session.run(Self.addition, [number, event.rawValue, cause.rawValue, scan, earlier, now])
    try trail.record(.recorded(try signed(number)))
  }

  /// Ends the conflict that a scan is in for a cause; false where there is none.
  func remove(_ cause: ConflictCause, scan: Int64) throws -> Bool {
    guard let key = try session.first(Self.ofScan, [scan, cause.rawValue], { try $0.integer(0) }) else { return false }
    try remove(key)
    return true
  }

  /// Ends the conflicts that end where a scan is taken back, as it is now.
  func settle(takenBack scan: Int64) throws {
    let conflicts = try session.all(Self.ofEither, [scan]) { row in
      (key: try row.integer(0), cause: try known(row.text(1), "conflict", "reason") as ConflictCause)
    }
    for conflict in conflicts where conflict.cause.endsWithItsScans { try remove(conflict.key) }
  }

  /// Ends a conflict.
  func remove(_ key: Int64) throws {
    let conflict = try signed(key)
    try session.run(Self.removal, [key])
    try trail.record(.settled(conflict))
  }

  private func signed(_ key: Int64) throws -> SignedConflict {
    let conflict = try session.first(Self.selection, [key]) { row in
      try trail.feed.slug(of: FeedNumber(key: key).event).map { try SignedConflict(row, of: $0) }
    }
    guard let conflict = conflict ?? nil else {
      throw StoreError.failed(.programmer, about: "a conflict is not on record or of no event")
    }
    return conflict
  }
}

extension SignedConflict {
  /// Selects what `init(_:of:)` reads.
  package static let selection = """
    SELECT conflict.sequence, conflict.event_id, conflict.reason, conflict.recorded_at, scan.id_high, scan.id_low,
      earlier.id_high, earlier.id_low
    FROM conflict JOIN scan ON scan.sequence = conflict.scan_sequence
    LEFT JOIN scan AS earlier ON earlier.sequence = conflict.earlier_sequence
    """

  /// From a row of the selection.
  ///
  /// - Parameter event: Slug of its event.
  package init(_ row: any SQLRow, of event: String) throws {
    self.init(
      id: FeedNumber(key: try row[0]).value,
      event: event,
      cause: try row[2],
      scan: try UUIDBytes(row, from: 4),
      earlier: row.isNull(6) ? nil : try UUIDBytes(row, from: 6),
      recordedAt: try row[3]
    )
  }
}
