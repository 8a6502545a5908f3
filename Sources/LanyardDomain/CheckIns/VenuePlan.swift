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
  /// When the last door of each area closes.
  private let areaClosings: [String: LastClosings]
  /// When the last entrance closes, by its time zone; never where one is open the whole day.
  private let venueClosings: [ZoneID: LastClosings]
  /// Areas with a zone's door that has no hours of its own: they are open as long as one may come in.
  private let openAreas: Set<String>
  /// Entrances that may be open past midnight.
  private let nightEntrances: [Checkpoint]
  /// Checkpoints to the zones and rooms in which each stands, where it does.
  private let enclosing: [Key<Checkpoint>: [Key<Checkpoint>]]
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
    let areas = Dictionary(grouping: checkpoints.keys) { checkpoints[$0]?.area ?? "" }
    self.areas = areas
    enclosing = checkpoints.filter { !$0.value.within.isEmpty }.mapValues { Self.enclosing($0, areas, checkpoints) }
    areaLimits = Dictionary(grouping: checkpoints.values, by: \.area).reduce(into: [:]) { limits, area in
      limits[area.key] = Capacity.ofArea(area.key, with: area.value)
    }
    areaClosings = Dictionary(grouping: checkpoints.values.filter { $0.kind != .sessionDoor }, by: \.area)
      .mapValues { LastClosings($0) { $0.hours.lastMinute } }
    openAreas = Set(checkpoints.values.filter { $0.isOpenWithVenue }.map(\.area))
    let entrances = checkpoints.values.filter { $0.kind == .entrance }
    venueClosings = Dictionary(grouping: entrances, by: \.timeZone)
      .mapValues { LastClosings($0) { $0.hours == .wholeDay ? nil : $0.hours.lastMinute } }
    nightEntrances = entrances.filter { $0.hours.lastMinute > DailyHours.minutesOfDay }
    eventSpan = event.span
  }

  /// Checkpoints to the area in which one stands, to the one in which that lies, and so on.
  private static func enclosing(
    _ checkpoint: Checkpoint,
    _ areas: [String: [Key<Checkpoint>]],
    _ checkpoints: [Key<Checkpoint>: Checkpoint]
  ) -> [Key<Checkpoint>] {
    var (found, next): (Set<String>, [String]) = ([checkpoint.area], [checkpoint.within])
    var doors: [Key<Checkpoint>] = []
    while let area = next.popLast() {
      guard !area.isEmpty, found.insert(area).inserted else { continue }
      let keys = areas[area] ?? []
      doors += keys
      next += keys.compactMap { checkpoints[$0]?.within }
    }
    return doors
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
    let night = nightOpening(in: checkpoint.timeZone, day: day, now: now)
    let opening = opening(of: key, checkpoint, session: found, day: day, night: night, now: now)
    return Door(
      key: key,
      event: eventKey,
      eventSlug: event.slug,
      checkpoint: checkpoint,
      session: found,
      hours: opening.hours,
      openedAt: opening.since,
      nightOpenedAt: night,
      day: day,
      period: found?.session.span.lowerBound ?? period(of: checkpoint.area, at: checkpoint, day: day, now: now),
      area: areas[checkpoint.area] ?? [key],
      enclosing: enclosing[key] ?? [],
      areaLimit: areaLimits[checkpoint.area]
    )
  }

  /// The session in progress, else the next one whose early entry has begun, else the last one within its grace.
  private func session(at key: Key<Checkpoint>, _ checkpoint: Checkpoint, now: Instant) -> SessionRecord? {
    let records = sessions[key] ?? []
    if let inProgress = records.last(where: { $0.session.span.contains(now) }) { return inProgress }
    let next = records.first { record in
      let start = record.session.span.lowerBound
      return (start - checkpoint.earlyEntry..<start).contains(now)
    }
    if next != nil || checkpoint.grace == .zero { return next }
    return records.last { record in
      let end = record.session.span.upperBound
      return (end..<end + checkpoint.grace).contains(now)
    }
  }

  /// The session of a key, where the programme still has it.
  package func session(_ key: Key<Session>, at door: Key<Checkpoint>) -> SessionRecord? {
    sessions[door]?.first { $0.key == key }
  }

  /// Sessions at a door, earliest first.
  func sessions(at door: Key<Checkpoint>) -> [SessionRecord] { sessions[door] ?? [] }

  /// All sessions with their doors.
  package var allSessions: [SessionRecord] { sessions.values.flatMap(\.self) }

  /// The start of the day in whose opening of the area `now` lies: from the closing of its last door to the next such
  /// closing one opening is counted, and everybody is out when it ends. When the last entrance closes everybody is out as
  /// well: an area that is open longer is counted anew from then on, under another second of the same day, one for each such
  /// closing. So it follows from the hours, and other hours may name another one for the same moment; then `PeriodChange`
  /// says what becomes of who is inside.
  private func period(of area: String, at checkpoint: Checkpoint, day: VenueDay, now: Instant) -> Instant {
    let (doors, venue) = (areaClosings[area], venueClosings[checkpoint.timeZone])
    guard doors?.isMidnight == false || venue?.isNever == false else { return day.span.lowerBound }
    let calendar = checkpoint.timeZone.calendar
    func ofArea(_ date: LocalDate) -> Int {
      let own = doors?.minute(on: date) ?? DailyHours.minutesOfDay
      guard openAreas.contains(area), let night = venue?.minute(on: date) else { return own }
      return max(own, night)
    }
    func ofVenue(_ date: LocalDate) -> Int? {
      venue?.minute(on: date).flatMap { $0 < ofArea(date) ? $0 : nil }
    }
    /// The first day, from one on, of which what closes has not closed yet.
    func lasting(_ closing: (LocalDate) -> Int?, from first: Int) -> Int? {
      (first...2).first { distance in
        let opened = calendar.day(distance, from: day)
        return closing(opened.date).map { now < calendar.moment($0, of: opened) } ?? true
      }
    }
    guard let opening = lasting(ofArea, from: -2) else { return day.span.lowerBound }
    let start = calendar.day(opening, from: day).span.lowerBound
    return start + .seconds((lasting(ofVenue, from: opening) ?? opening) - opening)
  }

  /// Whether an operator may say at a checkpoint of somebody that they went out without a scan, and let them in again.
  package func allowsMissedExits(at checkpoint: Checkpoint) -> Bool {
    event.allowsMissedExits && checkpoint.allowsMissedExits
  }

  /// Whether a checkpoint is open, and since when, where it may stay so past the end of a day.
  private func opening(
    of key: Key<Checkpoint>,
    _ checkpoint: Checkpoint,
    session: SessionRecord?,
    day: VenueDay,
    night: Instant?,
    now: Instant
  ) -> (hours: Door.Hours, since: Instant?) {
    if checkpoint.kind == .sessionDoor {
      if let session { return (.open, session.session.span.lowerBound) }
      let next = sessions[key]?.first { $0.session.span.lowerBound > now }
      return (.shut(opensAt: next.map { $0.session.span.lowerBound - checkpoint.earlyEntry }), nil)
    }
    guard let span = eventSpan else { return (.shut(opensAt: nil), nil) }
    let openings = openings(of: checkpoint, around: day)
    let passesMidnight = checkpoint.hours.lastMinute > DailyHours.minutesOfDay
    let current = openings.first { opening in
      // Hours of the last day count to their closing.
      opening.contains(now) && (span.contains(now) || passesMidnight && span.contains(opening.lowerBound))
    }
    if let current { return (.open, passesMidnight ? current.lowerBound : nil) }
    if checkpoint.isOpenWithVenue, let night, checkpoint.isOpen(on: night) {
      return (.open, night)
    }
    let next = openings.map { max($0.lowerBound, span.lowerBound) }
    return (.shut(opensAt: next.first { $0 > now && span.contains($0) }), nil)
  }

  /// When the first of the entrances opened that are open now by hours which pass midnight, on a day of the event; nil where none is.
  private func nightOpening(in zone: ZoneID, day: VenueDay, now: Instant) -> Instant? {
    guard let span = eventSpan else { return nil }
    return nightEntrances.lazy.filter { $0.timeZone == zone }
      .compactMap {
        openings(of: $0, around: day).first { $0.contains(now) && span.contains($0.lowerBound) }?.lowerBound
      }
      .min()
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

extension Checkpoint {
  /// Whether it is a zone's without hours of its own, which is open as long as one may come in.
  fileprivate var isOpenWithVenue: Bool { kind == .zone && hours == .wholeDay }

  /// Whether its days, where it has some, have the one on which something opened.
  fileprivate func isOpen(on opening: Instant) -> Bool {
    days.isEmpty || days.contains(timeZone.calendar.day(containing: opening).date)
  }
}
