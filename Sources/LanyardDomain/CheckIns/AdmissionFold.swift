/// A batch of scans decided one after the other, each seeing what those before it did. A pure fold: what it needs is
/// loaded into it, and what it changed is read out of it.
package struct AdmissionFold: Sendable {
  /// A checkpoint in one day or session, whose people are counted together.
  package struct OccupancyKey: Hashable, Sendable {
    package let checkpoint: Key<Checkpoint>
    package let period: Instant

    package init(checkpoint: Key<Checkpoint>, period: Instant) {
      self.checkpoint = checkpoint
      self.period = period
    }
  }

  /// Something counted at a checkpoint on one day.
  package struct TallyKey: Hashable, Sendable {
    package let checkpoint: Key<Checkpoint>
    package let day: Int
    package let counted: Counted

    package init(checkpoint: Key<Checkpoint>, day: Int, counted: Counted) {
      self.checkpoint = checkpoint
      self.day = day
      self.counted = counted
    }
  }

  /// What the tallies of a day count.
  package enum Counted: Hashable, Sendable {
    /// People admitted, each once.
    case admitted
    /// Times that people left.
    case left
    /// Scans refused for a reason.
    case refused(RefusalReason)
  }

  /// A person's presence at one checkpoint.
  package struct PresenceKey: Hashable, Sendable {
    package let registration: Key<Registration>
    package let checkpoint: Key<Checkpoint>

    package init(registration: Key<Registration>, checkpoint: Key<Checkpoint>) {
      self.registration = registration
      self.checkpoint = checkpoint
    }
  }

  private var presences: [Key<Registration>: [Presence]] = [:]
  private var occupancy: [OccupancyKey: Int] = [:]
  /// Followed for those only for whom it was loaded: most doors do not look at it.
  private var lastPassages: [Key<Registration>: LastPassage?] = [:]
  package private(set) var changedPresences: [PresenceKey: Presence] = [:]
  package private(set) var occupancyChanges: [OccupancyKey: Int] = [:]
  package private(set) var tallyChanges: [TallyKey: Int] = [:]

  package init() {}

  package func hasPresences(of registration: Key<Registration>) -> Bool { presences[registration] != nil }

  package mutating func load(_ loaded: [Presence], of registration: Key<Registration>) {
    presences[registration] = loaded
  }

  package func hasLastPassage(of registration: Key<Registration>) -> Bool { lastPassages[registration] != nil }

  /// - Parameter last: Nil where there was none, or none lately.
  package mutating func load(_ last: LastPassage?, of registration: Key<Registration>) {
    lastPassages[registration] = .some(last)
  }

  /// Where and how a person passed last, as far as this fold has loaded and followed it.
  package func lastPassage(of registration: Key<Registration>) -> LastPassage? { lastPassages[registration] ?? nil }

  package func hasOccupancy(of key: OccupancyKey) -> Bool { occupancy[key] != nil }

  package mutating func load(_ inside: Int, at key: OccupancyKey) {
    occupancy[key] = inside + occupancyChanges[key, default: 0]
  }

  /// People inside the door's area, as far as this fold has loaded it.
  package func inside(_ door: Door) -> Int {
    door.area.reduce(0) { sum, checkpoint in
      sum + (occupancy[OccupancyKey(checkpoint: checkpoint, period: door.period)] ?? 0)
    }
  }

  /// Decides one scan and takes in what it changes; `plan`, which `door` was made from, says what a person leaves by
  /// entering or going out.
  ///
  /// - Parameters:
  ///   - isBooked: Whether the person is booked for a door; asked only of those that require it.
  ///   - overriding: Admits a person whose badge is on record whatever stands against it.
  ///   - isMissedExit: Whether an operator says that the person is outside without a scan, and lets them in next: who would
  ///     not be let in is not let out either.
  ///   - missedExitAfter: When the person was admitted of whom an operator says that they went out without a scan: who has been
  ///     admitted since is inside.
  package mutating func admit(
    _ reading: BadgeReading,
    direction: Direction?,
    isBooked: (Door) throws -> Bool,
    overriding: Bool = false,
    isMissedExit: Bool = false,
    missedExitAfter: Instant? = nil,
    door: Door,
    plan: VenuePlan,
    now: Instant
  ) rethrows -> Verdict {
    let verdict = try decide(
      reading,
      direction: direction,
      isBooked: isBooked,
      overriding: overriding,
      isMissedExit: isMissedExit,
      missedExitAfter: missedExitAfter,
      door: door,
      plan: plan,
      now: now
    )
    let decision = verdict.decision
    if verdict.isDoubleReading {
      if case .recorded(let holder) = reading {
        readAgain(verdict.direction, of: holder.registration, at: door.key, now)
      }
      return verdict
    }
    switch (decision, reading) {
    case (.admitted, .recorded(let holder)):
      enter(holder.registration, door: door, plan: plan, now: now)
    case (.left, .recorded(let holder)):
      leave(holder.registration, door: door, plan: plan, now: now)
      count(.left, at: door)
    case (.refused(let refusal), _):
      count(.refused(refusal.reason), at: door)
    case (.admitted, _), (.left, _):
      break
    }
    return verdict
  }

  /// Decides one scan as `admit` would, and changes nothing.
  ///
  /// - Parameter plan: Says what would help who is refused; nil where nobody is told.
  package func decide(
    _ reading: BadgeReading,
    direction: Direction?,
    isBooked: (Door) throws -> Bool,
    overriding: Bool = false,
    isMissedExit: Bool = false,
    missedExitAfter: Instant? = nil,
    door: Door,
    plan: VenuePlan?,
    now: Instant
  ) rethrows -> Verdict {
    var known: [Presence] = []
    var last: LastPassage?
    if case .recorded(let holder) = reading {
      known = presences[holder.registration] ?? []
      if door.isTurnstile { last = lastPassage(of: holder.registration) }
    }
    let admission = Admission(
      reading: reading,
      direction: direction,
      door: door,
      presences: known,
      inside: door.capacity == nil ? 0 : inside(door),
      isBooked: try door.requiresBooking && isBooked(door),
      last: last,
      now: now
    )
    let (decision, way) = (admission.decide(), admission.resolvedDirection)
    if overriding, case .refused(let refusal) = decision, case .recorded(let holder) = reading,
      holder.event == door.event
    {
      return Verdict(decision: .admitted, direction: way, overridden: refusal.reason)
    }
    if let missedExitAfter, case .left = decision,
      known.contains(where: { $0.isInside && door.counts($0) && $0.admittedAt > missedExitAfter })
    {
      let inside = try decide(reading, direction: .into, isBooked: isBooked, door: door, plan: plan, now: now)
      if let refusal = inside.decision.refusal, refusal.reason == .alreadyInside {
        return Verdict(decision: inside.decision, direction: way, overridden: nil)
      }
    }
    if isMissedExit, let plan, case .left = decision, case .recorded(let holder) = reading,
      let refused = try refusedBack(holder, isBooked: isBooked, door: door, plan: plan, now: now)
    {
      return Verdict(decision: refused, direction: way, overridden: nil)
    }
    let isDouble = last != nil && admission.isDoubleReading
    return Verdict(
      decision: try plan.map {
        try decision.helped($0, reading, at: door, now, self, isBooked: isBooked)
      } ?? decision,
      direction: way,
      overridden: nil,
      isDoubleReading: isDouble
    )
  }

  /// Why somebody who goes out now is not let in again at once; nil where they are.
  private func refusedBack(
    _ holder: BadgeHolder,
    isBooked: (Door) throws -> Bool,
    door: Door,
    plan: VenuePlan,
    now: Instant
  ) rethrows -> Decision? {
    var outside = self
    outside.leave(holder.registration, door: door, plan: plan, now: now)
    let back = try outside.decide(
      .recorded(holder),
      direction: .into,
      isBooked: isBooked,
      door: door,
      plan: plan,
      now: now
    )
    return back.decision.refusal == nil ? nil : back.decision
  }

  /// Takes in a passage that happened whatever the rules say; returns the presence that stood against it, where the
  /// person was inside already.
  package mutating func follow(
    _ way: Direction,
    of registration: Key<Registration>,
    door: Door,
    plan: VenuePlan,
    at moment: Instant
  ) -> Presence? {
    guard way == .into else {
      leave(registration, door: door, plan: plan, now: moment)
      count(.left, at: door)
      return nil
    }
    // Who need not scan out stands against nothing.
    let isAgain = door.checkpoint.reentry == .unscanned
    let before = isAgain ? nil : presences[registration]?.first { $0.isInside && door.counts($0) }
    enter(registration, door: door, plan: plan, now: moment)
    return before
  }

  /// Takes in that a turnstile read a badge again for the person's last passage; nothing where that was another one.
  package mutating func readAgain(
    _ way: Direction,
    of registration: Key<Registration>,
    at door: Key<Checkpoint>,
    _ moment: Instant
  ) {
    guard let last = lastPassage(of: registration)?.again(way, at: door, moment) else { return }
    load(last, of: registration)
  }

  /// Takes in a reading that let somebody pass, of which nobody has said whether a turnstile only read the badge again.
  package mutating func followReading(
    _ way: Direction,
    of registration: Key<Registration>,
    door: Door,
    plan: VenuePlan,
    at moment: Instant
  ) {
    if door.isTurnstile,
      let last = lastPassage(of: registration)?.again(way, at: door.key, moment)
    {
      load(last, of: registration)
    } else {
      // Whether it stands against another passage is for the server to say.
      _ = follow(way, of: registration, door: door, plan: plan, at: moment)
    }
  }

  /// Where a person stands, as far as this fold has loaded and changed it.
  package func presences(of registration: Key<Registration>) -> [Presence] { presences[registration] ?? [] }

  private mutating func enter(_ registration: Key<Registration>, door: Door, plan: VenuePlan, now: Instant) {
    if door.checkpoint.kind == .sessionDoor {
      leave(registration) { plan.checkpoints[$0.checkpoint]?.kind == .sessionDoor }
    }
    // Who left a zone or a room without being scanned is found out of it at the next door.
    leave(registration) { door.liesElsewhere($0, plan) }
    // Whom an operator lets in against the count is inside once all the same.
    leave(registration) { $0.checkpoint != door.key && door.counts($0) }
    let before = presences[registration]?.first { $0.checkpoint == door.key }
    if before?.day != door.day.number { count(.admitted, at: door) }
    if let before, before.isInside {
      // Forgot to leave in a former period: the presence is replaced, so it is no longer counted there.
      change(OccupancyKey(checkpoint: before.checkpoint, period: before.period), by: -1)
    }
    set(door.admission(after: before, at: now), of: registration)
    change(OccupancyKey(checkpoint: door.key, period: door.period), by: 1)
    passed(.into, registration, wasInside: false, door, now)
  }

  /// Who goes out of an entrance is out of everything behind it.
  private mutating func leave(_ registration: Key<Registration>, door: Door, plan: VenuePlan, now: Instant) {
    passed(.out, registration, wasInside: door.hasInside(presences[registration] ?? []), door, now)
    leave(registration) { presence in
      door.checkpoint.kind == .entrance || door.area.contains(presence.checkpoint)
        || door.liesElsewhere(presence, plan)
    }
  }

  private mutating func passed(
    _ way: Direction,
    _ registration: Key<Registration>,
    wasInside: Bool,
    _ door: Door,
    _ now: Instant
  ) {
    guard !lastPassages.isEmpty, hasLastPassage(of: registration) else { return }
    load(LastPassage(way: way, wasInside: wasInside, checkpoint: door.key, moment: now), of: registration)
  }

  private mutating func leave(_ registration: Key<Registration>, where leaves: (Presence) -> Bool) {
    for var presence in presences[registration] ?? [] where presence.isInside && leaves(presence) {
      presence.isInside = false
      set(presence, of: registration)
      change(OccupancyKey(checkpoint: presence.checkpoint, period: presence.period), by: -1)
    }
  }

  private mutating func set(_ presence: Presence, of registration: Key<Registration>) {
    var all = presences[registration] ?? []
    if let index = all.firstIndex(where: { $0.checkpoint == presence.checkpoint }) {
      all[index] = presence
    } else {
      all.append(presence)
    }
    presences[registration] = all
    changedPresences[PresenceKey(registration: registration, checkpoint: presence.checkpoint)] = presence
  }

  private mutating func change(_ key: OccupancyKey, by amount: Int) {
    occupancyChanges[key, default: 0] += amount
    if let inside = occupancy[key] { occupancy[key] = inside + amount }
  }

  private mutating func count(_ counted: Counted, at door: Door) {
    tallyChanges[TallyKey(checkpoint: door.key, day: door.day.number, counted: counted), default: 0] += 1
  }
}
