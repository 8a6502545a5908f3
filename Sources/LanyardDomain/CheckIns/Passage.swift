/// One passage of a person that is on record: an admission or a way out.
package struct Passage: Hashable, Sendable {
  /// Number of the scan in the ledger.
  package let scan: Int64
  package let way: Direction
  package let checkpoint: Key<Checkpoint>
  /// The session that the door led to, where it did.
  package let session: Key<Session>?
  package let moment: Instant
  /// Whether an operator let the person in against a refusal.
  package let isOverride: Bool
  /// Whether a lane decided it by itself: it became known later than the passages of the server.
  package let isOffline: Bool
  /// Whether a turnstile only read the badge again: nobody passed.
  package let isDoubleReading: Bool

  package init(
    scan: Int64,
    way: Direction,
    checkpoint: Key<Checkpoint>,
    session: Key<Session>?,
    moment: Instant,
    isOverride: Bool,
    isOffline: Bool = false,
    isDoubleReading: Bool = false
  ) {
    self.scan = scan
    self.way = way
    self.checkpoint = checkpoint
    self.session = session
    self.moment = moment
    self.isOverride = isOverride
    self.isOffline = isOffline
    self.isDoubleReading = isDoubleReading
  }
}

/// What a person's passages come to, in the order in which they happened, whatever order they became known in: lanes that
/// were offline tell late, and a mistake is taken back. Those of the server follow one another as it recorded them, even
/// if its clock was set back in between; what a lane decided by itself is placed among them by its time.
package struct PassageHistory: Sendable {
  /// Two admissions of one person with no way out between them.
  package struct Conflict: Hashable, Sendable {
    /// Numbers of the scans in the order in which they happened.
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
  package let last: LastPassage?

  /// - Parameters:
  ///   - passages: In any order; those at checkpoints that are not in the plan are passed over.
  ///   - end: Leaves out what happened later.
  package init(
    _ passages: [Passage],
    of registration: Key<Registration>,
    plan: VenuePlan,
    until end: Instant? = nil
  ) {
    var fold = AdmissionFold()
    fold.load(nil, of: registration)
    var scans: [Key<Checkpoint>: Int64] = [:]
    var conflicts: [Conflict] = []
    for passage in Self.inOrder(passages, until: end) {
      if let before = fold.follow(passage, of: registration, plan: plan), let earlier = scans[before.checkpoint] {
        conflicts.append(Conflict(earlier: earlier, later: passage.scan))
      }
      if passage.way == .into, !passage.isDoubleReading { scans[passage.checkpoint] = passage.scan }
    }
    presences = fold.presences(of: registration)
    tallies = fold.tallyChanges
    last = fold.lastPassage(of: registration)
    self.conflicts = conflicts
  }

  static func inOrder(_ passages: [Passage], until end: Instant?) -> [Passage] {
    var placed = passages.filter(\.isOffline).map { (moment: $0.moment, passage: $0) }
    var latest: Instant?
    for passage in passages.filter({ !$0.isOffline }).sorted(by: { $0.scan < $1.scan }) {
      let moment = latest.map { max($0, passage.moment) } ?? passage.moment
      latest = moment
      placed.append((moment, passage))
    }
    if let end { placed.removeAll { $0.moment > end } }
    return placed.sorted { ($0.moment, $0.passage.scan) < ($1.moment, $1.passage.scan) }.map(\.passage)
  }
}

extension AdmissionFold {
  /// Takes in a passage that is on record; returns the presence that it is in conflict with. One at a checkpoint that the
  /// plan has not is passed over.
  mutating func follow(
    _ passage: Passage,
    of registration: Key<Registration>,
    plan: VenuePlan
  ) -> Presence? {
    guard let door = plan.door(of: passage) else { return nil }
    if passage.isDoubleReading {
      readAgain(passage.way, of: registration, at: door.key, passage.moment)
      return nil
    }
    let before = follow(passage.way, of: registration, door: door, plan: plan, at: passage.moment)
    return passage.isOverride ? nil : before
  }

  /// Takes in a passage after all others that are known.
  ///
  /// - Returns: False where it is in conflict with one of them; then this fold is of no use any more.
  package mutating func goOn(_ passage: Passage, of registration: Key<Registration>, plan: VenuePlan) -> Bool {
    follow(passage, of: registration, plan: plan) == nil
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
