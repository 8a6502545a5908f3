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
    let found = checkpoint.kind == .sessionDoor ? session(at: key, checkpoint, now: now) : nil
    return Door(
      key: key,
      event: eventKey,
      eventSlug: event.slug,
      checkpoint: checkpoint,
      session: found,
      hours: hours(of: key, checkpoint, session: found, now: now),
      day: day,
      period: found?.session.span.lowerBound ?? day.span.lowerBound,
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

  private func hours(
    of key: Key<Checkpoint>,
    _ checkpoint: Checkpoint,
    session: SessionRecord?,
    now: Instant
  ) -> Door.Hours {
    if checkpoint.kind == .sessionDoor {
      if session != nil { return .open }
      let next = sessions[key]?.first { $0.session.span.lowerBound > now }
      return .shut(opensAt: next.map { $0.session.span.lowerBound - checkpoint.earlyEntry })
    }
    guard let span = eventSpan else { return .shut(opensAt: nil) }
    if span.contains(now) { return .open }
    return .shut(opensAt: now < span.lowerBound ? span.lowerBound : nil)
  }
}
