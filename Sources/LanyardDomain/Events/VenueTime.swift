package import Foundation

/// Times as the clock on the wall of a place shows them.
package struct VenueTime: Hashable, Sendable {
  package let zone: TimeZone
  private let calendar = Calendar(identifier: .gregorian)

  package init(zone: ZoneID) {
    self.zone = zone.calendar.timeZone
  }

  /// Such as `2024-05-27 08:30`.
  package func dateAndTime(_ instant: Instant) -> String {
    let format: Date.FormatString = "\(year: .padded(4))-\(month: .twoDigits)-\(day: .twoDigits)"
    return "\(text(instant, format)) \(timeOfDay(instant))"
  }

  /// Such as `2024-05-27 08:30:05`.
  package func dateAndSeconds(_ instant: Instant) -> String {
    "\(dateAndTime(instant).prefix(10)) \(timeWithSeconds(instant))"
  }

  /// Such as `08:30`.
  package func timeOfDay(_ instant: Instant) -> String {
    text(instant, "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)")
  }

  /// Such as `08:30:05`.
  package func timeWithSeconds(_ instant: Instant) -> String {
    let clock: Date.FormatString =
      "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits)"
    return text(instant, clock)
  }

  private func text(_ instant: Instant, _ format: Date.FormatString) -> String {
    Date(instant).formatted(Date.VerbatimFormatStyle(format: format, timeZone: zone, calendar: calendar))
  }
}
