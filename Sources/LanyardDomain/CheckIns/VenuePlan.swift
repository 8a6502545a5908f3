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
  /// When the last door of each area closes, in minutes after the start of the day on which it opened.
  private let lastClosings: [String: Int]
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
    lastClosings = Dictionary(
      checkpoints.values.filter { $0.kind != .sessionDoor }.map { ($0.area, $0.hours.lastMinute) },
      uniquingKeysWith: max
    )
    eventSpan = event.span
  }

  /// The day at a checkpoint.
  package func day(at checkpoint: Checkpoint, now: Instant) -> VenueDay {
    checkpoint.timeZone.calendar.day(containing: now)
  }

  /// A checkpoint as it is now; nil where the event has no such checkpoint.
  package func door(_ key: Key<Checkpoint>, now: Instant) -> Door? {
    var days: [ZoneID: VenueDay] = [:]
    return door(key, now: now, days: &days)
  }

  /// The same where several are asked for at one moment.
  ///
  /// - Parameter days: What day it is in the time zones of those before: finding that out is most of the work.
  package func door(_ key: Key<Checkpoint>, now: Instant, days: inout [ZoneID: VenueDay]) -> Door? {
    guard let checkpoint = checkpoints[key] else { return nil }
    let day = days[checkpoint.timeZone] ?? day(at: checkpoint, now: now)
    days[checkpoint.timeZone] = day
    return door(key, checkpoint, on: day, now: now)
  }

  /// All checkpoints as they are now.
  package func doors(now: Instant) -> [Key<Checkpoint>: Door] {
    var days: [ZoneID: VenueDay] = [:]
    var doors: [Key<Checkpoint>: Door] = [:]
    for key in checkpoints.keys { doors[key] = door(key, now: now, days: &days) }
    return doors
  }

  private func door(_ key: Key<Checkpoint>, _ checkpoint: Checkpoint, on day: VenueDay, now: Instant) -> Door {
    let found = checkpoint.kind == .sessionDoor ? session(at: key, checkpoint, now: now) : nil
    return Door(
      key: key,
      event: eventKey,
      eventSlug: event.slug,
      checkpoint: checkpoint,
      session: found,
      hours: hours(of: key, checkpoint, session: found, day: day, now: now),
      day: day,
      period: found?.session.span.lowerBound ?? period(of: checkpoint.area, at: checkpoint, day: day, now: now),
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

  /// The start of the day in whose opening of the area `now` lies: from the closing of its last door to the next such
  /// closing one opening is counted, and everybody is out when it ends. It does not depend on the hours themselves, so
  /// that who is inside stays inside when these are changed.
  private func period(of area: String, at checkpoint: Checkpoint, day: VenueDay, now: Instant) -> Instant {
    let last = lastClosings[area] ?? DailyHours.minutesOfDay
    guard last != DailyHours.minutesOfDay else { return day.span.lowerBound }
    let calendar = checkpoint.timeZone.calendar
    let opening = (-2...1).lazy.map { calendar.day($0, from: day) }.first { now < calendar.moment(last, of: $0) }
    return (opening ?? day).span.lowerBound
  }

  /// Whether an operator may say at a checkpoint of somebody that they went out without a scan, and let them in again.
  package func allowsMissedExits(at checkpoint: Checkpoint) -> Bool {
    event.allowsMissedExits && checkpoint.allowsMissedExits
  }

  private func hours(
    of key: Key<Checkpoint>,
    _ checkpoint: Checkpoint,
    session: SessionRecord?,
    day: VenueDay,
    now: Instant
  ) -> Door.Hours {
    if checkpoint.kind == .sessionDoor {
      if session != nil { return .open }
      let next = sessions[key]?.first { $0.session.span.lowerBound > now }
      return .shut(opensAt: next.map { $0.session.span.lowerBound - checkpoint.earlyEntry })
    }
    guard let span = eventSpan else { return .shut(opensAt: nil) }
    let openings = openings(of: checkpoint, around: day)
    if span.contains(now), openings.contains(where: { $0.contains(now) }) { return .open }
    let next = openings.map { max($0.lowerBound, span.lowerBound) }
    return .shut(opensAt: next.first { $0 > now && span.contains($0) })
  }

  /// When a checkpoint is open yesterday, today and next.
  private func openings(of checkpoint: Checkpoint, around day: VenueDay) -> [Range<Instant>] {
    let hours = checkpoint.hours
    let calendar = checkpoint.timeZone.calendar
    let days: [VenueDay]
    if !checkpoint.days.isEmpty {
      let yesterday = calendar.day(-1, from: day).date
      days = checkpoint.days.sorted().drop { $0 < yesterday }.prefix(3).compactMap(calendar.start)
        .map(calendar.day(containing:))
    } else if hours != .wholeDay {
      days = (-1...1).map { calendar.day($0, from: day) }
    } else {
      return [day.span]
    }
    return days.compactMap { day in
      let (opens, closes) = (calendar.moment(hours.opens, of: day), calendar.moment(hours.lastMinute, of: day))
      return opens < closes ? opens..<closes : nil
    }
  }
}
