package import Foundation

/// The days of one place, through every change of its clocks.
package struct VenueCalendar: Sendable {
  private let calendar: Calendar
  package var timeZone: TimeZone { calendar.timeZone }

  /// Nil where the machine knows no such zone.
  ///
  /// - Parameter timeZone: An IANA identifier such as `Europe/Zurich`.
  package init?(timeZone: String) {
    // Foundation makes zones of GMT+5 and the like, which IANA does not have.
    guard !timeZone.hasPrefix("GMT+"), !timeZone.hasPrefix("GMT-"), let zone = TimeZone(identifier: timeZone) else {
      return nil
    }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    self.calendar = calendar
  }

  /// Seconds east of Greenwich that the place's clocks show at a moment.
  package func offset(at instant: Instant) -> Int {
    calendar.timeZone.secondsFromGMT(for: Date(instant))
  }

  /// The day that holds `instant`.
  package func day(containing instant: Instant) -> VenueDay {
    // On most days the clocks do not change: then counting is exact and takes a tenth of the calendar's time.
    let offset = offset(at: instant)
    let local = instant.seconds + Int64(offset)
    let start = Instant(seconds: local - (local % 86_400 + 86_400) % 86_400 - Int64(offset))
    let end = start + .seconds(86_400)
    let margin = Duration.seconds(3 * 3600)
    guard self.offset(at: start - margin) == offset, self.offset(at: end + margin) == offset else {
      return dayOfChange(containing: instant)
    }
    let days = (start.seconds + Int64(offset)) / 86_400
    return VenueDay(number: LocalDate(daysSince1970: Int(days)).number, span: start..<end)
  }

  private func dayOfChange(containing instant: Instant) -> VenueDay {
    let date = Date(instant)
    let start = calendar.startOfDay(for: date)
    let next = calendar.date(byAdding: .day, value: 1, to: start) ?? start.addingTimeInterval(86_400)
    let parts = calendar.dateComponents([.year, .month, .day], from: date)
    let local = LocalDate(year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1)
    return VenueDay(number: local.number, span: Instant(start)..<Instant(calendar.startOfDay(for: next)))
  }

  /// The day that lies so many days after another, or before it.
  package func day(_ distance: Int, from day: VenueDay) -> VenueDay {
    (0..<abs(distance)).reduce(day) { day, _ in
      self.day(containing: distance > 0 ? day.span.upperBound : day.span.lowerBound - .seconds(1))
    }
  }

  /// The moment at which the clocks of the place show a time of day, or would if they did not pass it over.
  ///
  /// - Parameter minutes: After the midnight at which the day begins, 0 to 2880: those past 1440 are on the next day.
  package func moment(_ minutes: Int, of day: VenueDay) -> Instant {
    if minutes > DailyHours.minutesOfDay {
      return moment(minutes - DailyHours.minutesOfDay, of: self.day(1, from: day))
    }
    let start = day.span.lowerBound
    guard minutes < DailyHours.minutesOfDay else { return day.span.upperBound }
    // Where the clocks do not change in between, counting is exact.
    let counted = start + .seconds(minutes * 60)
    if offset(at: start) == offset(at: counted) { return counted }
    let date = calendar.date(
      bySettingHour: minutes / 60,
      minute: minutes % 60,
      second: 0,
      of: Date(start),
      matchingPolicy: .nextTime
    )
    return date.map { Instant($0) } ?? counted
  }

  /// The moment at which a day begins.
  package func start(of day: LocalDate) -> Instant? {
    let noon = DateComponents(year: day.year, month: day.month, day: day.day, hour: 12)
    return calendar.date(from: noon).map { Instant(calendar.startOfDay(for: $0)) }
  }

  /// The moment at which a day ends, which is the next one's start.
  package func end(of day: LocalDate) -> Instant? {
    start(of: day).map { self.day(containing: $0).span.upperBound }
  }
}

/// One day of a place.
package struct VenueDay: Hashable, Sendable {
  /// `YYYYMMDD`.
  package let number: Int
  package let span: Range<Instant>

  /// The day of the calendar.
  package var date: LocalDate { LocalDate(number: number) }

  package init(number: Int, span: Range<Instant>) {
    self.number = number
    self.span = span
  }
}

extension Date {
  /// The same moment; exact to the microsecond in this century.
  package init(_ instant: Instant) {
    self.init(timeIntervalSince1970: Double(instant.microseconds) / 1_000_000)
  }
}

extension Instant {
  /// The same moment, to the nearest microsecond.
  package init(_ date: Date) {
    self.init(microseconds: Int64((date.timeIntervalSince1970 * 1_000_000).rounded()))
  }
}
