/// Decides on one batch of what a lane did while it was offline. That is a fact: it is recorded as the lane answered it,
/// and where the rules answer otherwise, with all that is known now, a conflict is recorded beside it. Facts in, effects out.
package struct UploadFold: Sendable {
  /// What a decision on one entry needs to know.
  package struct Facts: Sendable {
    package let reading: BadgeReading
    /// The checkpoint as it was when it happened.
    package let door: Door
    package let isBooked: Bool
    /// Where the person stood when it happened; asked where `OfflineScan.Answered.asksStanding` says so.
    package let standing: Standing?
    /// People inside now, at each checkpoint of the door's area; asked where an operator let somebody in.
    package let inside: [AdmissionFold.OccupancyKey: Int]

    package init(
      reading: BadgeReading,
      door: Door,
      isBooked: Bool,
      standing: Standing?,
      inside: [AdmissionFold.OccupancyKey: Int]
    ) {
      self.reading = reading
      self.door = door
      self.isBooked = isBooked
      self.standing = standing
      self.inside = inside
    }
  }

  /// What follows from an entry.
  package struct Effects: Equatable, Sendable {
    /// As it is recorded.
    package let verdict: Verdict
    /// Why the rules refuse whom the lane let in; two admissions of one person are found by all their passages.
    package let conflict: RefusalReason?
    /// Whether somebody passed by what who reports it may not do now.
    package let isWithoutRight: Bool
    /// What it counts as, where the lane refused somebody.
    package let tally: AdmissionFold.TallyKey?
    /// Whose passage it is, where it is one of somebody of this event.
    package let passage: Passage?
    package let passenger: Key<Registration>?
  }

  /// Checkpoints whose people are limited together, in one day or session.
  package struct LimitedArea: Hashable, Sendable {
    package let event: Key<Event>
    package let checkpoints: [Key<Checkpoint>]
    package let period: Instant
  }

  /// Who was let in where only so many may be inside, in the order of the batch.
  private var limited: [(area: LimitedArea, scan: Int64, capacity: Int)] = []

  package init() {}

  /// Decides on an entry.
  ///
  /// - Parameter number: The number of its scan in the ledger.
  package mutating func take(_ entry: OfflineScan.Answered, as number: Int64, _ facts: Facts) -> Effects {
    let (door, ruled) = (facts.door, Self.ruled(entry, facts))
    let verdict = Verdict(
      decision: Decision(shown: entry.answer, ruled: ruled.decision),
      direction: ruled.direction,
      overridden: entry.scan.override == nil ? nil : ruled.overridden,
      isDoubleReading: ruled.isDoubleReading && entry.isPassage
    )
    guard let way = entry.way else {
      var tally: AdmissionFold.TallyKey?
      if case .refused(let reason) = entry.answer {
        tally = AdmissionFold.TallyKey(checkpoint: door.key, day: door.day.number, counted: .refused(reason))
      }
      return Effects(
        verdict: verdict,
        conflict: nil,
        isWithoutRight: false,
        tally: tally,
        passage: nil,
        passenger: nil
      )
    }
    var conflict: RefusalReason?
    if case .refused(let refusal) = ruled.decision, way == .into, refusal.reason != .alreadyInside {
      conflict = refusal.reason
    }
    if way == .into, verdict.overridden == nil, !verdict.isDoubleReading, let capacity = door.capacity {
      let area = LimitedArea(event: door.event, checkpoints: door.area, period: door.period)
      limited.append((area, number, capacity))
    }
    var passenger: Key<Registration>?
    if case .recorded(let holder) = facts.reading, holder.event == door.event { passenger = holder.registration }
    let passage = Passage(
      scan: number,
      way: way,
      checkpoint: door.key,
      session: door.session?.key,
      moment: entry.happenedAt,
      isOverride: verdict.overridden != nil,
      isOffline: true,
      isDoubleReading: verdict.isDoubleReading
    )
    return Effects(
      verdict: verdict,
      conflict: conflict,
      // Whom the rules let in all the same needed nobody's override.
      isWithoutRight: entry.missingRights.contains { $0 == .searching || verdict.overridden != nil },
      tally: nil,
      passage: passenger == nil ? nil : passage,
      passenger: passenger
    )
  }

  /// Where the batch let somebody in and only so many may be inside.
  package var limitedAreas: [LimitedArea] {
    limited.map(\.area).reduce(into: []) { areas, area in
      if !areas.contains(area) { areas.append(area) }
    }
  }

  /// The last of the batch's admissions by which more people are inside than may be; who came and left again, or whose
  /// session is over, is not among those inside.
  ///
  /// - Parameter inside: People inside after the batch.
  /// - Returns: Numbers of the scans.
  package func overfull(_ area: LimitedArea, inside: Int) -> [Int64] {
    let admissions = limited.filter { $0.area == area }
    guard let capacity = admissions.first?.capacity else { return [] }
    return admissions.suffix(max(0, inside - capacity)).map(\.scan)
  }

  /// What the rules say of an entry, with the person's other passages up to then.
  private static func ruled(_ entry: OfflineScan.Answered, _ facts: Facts) -> Verdict {
    var fold = AdmissionFold()
    if case .recorded(let holder) = facts.reading, let standing = facts.standing {
      fold.load(standing.presences, of: holder.registration)
      fold.load(standing.last, of: holder.registration)
    }
    // Whether there were too many is found out at the end, from all that the batch changes; only who let somebody in
    // although the lane said that it was full is taken at their word.
    for checkpoint in facts.door.area {
      let key = AdmissionFold.OccupancyKey(checkpoint: checkpoint, period: facts.door.period)
      fold.load(entry.scan.override == nil ? 0 : facts.inside[key, default: 0], at: key)
    }
    func decide(_ direction: Direction?) -> Verdict {
      fold.decide(
        facts.reading,
        direction: direction,
        isBooked: { _ in facts.isBooked },
        overriding: entry.scan.override != nil,
        door: facts.door,
        plan: nil,
        now: entry.happenedAt
      )
    }
    guard let way = entry.way else { return decide(entry.scan.direction) }
    if entry.scan.direction == nil, facts.door.isTurnstile {
      let asked = decide(nil)
      if asked.isDoubleReading, asked.direction == way { return asked }
    }
    return decide(way)
  }
}

extension OfflineScan.Answered {
  /// Which way somebody passed; nil where they were refused.
  package var way: Direction? { answer.kind.way }

  /// Whether somebody passed.
  package var isPassage: Bool { way != nil }

  /// Whose standing a decision needs; nil where it needs none. Why somebody was refused is for the lane to say: then it only
  /// matters which way they were going.
  package func asksStanding(_ reading: BadgeReading, at door: Door) -> Key<Registration>? {
    guard case .recorded(let holder) = reading, holder.event == door.event, isPassage || door.isTurnstile else {
      return nil
    }
    return holder.registration
  }

  /// The entry not before what the same device let the badge pass for earlier, by its own clock: how long it is ago says too
  /// much where the server's clock was set back or did not run meanwhile, or the way of one upload was longer than another's.
  ///
  /// - Parameter own: When the last of those passages happened; nil where there is none.
  package func inOrder(after own: Instant?) -> OfflineScan.Answered {
    guard isPassage, let own, own > happenedAt else { return self }
    return OfflineScan.Answered(
      scan: scan,
      answer: answer,
      happenedAt: own,
      notInRoster: notInRoster,
      missingRights: missingRights
    )
  }
}

extension Decision {
  /// What an operator was shown, as a decision; whether who left was inside, the server knows better.
  fileprivate init(shown answer: RecordedScan.Answer, ruled: Decision) {
    self = answer.mapRefusal { Refusal($0) }
    if case .left = answer { self = .left(wasInside: ruled.wasInside ?? false) }
  }
}
