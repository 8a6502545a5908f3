/// One passage of a person that is on record: an admission or a way out.
package struct Passage: Hashable, Sendable {
  /// Which way somebody went.
  package enum Way: Sendable {
    case into, out
  }

  /// Number of the scan in the ledger.
  package let scan: Int64
  package let way: Way
  package let checkpoint: Key<Checkpoint>
  /// The session that the door led to, where it did.
  package let session: Key<Session>?
  package let moment: Instant
  /// Whether an operator let the person in against a refusal.
  package let isOverride: Bool

  package init(
    scan: Int64,
    way: Way,
    checkpoint: Key<Checkpoint>,
    session: Key<Session>?,
    moment: Instant,
    isOverride: Bool
  ) {
    self.scan = scan
    self.way = way
    self.checkpoint = checkpoint
    self.session = session
    self.moment = moment
    self.isOverride = isOverride
  }
}

/// What a person's passages come to, in the order in which they happened, whatever order they became known in: lanes that
/// were offline tell late, and a mistake is taken back.
package struct PassageHistory: Sendable {
  /// Two admissions of one person with no way out between them.
  package struct Conflict: Hashable, Sendable {
    /// The scans in the order in which they happened.
    package let earlier: Int64
    package let later: Int64

    package init(earlier: Int64, later: Int64) {
      self.earlier = earlier
      self.later = later
    }
  }

  package let presences: [Presence]
  package let tallies: [AdmissionFold.TallyKey: Int]
  package let conflicts: [Conflict]

  /// - Parameter passages: In any order; those at checkpoints that are not in the plan are passed over.
  package init(_ passages: [Passage], of registration: Key<Registration>, plan: VenuePlan) {
    var fold = AdmissionFold()
    var scans: [Key<Checkpoint>: Int64] = [:]
    var conflicts: [Conflict] = []
    for passage in passages.sorted(by: { ($0.moment, $0.scan) < ($1.moment, $1.scan) }) {
      guard let door = plan.door(of: passage) else { continue }
      let before = fold.follow(passage.way, of: registration, door: door, plan: plan, at: passage.moment)
      if let before, !passage.isOverride, let earlier = scans[before.checkpoint] {
        conflicts.append(Conflict(earlier: earlier, later: passage.scan))
      }
      if passage.way == .into { scans[passage.checkpoint] = passage.scan }
    }
    presences = fold.presences(of: registration)
    tallies = fold.tallyChanges
    self.conflicts = conflicts
  }
}

extension VenuePlan {
  /// The door as it was at a passage; the session stays the one that it led to then, even if it was moved since.
  fileprivate func door(of passage: Passage) -> Door? {
    guard var door = door(passage.checkpoint, now: passage.moment) else { return nil }
    if let session = passage.session.flatMap({ session($0, at: passage.checkpoint) }) {
      door.period = session.session.span.lowerBound
    }
    return door
  }
}
