import GRDB
import LanyardDomain

/// The ledger of scans: finds what is recorded and adds to it.
struct ScanLedger {
  /// A scan that was recorded before, found by its id.
  struct Found {
    let sequence: Int64
    let fingerprint: Int64
  }

  private let db: Database
  private let byID: HotStatement
  private let insert: HotStatement

  init(_ db: Database) throws {
    self.db = db
    byID = try HotStatement("SELECT sequence, fingerprint FROM scan WHERE id_high = ? AND id_low = ?", db)
    insert = try HotStatement(
      """
      INSERT INTO scan (sequence, id_high, id_low, fingerprint, event_id, checkpoint_id, session_id, badge_id, direction,
        answer, reason, was_inside, earlier_checkpoint_id, earlier_admitted_at, opens_at, admitted_here, scanned_at,
        received_at, reporter)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      db
    )
  }

  func find(_ id: UUIDBytes) throws -> Found? {
    try byID.bind {
      $0.add(Int64(bitPattern: id.high))
      $0.add(Int64(bitPattern: id.low))
    }
    defer { byID.reset() }
    return try byID.step() ? Found(sequence: byID.int64(0), fingerprint: byID.int64(1)) : nil
  }

  /// A new scan with its answer, as it will be on record.
  func recorded(
    _ scan: SubmittedScan,
    decision: Decision,
    direction: Direction,
    door: Door,
    plan: VenuePlan,
    attendee: RecordedScan.Attendee?,
    now: Instant
  ) -> RecordedScan {
    let refusal = decision.refusal
    return RecordedScan(
      id: scan.id,
      checkpoint: scan.checkpoint,
      timeZone: door.checkpoint.timeZone,
      answer: RecordedScan.Answer(decision),
      direction: direction,
      attendee: attendee,
      session: door.session?.session.id,
      scannedAt: scan.scannedAt,
      receivedAt: now,
      earlier: refusal?.earlier.flatMap { earlier(at: $0.checkpoint, $0.admittedAt, plan) },
      opensAt: refusal?.opensAt,
      admittedHere: refusal?.admittedHere ?? []
    )
  }

  func add(
    _ recorded: RecordedScan,
    decision: Decision,
    scan: SubmittedScan,
    door: Door,
    badge: Int64?,
    sequence: Int64
  ) throws {
    let earlier = decision.refusal?.earlier
    try insert.bind {
      $0.add(sequence)
      $0.add(Int64(bitPattern: scan.id.high))
      $0.add(Int64(bitPattern: scan.id.low))
      $0.add(scan.fingerprint)
      $0.add(door.event.rawValue)
      $0.add(door.key.rawValue)
      $0.add(door.session?.key.rawValue)
      $0.add(badge)
      $0.add(recorded.direction.rawValue)
      $0.add(decision.answerName)
      $0.add(decision.refusal?.reason.rawValue)
      $0.add(decision.wasInside.map { $0 ? 1 : 0 })
      $0.add(earlier?.checkpoint.rawValue)
      $0.add(earlier?.admittedAt.microseconds)
      $0.add(recorded.opensAt?.microseconds)
      $0.add(Self.list(recorded.admittedHere))
      $0.add(scan.scannedAt.microseconds)
      $0.add(recorded.receivedAt.microseconds)
      $0.add(scan.reporter)
    }
    try insert.run()
  }

  /// A scan that is on record, with the answer that it got.
  func recorded(_ found: Found, plans: PlanCache.Plans) throws -> RecordedScan {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT scan.*, session.public_id AS session_public_id FROM scan
          LEFT JOIN session ON session.id = scan.session_id WHERE sequence = ?
          """
      ),
      arguments: [found.sequence]
    )
    guard let row, let plan = plans.byEvent[Key(row["event_id"])],
      let checkpoint = plan.checkpoints[Key(row["checkpoint_id"])]
    else { throw StoreError.failed(code: -1) }
    let reason = (row["reason"] as String?).flatMap(RefusalReason.init)
    let badge = try (row["badge_id"] as Int64?).flatMap { try BadgeLookup.find(badge: $0, db) }
    let earlierAt = (row["earlier_admitted_at"] as Int64?).map(Instant.init(microseconds:))
    return RecordedScan(
      id: UUIDBytes(high: UInt64(bitPattern: row["id_high"]), low: UInt64(bitPattern: row["id_low"])),
      checkpoint: CheckpointAddress(event: plan.event.slug, checkpoint: checkpoint.id),
      timeZone: checkpoint.timeZone,
      answer: RecordedScan.Answer(name: row["answer"], reason: reason, wasInside: row["was_inside"]),
      direction: Direction(rawValue: row["direction"]) ?? .into,
      attendee: badge?.attendee(at: plan.eventKey),
      session: row["session_public_id"],
      scannedAt: Instant(microseconds: row["scanned_at"]),
      receivedAt: Instant(microseconds: row["received_at"]),
      earlier: earlierAt.flatMap { at in
        (row["earlier_checkpoint_id"] as Int64?).flatMap { earlier(at: Key($0), at, plan) }
      },
      opensAt: (row["opens_at"] as Int64?).map(Instant.init(microseconds:)),
      admittedHere: Self.items(row["admitted_here"])
    )
  }

  /// A list as one column has it, one item a line; nil where it is empty.
  private static func list(_ items: [String]) -> String? {
    items.isEmpty ? nil : items.joined(separator: "\n")
  }

  private static func items(_ list: String?) -> [String] {
    list?.split(separator: "\n").map(String.init) ?? []
  }

  private func earlier(
    at key: Key<Checkpoint>,
    _ admittedAt: Instant,
    _ plan: VenuePlan
  ) -> RecordedScan.Earlier? {
    plan.checkpoints[key].map {
      RecordedScan.Earlier(checkpoint: $0.id, displayName: $0.displayName, admittedAt: admittedAt)
    }
  }
}

extension Decision {
  fileprivate var refusal: Refusal? {
    if case .refused(let refusal) = self { refusal } else { nil }
  }

  fileprivate var wasInside: Bool? {
    if case .left(let wasInside) = self { wasInside } else { nil }
  }

  /// The answer as the `scan` table has it.
  fileprivate var answerName: String {
    switch self {
    case .admitted: "ADMITTED"
    case .left: "LEFT"
    case .refused: "REFUSED"
    }
  }
}

extension RecordedScan.Answer {
  fileprivate init(_ decision: Decision) {
    switch decision {
    case .admitted: self = .admitted
    case .left(let wasInside): self = .left(wasInside: wasInside)
    case .refused(let refusal): self = .refused(refusal.reason)
    }
  }

  fileprivate init(name: String, reason: RefusalReason?, wasInside: Bool?) {
    switch (name, reason) {
    case ("REFUSED", let reason?): self = .refused(reason)
    case ("LEFT", _): self = .left(wasInside: wasInside ?? false)
    default: self = .admitted
    }
  }
}
