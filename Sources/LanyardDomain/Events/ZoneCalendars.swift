/// Calendars of time zones, each made once.
struct ZoneCalendars {
  private var calendars: [String: VenueCalendar] = [:]

  /// Nil where the machine knows no such zone.
  mutating func calendar(_ timeZone: String) -> VenueCalendar? {
    if let calendar = calendars[timeZone] { return calendar }
    let calendar = VenueCalendar(timeZone: timeZone)
    calendars[timeZone] = calendar
    return calendar
  }

  /// Notes where the machine knows no such zone.
  mutating func require(_ timeZone: String, field: String, _ check: inout FieldCheck) {
    if calendar(timeZone) == nil {
      check.add(field, .noTimeZone)
    }
  }
}
