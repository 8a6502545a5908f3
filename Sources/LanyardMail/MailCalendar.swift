import CICal
import Foundation
package import LanyardDomain
import Synchronization

/// A calendar of sessions (RFC 5545).
package enum MailCalendar {
  /// It tells of sessions and asks nothing (RFC 5546, 3.2.1).
  static let method = "PUBLISH"
  /// libical shares zones and buffers: whoever uses it, holds this.
  private static let libical = Mutex(())
  private static let product = "-//Lanyard//Lanyard//EN"

  /// The text of a calendar; each session keeps the identifier that it has in every calendar of the event.
  ///
  /// libical is used here alone, by one thread at a time.
  ///
  /// - Parameters:
  ///   - domain: After the identifiers' @.
  ///   - now: When it is made.
  package static func text(
    of sessions: [Session],
    event: Event,
    in language: Language,
    domain: String,
    at now: Instant
  ) -> String {
    libical.withLock { _ in made(of: sessions, event: event, in: language, domain: domain, at: now) }
  }

  private static func made(
    of sessions: [Session],
    event: Event,
    in language: Language,
    domain: String,
    at now: Instant
  ) -> String {
    guard let calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT) else { return "" }
    // With all that was added to it.
    defer { icalcomponent_free(calendar) }
    icalcomponent_add_property(calendar, icalproperty_new_version("2.0"))
    icalcomponent_add_property(calendar, icalproperty_new_prodid(product))
    icalcomponent_add_property(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH))
    let zones = Dictionary(grouping: sessions, by: \.timeZone).sorted { $0.key.rawValue < $1.key.rawValue }
    for (zone, sessions) in zones {
      let moments = sessions.flatMap { [$0.span.lowerBound, $0.span.upperBound] }
      guard zone != .utc, let first = moments.min(), let last = moments.max() else { continue }
      icalcomponent_add_component(calendar, self.zone(zone, from: first, until: last))
    }
    for session in sessions {
      let uid = "session-\(session.id).\(event.slug)@\(domain)"
      icalcomponent_add_component(calendar, entry(session, uid: uid, in: language, at: now))
    }
    guard let text = icalcomponent_as_ical_string_r(calendar) else { return "" }
    defer { icalmemory_free_buffer(text) }
    return String(cString: text)
  }

  private static func entry(
    _ session: Session,
    uid: String,
    in language: Language,
    at now: Instant
  ) -> OpaquePointer? {
    let entry = icalcomponent_new(ICAL_VEVENT_COMPONENT)
    icalcomponent_add_property(entry, icalproperty_new_uid(uid))
    icalcomponent_add_property(entry, icalproperty_new_dtstamp(time(now, .utc)))
    icalcomponent_add_property(entry, icalproperty_new_sequence(0))
    for (moment, make) in [
      (session.span.lowerBound, icalproperty_new_dtstart), (session.span.upperBound, icalproperty_new_dtend),
    ] {
      let property = make(time(moment, session.timeZone))
      if session.timeZone != .utc {
        icalproperty_add_parameter(property, icalparameter_new_tzid(session.timeZone.rawValue))
      }
      icalcomponent_add_property(entry, property)
    }
    icalcomponent_add_property(entry, icalproperty_new_summary(session.title.text(in: language)))
    let place = [session.room, session.venue, session.city].filter { !$0.isEmpty }.joined(separator: ", ")
    if !place.isEmpty { icalcomponent_add_property(entry, icalproperty_new_location(place)) }
    icalcomponent_add_property(entry, icalproperty_new_status(ICAL_STATUS_CONFIRMED))
    return entry
  }

  /// What the clocks of a zone show from a moment to another: from before the first, each change until the last.
  private static func zone(_ zone: ZoneID, from first: Instant, until last: Instant) -> OpaquePointer? {
    let component = icalcomponent_new(ICAL_VTIMEZONE_COMPONENT)
    icalcomponent_add_property(component, icalproperty_new_tzid(zone.rawValue))
    let clocks = zone.calendar.timeZone
    let start = first - .seconds(2 * 86_400)
    var onset = start
    var before = zone.calendar.offset(at: start)
    add(onset, clocks, from: before, to: before, component)
    while let next = clocks.nextDaylightSavingTimeTransition(after: Date(onset)), Instant(next) <= last {
      onset = Instant(next)
      let offset = zone.calendar.offset(at: onset)
      add(onset, clocks, from: before, to: offset, component)
      before = offset
    }
    return component
  }

  private static func add(
    _ onset: Instant,
    _ clocks: TimeZone,
    from before: Int,
    to offset: Int,
    _ zone: OpaquePointer?
  ) {
    let isSummer = clocks.isDaylightSavingTime(for: Date(onset))
    let part = icalcomponent_new(isSummer ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT)
    // By the clocks as they were before.
    icalcomponent_add_property(part, icalproperty_new_dtstart(time(onset, offset: before)))
    icalcomponent_add_property(part, icalproperty_new_tzoffsetfrom(Int32(before)))
    icalcomponent_add_property(part, icalproperty_new_tzoffsetto(Int32(offset)))
    icalcomponent_add_component(zone, part)
  }

  private static func time(_ moment: Instant, _ zone: ZoneID) -> icaltimetype {
    var time = time(moment, offset: zone.calendar.offset(at: moment))
    if zone == .utc { time.zone = icaltimezone_get_utc_timezone() }
    return time
  }

  /// What a clock shows that is so many seconds ahead of universal time.
  private static func time(_ moment: Instant, offset: Int) -> icaltimetype {
    let local = moment.seconds + Int64(offset)
    let rest = Int32((local % 86_400 + 86_400) % 86_400)
    let day = LocalDate(daysSince1970: Int((local - Int64(rest)) / 86_400))
    var time = icaltime_null_time()
    (time.year, time.month, time.day) = (Int32(day.year), Int32(day.month), Int32(day.day))
    (time.hour, time.minute, time.second) = (rest / 3600, rest / 60 % 60, rest % 60)
    return time
  }
}
