/// An event's checkpoints and sessions with their keys: what doors are made of.
package struct VenuePlan: Sendable {
  package let eventKey: Key<Event>
  package let event: Event
  package let checkpoints: [Key<Checkpoint>: Checkpoint]
  /// Sessions at each door, earliest first.
  private let sessions: [Key<Checkpoint>: [SessionRecord]]
  private let areas: [String: [Key<Checkpoint>]]
  /// The least limit of each area's checkpoints, where they have one.
  private let areaLimits: [String: Int]
  private let calendars: [String: VenueCalendar]
  /// When entrances work.
  private let eventSpan: Range<Instant>?

  package init(
    eventKey: Key<Event>,
    event: Event,
    checkpoints: [Key<Checkpoint>: Checkpoint],
    sessions: [SessionRecord]
  ) {
    self.eventKey = eventKey
    self.event = event
    self.checkpoints = checkpoints
    let keys = Dictionary(uniqueKeysWithValues: checkpoints.map { ($0.value.id, $0.key) })
    var byDoor: [Key<Checkpoint>: [SessionRecord]] = [:]
    for record in sessions {
      if let door = keys[record.session.checkpoint] { byDoor[door, default: []].append(record) }
    }
    self.sessions = byDoor.mapValues { $0.sorted { $0.session.span.lowerBound < $1.session.span.lowerBound } }
    areas = Dictionary(grouping: checkpoints.keys) { checkpoints[$0]?.area ?? "" }
    areaLimits = Dictionary(
      checkpoints.values.compactMap { checkpoint in checkpoint.capacity.map { (checkpoint.area, $0) } },
      uniquingKeysWith: min
    )
    let zones = Set(checkpoints.values.map(\.timeZone) + [event.timeZone])
    calendars = Dictionary(
      uniqueKeysWithValues: zones.compactMap { zone in VenueCalendar(timeZone: zone).map { (zone, $0) } }
    )
    eventSpan = calendars[event.timeZone].flatMap(event.span(in:))
  }

  /// The day at a checkpoint.
  package func day(at checkpoint: Checkpoint, now: Instant) -> VenueDay {
    calendars[checkpoint.timeZone]?.day(containing: now) ?? VenueDay(number: 0, span: now..<now)
  }

  /// A checkpoint as it is now; nil where the event has no such checkpoint.
  package func door(_ key: Key<Checkpoint>, now: Instant) -> Door? {
    guard let checkpoint = checkpoints[key] else { return nil }
    let day = day(at: checkpoint, now: now)
    let opening = opening(at: checkpoint, day: day, now: now)
    let found = checkpoint.kind == .sessionDoor ? session(at: key, checkpoint, now: now) : nil
    return Door(
      key: key,
      event: eventKey,
      eventSlug: event.slug,
      checkpoint: checkpoint,
      session: found,
      hours: hours(of: key, checkpoint, session: found, opening: opening, now: now),
      day: day,
      period: found?.session.span.lowerBound ?? opening.period.lowerBound,
      area: areas[checkpoint.area] ?? [key],
      areaLimit: areaLimits[checkpoint.area]
    )
  }

  /// The session in progress, else the next one whose early entry has begun.
  private func session(at key: Key<Checkpoint>, _ checkpoint: Checkpoint, now: Instant) -> SessionRecord? {
    let records = sessions[key] ?? []
    if let inProgress = records.last(where: { $0.session.span.contains(now) }) { return inProgress }
    return records.first { record in
      let start = record.session.span.lowerBound
      return (start - checkpoint.earlyEntry..<start).contains(now)
    }
  }

  /// The session of a key, where the programme still has it.
  package func session(_ key: Key<Session>, at door: Key<Checkpoint>) -> SessionRecord? {
    sessions[door]?.first { $0.key == key }
  }

  /// All sessions with their doors.
  package var allSessions: [SessionRecord] { sessions.values.flatMap(\.self) }

  /// One opening of a checkpoint, and what comes after it.
  private struct Opening {
    /// From one closing to the next: who was admitted in it is out when it ends.
    let period: Range<Instant>
    let opens: Instant
    /// The opening after this one.
    let next: Instant?
  }

  private func opening(at checkpoint: Checkpoint, day: VenueDay, now: Instant) -> Opening {
    let hours = checkpoint.hours
    let whole = Opening(period: day.span, opens: day.span.lowerBound, next: nil)
    guard hours != .wholeDay, let calendar = calendars[checkpoint.timeZone] else { return whole }
    func shifted(_ days: Int) -> LocalDate { LocalDate(daysSince1970: day.date.daysSince1970 + days) }
    func closing(_ days: Int) -> Instant? { calendar.moment(hours.closes, of: shifted(days)) }
    // The closing that comes next is today's, unless it is over.
    guard let today = closing(0) else { return whole }
    let last = now < today ? 0 : 1
    guard let from = closing(last - 1), let until = closing(last) else { return whole }
    let first = hours.closesNextDay ? last - 1 : last
    guard let opens = calendar.moment(hours.opens, of: shifted(first)) else { return whole }
    return Opening(
      period: from..<until,
      opens: max(opens, from),
      next: calendar.moment(hours.opens, of: shifted(first + 1))
    )
  }

  private func hours(
    of key: Key<Checkpoint>,
    _ checkpoint: Checkpoint,
    session: SessionRecord?,
    opening: Opening,
    now: Instant
  ) -> Door.Hours {
    if checkpoint.kind == .sessionDoor {
      if session != nil { return .open }
      let next = sessions[key]?.first { $0.session.span.lowerBound > now }
      return .shut(opensAt: next.map { $0.session.span.lowerBound - checkpoint.earlyEntry })
    }
    guard let span = eventSpan else { return .shut(opensAt: nil) }
    if span.contains(now), now >= opening.opens { return .open }
    let next = [opening.opens, opening.next].compactMap(\.self).map { max($0, span.lowerBound) }
    return .shut(opensAt: next.first { $0 > now && span.contains($0) })
  }
}
