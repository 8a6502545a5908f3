/// A checkpoint at one moment: its rules with all that follows from the programme and the time.
package struct Door: Sendable {
  /// Whether anyone is admitted now.
  package enum Hours: Hashable, Sendable {
    case open
    /// Nobody is; `opensAt` is the next opening, nil where there is none any more.
    case shut(opensAt: Instant?)
  }

  package let key: Key<Checkpoint>
  package let event: Key<Event>
  package let eventSlug: String
  package let checkpoint: Checkpoint
  /// The session that it leads to now, at a session door.
  package let session: SessionRecord?
  package let hours: Hours
  /// When what it is open for began, where that may go on past the end of the event or of somebody's last day: its session, or
  /// hours that pass midnight.
  package let openedAt: Instant?
  /// When the entrance opened by which one may still come in past midnight; nil where none is open so.
  let nightOpenedAt: Instant?
  package let day: VenueDay
  /// Names the day or session for which admissions count now by its start: the next day's once the area has closed.
  package internal(set) var period: Instant
  /// Checkpoints of the same area, this one among them.
  package let area: [Key<Checkpoint>]
  /// Checkpoints to the zones and rooms in which it stands.
  let enclosing: [Key<Checkpoint>]
  /// The least limit of the area's checkpoints.
  let areaLimit: Int?

  /// Whether a presence is one of its area and counts now.
  package func counts(_ presence: Presence) -> Bool { presence.period == period && area.contains(presence.checkpoint) }

  /// Whether a person of these presences is known to have come into the area today and not to have left: a session may
  /// have ended since.
  func hasInside(_ presences: [Presence]) -> Bool {
    presences.contains { presence in
      presence.isInside && (counts(presence) || presence.day == day.number && area.contains(presence.checkpoint))
    }
  }

  /// Whether who passes it, either way, is not where a presence puts them: in a zone or a room that it does not lead to and
  /// in which it does not stand.
  func liesElsewhere(_ presence: Presence, _ plan: VenuePlan) -> Bool {
    switch plan.checkpoints[presence.checkpoint]?.kind {
    case .zone, .sessionDoor: !area.contains(presence.checkpoint) && !enclosing.contains(presence.checkpoint)
    case .entrance, nil: false
    }
  }

  /// The day whose opening, or on which the session began, that admissions count for now: after midnight it is the day before
  /// where the area stays open.
  var openingDay: VenueDay { openingDay(of: period) }

  /// The same for another day or session of it, which its start names.
  private func openingDay(of period: Instant) -> VenueDay {
    day.span.contains(period) ? day : checkpoint.timeZone.calendar.day(containing: period)
  }

  /// Whether who comes now comes on one of these days; any day is, where there are none. Once it has closed for the day, that day
  /// counts as well as the next.
  func isOn(_ days: [LocalDate]) -> Bool {
    openingDay.date.isAmong(days) || hours != .open && day.date.isAmong(days)
      || nightOpenedAt.map { openingDay(of: $0).date.isAmong(days) } ?? false
  }

  /// When it opens on the next of some days, as far as its hours tell. After midnight, while it is open since the day before, today
  /// is still to come.
  func nextOpening(of days: [LocalDate]) -> Instant? {
    let today = min(day.date, openingDay.date)
    let opens = days.filter { $0 > today && (checkpoint.days.isEmpty || checkpoint.days.contains($0)) }
    return opens.min().flatMap(opening(on:))
  }

  /// Its next opening, where that is on one of these days, else the first that is; any day is, where there are none.
  func opening(_ next: Instant, on days: [LocalDate]) -> Instant? {
    let begins = checkpoint.kind == .sessionDoor ? next + checkpoint.earlyEntry : next
    let date = checkpoint.timeZone.calendar.day(containing: begins).date
    return days.isEmpty || days.contains(date) ? next : nextOpening(of: days)
  }

  /// When it opens on a day, as far as its hours tell.
  private func opening(on date: LocalDate) -> Instant? {
    let calendar = checkpoint.timeZone.calendar
    return calendar.start(of: date).map { start in
      checkpoint.kind == .sessionDoor
        // What goes on past midnight is of the day on which it began.
        ? max(start, session?.session.span.upperBound ?? start)
        : calendar.moment(checkpoint.hours.opens, of: calendar.day(containing: start))
    }
  }

  /// The last of a person's admissions to its area, whatever day it was for.
  func lastEntry(_ presences: [Presence]) -> Presence? {
    presences.filter { area.contains($0.checkpoint) }.max { $0.admittedAt < $1.admittedAt }
  }

  /// How often a person was admitted to its area.
  func entries(_ presences: [Presence]) -> Int {
    presences.reduce(0) { area.contains($1.checkpoint) ? $0 + $1.entries : $0 }
  }

  /// The days on whose openings a person was admitted to its area, `YYYYMMDD` each.
  func entryDays(_ presences: [Presence]) -> Set<Int> {
    Set(presences.filter { area.contains($0.checkpoint) }.flatMap { $0.earlierDays + [dayUsed($0)] })
  }

  /// The day of its opening on which somebody was admitted, `YYYYMMDD`. Who was admitted when a session could not be entered was
  /// admitted before it was moved, and that day stays used.
  private func dayUsed(_ presence: Presence) -> Int {
    let entry = presence.period - checkpoint.earlyEntry..<presence.period + .seconds(86_400) + checkpoint.grace
    let isMoved = checkpoint.kind == .sessionDoor && !entry.contains(presence.admittedAt)
    return isMoved ? presence.day : openingDay(of: presence.period).number
  }

  /// The presence that an admission now leaves where another was, if there was one.
  func admission(after before: Presence?, at moment: Instant) -> Presence {
    var presence = Presence(checkpoint: key, isInside: true, admittedAt: moment, period: period, day: day.number)
    guard let before else { return presence }
    presence.entries = before.entries + 1
    let days = Set(before.earlierDays + [dayUsed(before)])
    presence.earlierDays = days.subtracting([openingDay.number]).sorted()
    return presence
  }

  /// How many may be inside; nil where there is no limit.
  package var capacity: Int? {
    Capacity.least([areaLimit, session?.session.capacity])
  }

  /// Whether it is for who takes part in this way.
  func admits(_ participation: Participation) -> Bool { checkpoint.admits.participations.contains(participation) }

  /// Whether it is for people of this group and role.
  func admitsGroup(of holder: BadgeHolder) -> Bool {
    guard checkpoint.admits.admits(group: holder.group, role: holder.role) else { return false }
    let ofSession = session.map { AdmissionList(groups: $0.session.admittedGroups) }
    return ofSession?.admits(group: holder.group, role: holder.role) ?? true
  }

  /// Whether it lets people in and out by turns, and may read a badge twice for one passage.
  package var isTurnstile: Bool { checkpoint.directions == .byTurns }

  /// Whether only who is booked is admitted.
  package var requiresBooking: Bool { checkpoint.requiresBooking || session?.session.requiresBooking == true }

  /// Ids of the groups and roles that it is for; empty where it is for everyone.
  package var admittedHere: [String] {
    let sessionGroups = session?.session.admittedGroups ?? []
    if sessionGroups.isEmpty { return checkpoint.admits.groups + checkpoint.admits.roles }
    let both = sessionGroups.filter { checkpoint.admits.admits(group: $0, role: "") }
    return both.isEmpty ? sessionGroups : both
  }
}

/// A session with its store's key.
package struct SessionRecord: Hashable, Sendable {
  package let key: Key<Session>
  package let session: Session

  package init(key: Key<Session>, session: Session) {
    self.key = key
    self.session = session
  }
}
