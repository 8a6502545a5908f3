/// One scan with everything that its answer follows from; the same input gives the same answer on the server, on a lane
/// that is offline, and in an organiser's try-out.
package struct Admission: Sendable {
  package let reading: BadgeReading
  /// As the operator chose; nil leaves it to the checkpoint.
  package let direction: Direction?
  package let door: Door
  /// The person's presences at all checkpoints of the event.
  package let presences: [Presence]
  /// People inside the door's area now; looked at only where the door has a limit.
  package let inside: Int
  /// Whether the person is booked for the door; looked at only where that is required.
  package let isBooked: Bool
  /// The person's last passage; looked at only by turnstiles.
  package let last: LastPassage?
  package let now: Instant

  package init(
    reading: BadgeReading,
    direction: Direction?,
    door: Door,
    presences: [Presence],
    inside: Int,
    isBooked: Bool = false,
    last: LastPassage? = nil,
    now: Instant
  ) {
    self.reading = reading
    self.direction = direction
    self.door = door
    self.presences = presences
    self.inside = inside
    self.isBooked = isBooked
    self.last = last
    self.now = now
  }

  /// The presence that counts the person inside the area now.
  package var current: Presence? {
    presences.first { $0.isInside && door.counts($0) }
  }

  private var isInsideToday: Bool { door.hasInside(presences) }

  /// The passage that the badge is read for a second time: turnstiles do that, and nobody passes twice for it.
  private var readAgain: LastPassage? {
    guard direction == nil, door.isTurnstile, let last, last.isReadAgain(at: door.key, now) else { return nil }
    return last
  }

  /// Whether the answer is the one of the reading before, and nothing changes with it.
  package var isDoubleReading: Bool {
    if readAgain != nil, case .recorded = reading, decide().refusal == nil { true } else { false }
  }

  /// The way the person passes: as chosen, else as the checkpoint has it.
  package var resolvedDirection: Direction {
    if let direction { return direction }
    if let readAgain { return readAgain.way }
    switch door.checkpoint.directions {
    case .inOnly, .both: return .into
    case .outOnly: return .out
    case .byTurns:
      // Who stayed until the session was over still has to get out.
      return current != nil || (door.hours != .open && isInsideToday) ? .out : .into
    }
  }

  /// The answer. A way out is never refused to a badge on record.
  package func decide() -> Decision {
    switch reading {
    case .unreadable: return .refused(Refusal(.unreadable))
    case .forged: return .refused(Refusal(.forged))
    case .unknownKey: return .refused(Refusal(.unknownKey))
    case .unrecorded(let event):
      return .refused(Refusal(event == door.eventSlug ? .unknownBadge : .otherEvent))
    case .recorded(let holder):
      if holder.event != door.event { return .refused(Refusal(.otherEvent)) }
      if resolvedDirection == .out { return .left(wasInside: readAgain?.wasInside ?? isInsideToday) }
      let refusal = refusedByBadge(holder) ?? door.refusal(of: holder, isBooked: isBooked, at: now)
      if let refusal = refusal ?? (readAgain == nil ? refusedByUse() : nil) { return .refused(refusal) }
      return .admitted
    }
  }

  private func refusedByBadge(_ holder: BadgeHolder) -> Refusal? {
    switch holder.badgeState {
    case .replaced: return Refusal(.replaced)
    case .revoked: return Refusal(.revoked)
    case .held: return Refusal(.held)
    case .notActivated: return Refusal(.notActivated)
    case .active: break
    }
    switch holder.registrationState {
    case .cancelled: return Refusal(.cancelled)
    case .emailPending, .submitted, .waitlisted, .rejected: return Refusal(.notConfirmed)
    case .confirmed:
      let isRemoteOnly = holder.participation == .remote && !door.admits(.remote)
      return isRemoteOnly ? Refusal(.remoteOnly) : nil
    }
  }

  private func refusedByUse() -> Refusal? {
    if let current, door.checkpoint.reentry != .unscanned { return Refusal(.alreadyInside, earlier: current) }
    if let refusal = refusedByPause() { return refusal }
    if door.checkpoint.reentry == .never, let before = presences.first(where: door.counts) {
      return Refusal(.alreadyAdmitted, earlier: before)
    }
    if let refusal = refusedByEntries() { return refusal }
    // Who is inside already takes no other place.
    if current == nil, let capacity = door.capacity, inside >= capacity { return Refusal(.full) }
    return nil
  }

  private func refusedByPause() -> Refusal? {
    guard door.checkpoint.pause > .zero, let last = door.lastEntry(presences) else { return nil }
    let end = last.admittedAt + door.checkpoint.pause
    // What lies further ahead than a pause was decided by a clock that has been set back since.
    guard last.admittedAt <= now + door.checkpoint.pause else { return nil }
    return now < end ? Refusal(.tooSoon, earlier: last, opensAt: end) : nil
  }

  private func refusedByEntries() -> Refusal? {
    let checkpoint = door.checkpoint
    if let limit = checkpoint.mostEntries, door.entries(presences) >= limit {
      return Refusal(.alreadyAdmitted, earlier: door.lastEntry(presences), used: .entries(limit))
    }
    if let limit = checkpoint.mostDays, case let days = door.entryDays(presences),
      !days.contains(door.openingDay.number), days.count >= limit
    {
      return Refusal(.alreadyAdmitted, earlier: door.lastEntry(presences), used: .days(limit))
    }
    return nil
  }
}
