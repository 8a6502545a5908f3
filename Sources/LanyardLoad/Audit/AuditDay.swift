import Foundation
import LanyardDomain

/// A day at a place, and times of it, by the calendar of Foundation: the server has its own, which it decides by and the audit must
/// not share.
struct AuditDay {
  private let calendar: Calendar
  private let midnight: Date

  /// The day that holds a moment; nil where this machine does not know the time zone.
  init?(_ moment: Instant, timeZone: String) {
    guard let zone = TimeZone(identifier: timeZone) else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    self.calendar = calendar
    midnight = calendar.startOfDay(for: Date(moment))
  }

  var start: Instant { Instant(midnight) }

  /// Such as `2024-05-27`.
  var date: String {
    let parts = calendar.dateComponents([.year, .month, .day], from: midnight)
    func padded(_ number: Int?) -> String { String(100 + (number ?? 0)).suffix(2).description }
    return "\(parts.year ?? 0)-\(padded(parts.month))-\(padded(parts.day))"
  }

  /// When the clocks there show so many minutes after midnight; the midnight at its end for 1440.
  func moment(minute: Int) -> Instant? {
    if minute == 1440 {
      return calendar.date(byAdding: .day, value: 1, to: midnight).map { Instant(calendar.startOfDay(for: $0)) }
    }
    return calendar.date(bySettingHour: minute / 60, minute: minute % 60, second: 0, of: midnight).map { Instant($0) }
  }
}
