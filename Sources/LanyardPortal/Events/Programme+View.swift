import Foundation
import LanyardDomain
import LanyardTexts

/// The programme of one day, as the event's page shows it.
struct ProgrammeView: Sendable {
  struct Day: Sendable {
    let href: String
    let weekday: String
    let number: String
    let isCurrent: Bool
  }

  /// A link that narrows the list, with how many it leaves.
  struct Filter: Sendable {
    let href: String
    let name: String
    let count: String
    let isCurrent: Bool
  }

  /// Sessions that begin and end together.
  struct Slot: Sendable {
    let start: String
    let end: String
    let startText: String
    let endText: String
    let sessions: [SessionRow]
  }

  let days: [Day]
  let tracks: [Filter]
  let rooms: [Filter]
  let filtered: String
  let summary: String
  let slots: [Slot]
}

/// One session in a list.
struct SessionRow: Sendable {
  let href: String
  let id: String
  let title: String
  let track: String?
  let room: String?
  /// Whom it is for, where it is not for all.
  let groups: String?
  let isRemote: Bool
  let isOnsiteOnly: Bool
  let places: String?
  /// How many can still book it, where it takes bookings.
  let left: String?
  let isFull: Bool
  let isFew: Bool
}

/// What of a programme a visitor asks for.
struct ProgrammeChoice: Sendable {
  var day: LocalDate?
  var track: String?
  var room: String?
}

/// Makes the view of a programme.
struct ProgrammeDrawing: Sendable {
  let shown: ShownEvent
  let sessions: [ShownSession]
  let choice: ProgrammeChoice
  let now: Instant
  let text: PageText

  private var event: Event { shown.event }
  private var calendar: VenueCalendar { event.timeZone.calendar }

  /// Nil where there is no programme yet.
  func view() -> ProgrammeView? {
    let byDay = Dictionary(grouping: sessions) { shown in
      shown.session.timeZone.calendar.day(containing: shown.session.span.lowerBound).date
    }
    let days = byDay.keys.sorted()
    guard let first = days.first else { return nil }
    let today = calendar.day(containing: now).date
    let day = choice.day.flatMap { byDay[$0] == nil ? nil : $0 } ?? (byDay[today] == nil ? first : today)
    let ofDay = byDay[day] ?? []
    let listed = ofDay.filter { shown in
      (choice.track.map { $0 == shown.session.track } ?? true)
        && (choice.room.map { $0 == shown.session.room } ?? true)
    }
    return ProgrammeView(
      days: days.map { self.day($0, current: day) },
      tracks: filters(tracks(of: ofDay), all: ofDay, current: choice.track) { href(day, track: $0, room: choice.room) },
      rooms: filters(rooms(of: ofDay), all: ofDay, current: choice.room) { href(day, track: choice.track, room: $0) },
      filtered: filtered,
      summary: text(
        .portalDaySummary,
        [
          "day": .text(text.phrasebook.day(day)), "count": .count(listed.count), "clock": .text(clockName),
        ]
      ),
      slots: slots(listed)
    )
  }

  /// What the clock of the venue is called: its city, or its zone.
  private var clockName: String { event.city.isEmpty ? event.timeZone.description : event.city }

  private var filtered: String {
    let track = choice.track.map { event.tracks.term($0)?.name(in: text.language, of: event.language) ?? $0 }
    return text(
      .portalFilter,
      [
        "track": .text(track ?? text(.portalAllTracks)), "room": .text(choice.room ?? text(.portalAllRooms)),
      ]
    )
  }

  private func day(_ day: LocalDate, current: LocalDate) -> ProgrammeView.Day {
    ProgrammeView.Day(
      href: href(day, track: nil, room: nil),
      weekday: text.phrasebook.weekday(day),
      number: "\(day.day)",
      isCurrent: day == current
    )
  }

  private func tracks(of sessions: [ShownSession]) -> [(value: String, name: String, count: Int)] {
    let counts = Dictionary(grouping: sessions, by: \.session.track).mapValues(\.count)
    let listed = event.tracks.filter { counts[$0.id] != nil }
    return listed.map { ($0.id, $0.name(in: text.language, of: event.language), counts[$0.id] ?? 0) }
  }

  private func rooms(of sessions: [ShownSession]) -> [(value: String, name: String, count: Int)] {
    Dictionary(grouping: sessions, by: \.session.room).filter { !$0.key.isEmpty }
      .map { ($0.key, $0.key, $0.value.count) }.sorted { text.phrasebook.precedes($0.1, $1.1) }
  }

  private func filters(
    _ values: [(value: String, name: String, count: Int)],
    all: [ShownSession],
    current: String?,
    href: (String?) -> String
  ) -> [ProgrammeView.Filter] {
    let every = ProgrammeView.Filter(
      href: href(nil),
      name: text(.portalAll),
      count: "\(all.count)",
      isCurrent: current == nil
    )
    return [every]
      + values.map {
        ProgrammeView.Filter(href: href($0.value), name: $0.name, count: "\($0.count)", isCurrent: $0.value == current)
      }
  }

  private func href(_ day: LocalDate, track: String?, room: String?) -> String {
    var parts = ["day=\(day)"]
    for (name, value) in [("track", track), ("room", room)] {
      if let value = value?.addingPercentEncoding(withAllowedCharacters: .alphanumerics) {
        parts.append("\(name)=\(value)")
      }
    }
    return "/\(event.slug)?\(parts.joined(separator: "&"))#programme"
  }

  private func slots(_ sessions: [ShownSession]) -> [ProgrammeView.Slot] {
    let bySpan = Dictionary(grouping: sessions, by: \.session.span)
    let spans = bySpan.keys.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    return spans.map { span in
      let clock = VenueTime(zone: bySpan[span]?.first?.session.timeZone ?? event.timeZone)
      return ProgrammeView.Slot(
        start: span.lowerBound.rfc3339(),
        end: span.upperBound.rfc3339(),
        startText: clock.timeOfDay(span.lowerBound),
        endText: clock.timeOfDay(span.upperBound),
        sessions: (bySpan[span] ?? []).map { SessionRow($0, of: event, in: text) }
      )
    }
  }
}

extension SessionRow {
  /// So few places are worth a word.
  private static let few = 10

  init(_ shown: ShownSession, of event: Event, in text: PageText) {
    let session = shown.session
    let groups = session.admittedGroups.map { event.terms.groupLabel($0, in: text.language) ?? $0 }
    self.init(
      href: "/\(event.slug)/sessions/\(session.id)",
      id: session.id,
      title: session.title.text(in: text.language),
      track: session.track.isEmpty
        ? nil : event.tracks.term(session.track)?.name(in: text.language, of: event.language),
      room: session.room.isEmpty ? nil : session.room,
      groups: groups.isEmpty ? nil : text(.portalForGroups, ["groups": .list(groups)]),
      isRemote: session.allowsRemote,
      isOnsiteOnly: event.allowsRemote && !session.allowsRemote,
      places: session.capacity.map { text(.portalPlaces, ["count": .count($0)]) },
      left: shown.placesLeft.map { text(.portalPlacesLeft, ["count": .count($0)]) },
      isFull: shown.placesLeft == 0,
      isFew: shown.placesLeft.map { (1...Self.few).contains($0) } ?? false
    )
  }
}
