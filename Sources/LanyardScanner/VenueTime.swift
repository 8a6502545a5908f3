import Foundation
package import SwiftProtobuf

/// Times as the clock on the wall of a place shows them.
package struct VenueTime: Sendable {
  private let zone: TimeZone
  private let calendar: Calendar

  /// - Parameter zone: An IANA identifier; one that this machine does not know shows UTC.
  package init(zone: String) {
    self.zone = TimeZone(identifier: zone) ?? .gmt
    calendar = Calendar(identifier: .gregorian)
  }

  /// Such as `2024-05-27 08:30`.
  package func dateAndTime(_ time: Google_Protobuf_Timestamp) -> String {
    let format: Date.FormatString = "\(year: .padded(4))-\(month: .twoDigits)-\(day: .twoDigits)"
    return "\(text(time, format)) \(timeOfDay(time))"
  }

  /// Such as `08:30`.
  package func timeOfDay(_ time: Google_Protobuf_Timestamp) -> String {
    text(time, "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)")
  }

  private func text(_ time: Google_Protobuf_Timestamp, _ format: Date.FormatString) -> String {
    time.date.formatted(Date.VerbatimFormatStyle(format: format, timeZone: zone, calendar: calendar))
  }
}
