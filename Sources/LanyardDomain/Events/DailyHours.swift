/// When a checkpoint is open each day, by the clock of the place.
package struct DailyHours: Hashable, Sendable {
  /// Minutes of a day that the clocks do not change.
  package static let minutesOfDay = 1440

  /// Minutes after midnight, 0 to 1439.
  package let opens: Int
  /// Minutes after midnight, 1 to 1440; not after `opens` means on the next day. Then everybody inside is out.
  package let closes: Int

  /// From midnight to midnight.
  package static let wholeDay = DailyHours(uncheckedOpens: 0, closes: minutesOfDay)

  private init(uncheckedOpens opens: Int, closes: Int) {
    self.opens = opens
    self.closes = closes
  }

  /// Nil where a time is outside the day. A closing at minute 0 is the midnight at which the day ends, however it is written
  /// or left out: so hours from 0 to 0 are the whole day.
  package init?(opens: Int, closes: Int) {
    guard (0..<Self.minutesOfDay).contains(opens), (0...Self.minutesOfDay).contains(closes) else { return nil }
    self.init(uncheckedOpens: opens, closes: closes == 0 ? Self.minutesOfDay : closes)
  }

  /// When it closes, in minutes after the start of the day on which it opened, 1 to 2879.
  package var lastMinute: Int { closes > opens ? closes : closes + Self.minutesOfDay }

  /// Minutes after midnight of a text such as `08:30`; nil where it is no time from `00:00` to `24:00`.
  package static func minutes(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [2, 2], text.utf8.allSatisfy({ $0 == 0x3A || (0x30...0x39).contains($0) }),
      let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60, hours * 60 + minutes <= minutesOfDay
    else { return nil }
    return hours * 60 + minutes
  }

  /// A time of day such as `08:30`.
  package static func text(_ minutes: Int) -> String {
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(padded(minutes / 60)):\(padded(minutes % 60))"
  }
}
