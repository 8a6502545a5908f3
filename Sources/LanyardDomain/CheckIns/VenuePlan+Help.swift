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

extension VenuePlan {
  /// What would help where a badge was refused at a door; nil where nothing is known that would.
  func help(_ reason: RefusalReason, _ holder: BadgeHolder, at door: Door, now: Instant) -> RefusalHelp? {
    var help = RefusalHelp()
    switch reason {
    case .outsideHours, .notAdmittedHere, .notBooked, .checkpointClosed, .full:
      if reason != .full { help.doors = doors(for: holder, beside: door, now: now) }
      if help.doors.isEmpty { help.nextSession = nextSession(for: holder, at: door, now: now) }
    case .unreadable, .forged, .unknownKey, .otherEvent, .unknownBadge, .replaced, .revoked, .held, .notActivated,
      .cancelled, .notConfirmed, .remoteOnly, .notYetValid, .expired, .otherDay, .alreadyInside, .tooSoon,
      .alreadyAdmitted:
      break
    }
    return help == RefusalHelp() ? nil : help
  }

  /// The next session at a door that needs no booking and is for a person, after the one that the door leads to now.
  private func nextSession(for holder: BadgeHolder, at door: Door, now: Instant) -> RefusalHelp.NextSession? {
    var before: Instant?
    for record in sessions(at: door.key) {
      let (session, end) = (record.session, before)
      before = max(before ?? session.span.upperBound, session.span.upperBound)
      guard session.span.lowerBound > now, record.key != door.session?.key else { continue }
      // A door leads to one session at a time.
      let early = session.span.lowerBound - door.checkpoint.earlyEntry
      let opensAt = end.map { max($0, early) } ?? early
      guard let then = self.door(door.key, now: opensAt), then.session?.key == record.key,
        then.refusal(of: holder, isBooked: false, at: opensAt) == nil
      else { continue }
      return RefusalHelp.NextSession(session, opensAt: opensAt)
    }
    return nil
  }

  /// Other ways into a door's area that would let a person in now, by their names.
  private func doors(for holder: BadgeHolder, beside door: Door, now: Instant) -> [Key<Checkpoint>] {
    var days: [ZoneID: VenueDay] = [:]
    let others = door.area.filter { $0 != door.key }.compactMap { self.door($0, now: now, days: &days) }
    let open = others.filter { $0.refusal(of: holder, isBooked: false, at: now) == nil }
    return open.sorted { ($0.checkpoint.displayName, $0.checkpoint.id) < ($1.checkpoint.displayName, $1.checkpoint.id) }
      .prefix(RefusalHelp.doorLimit).map(\.key)
  }
}
