/// What would help somebody who was refused, as far as the plan tells.
package struct RefusalHelp: Hashable, Sendable {
  /// A later session at the door that is for the person, with the moment from which the door leads to it.
  package struct NextSession: Hashable, Sendable {
    package let session: Session
    package let opensAt: Instant

    package init(_ session: Session, opensAt: Instant) { (self.session, self.opensAt) = (session, opensAt) }
  }

  /// The most doors that are named.
  static let doorLimit = 4

  package var nextSession: NextSession?
  /// Other ways into the same area that are open and for the person.
  package var doors: [Key<Checkpoint>] = []

  package init() {}
}

/// Looks in the plan for what would help somebody who was refused at a door.
struct HelpSearch {
  /// How many openings of a door are looked at for one at which the person is admitted.
  private static let openingLimit = 8

  let plan: VenuePlan
  let holder: BadgeHolder
  let door: Door
  let now: Instant
  /// Knows where the person and all others stand.
  let fold: AdmissionFold

  /// What would help; nil where nothing is known that would.
  ///
  /// - Parameter isBooked: Whether the person is booked for a door; asked only of those that require it.
  func help(_ reason: RefusalReason, isBooked: (Door) throws -> Bool) rethrows -> RefusalHelp? {
    var help = RefusalHelp()
    switch reason {
    case .outsideHours, .notAdmittedHere, .notBooked, .checkpointClosed, .full:
      if reason != .full { help.doors = try doors(isBooked) }
      if help.doors.isEmpty { help.nextSession = try nextSession(isBooked) }
    case .unreadable, .forged, .unknownKey, .otherEvent, .unknownBadge, .replaced, .revoked, .held, .notActivated,
      .cancelled, .notConfirmed, .remoteOnly, .notYetValid, .expired, .otherDay, .alreadyInside, .tooSoon,
      .alreadyAdmitted:
      break
    }
    return help == RefusalHelp() ? nil : help
  }

  /// When the door would first admit the person, from one of its openings on; nil where none of the next ones would.
  func admission(notBefore opening: Instant, isBooked: (Door) throws -> Bool) rethrows -> Instant? {
    var moment = opening
    for _ in 0..<Self.openingLimit {
      guard let then = plan.door(door.key, now: moment) else { return nil }
      guard let refusal = try refusal(at: then, moment, isBooked) else { return moment }
      guard let next = refusal.opensAt ?? end(of: then), next > moment else { return nil }
      moment = next
    }
    return nil
  }

  private func end(of door: Door) -> Instant? { door.session?.session.span.upperBound }

  private func refusal(at door: Door, _ moment: Instant, _ isBooked: (Door) throws -> Bool) rethrows -> Refusal? {
    door.refusal(of: holder, isBooked: try door.requiresBooking && isBooked(door), at: moment)
  }

  /// The next session at the door that is for the person, after the one that the door leads to now.
  private func nextSession(_ isBooked: (Door) throws -> Bool) rethrows -> RefusalHelp.NextSession? {
    var before: Instant?
    for record in plan.sessions(at: door.key) {
      let (session, end) = (record.session, before)
      before = max(before ?? session.span.upperBound, session.span.upperBound)
      guard session.span.lowerBound > now, record.key != door.session?.key else { continue }
      // A door leads to one session at a time.
      let early = session.span.lowerBound - door.checkpoint.earlyEntry
      let opensAt = end.map { max($0, early) } ?? early
      guard let then = plan.door(door.key, now: opensAt), then.session?.key == record.key,
        try refusal(at: then, opensAt, isBooked) == nil
      else { continue }
      return RefusalHelp.NextSession(session, opensAt: opensAt)
    }
    return nil
  }

  private func isLetIn(at other: Door, _ isBooked: (Door) throws -> Bool) rethrows -> Bool {
    let admission = Admission(
      reading: .recorded(holder),
      direction: .into,
      door: other,
      presences: fold.presences(of: holder.registration),
      inside: other.capacity == nil ? 0 : fold.inside(other),
      isBooked: try other.requiresBooking && isBooked(other),
      now: now
    )
    return admission.decide().refusal == nil
  }

  /// Other ways into the door's area that would let the person in now, by their names.
  private func doors(_ isBooked: (Door) throws -> Bool) rethrows -> [Key<Checkpoint>] {
    var days: [ZoneID: VenueDay] = [:]
    let others = door.area.filter { $0 != door.key }.compactMap { plan.door($0, now: now, days: &days) }
    let open = try others.filter { try isLetIn(at: $0, isBooked) }
    return open.sorted { ($0.checkpoint.displayName, $0.checkpoint.id) < ($1.checkpoint.displayName, $1.checkpoint.id) }
      .prefix(RefusalHelp.doorLimit).map(\.key)
  }
}
