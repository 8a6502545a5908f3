/// A time zone that this machine knows, by its IANA identifier such as `Europe/Zurich`. It is parsed where it comes in, so that
/// whoever has one can tell what day and time it is there.
package struct ZoneID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String
  /// The days of places in the zone.
  package let calendar: VenueCalendar

  /// Universal time.
  package static let utc: ZoneID = {
    guard let zone = ZoneID(rawValue: "UTC") else { preconditionFailure("Foundation has no UTC") }
    return zone
  }()

  /// Nil where this machine knows no such zone.
  package init?(rawValue: String) {
    guard let calendar = VenueCalendar(timeZone: rawValue) else { return nil }
    (self.rawValue, self.calendar) = (rawValue, calendar)
  }

  /// - Throws: `InvalidInput` where this machine knows no such zone.
  package init(_ text: String, field: String) throws(InvalidInput) {
    guard let zone = ZoneID(rawValue: text) else { throw InvalidInput(field: field, .unknownTimeZone(zone: text)) }
    self = zone
  }

  package var description: String { rawValue }

  package static func == (left: ZoneID, right: ZoneID) -> Bool { left.rawValue == right.rawValue }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}
