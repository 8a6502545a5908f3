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

  /// The zone of an identifier that people write; nil where this machine does not know it, or it is no name of the IANA database.
  /// Foundation takes more: abbreviations such as `PST`, which mean several zones, and distances such as `GMT+2`. `UTC` is a name.
  package init?(iana name: String) {
    guard name.contains("/") ? !name.hasPrefix("SystemV/") : Self.plainNames.contains(name) else { return nil }
    self.init(rawValue: name)
  }

  /// The names of the database that have no slash: of some countries and cities, and of times by themselves.
  private static let plainNames: Set<String> = [
    "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "GB", "GB-Eire", "GMT", "GMT+0", "GMT-0",
    "GMT0",
    "Greenwich", "HST", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica", "Japan", "Kwajalein", "Libya", "MET", "MST",
    "MST7MDT", "NZ", "NZ-CHAT", "Navajo", "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore", "Turkey",
    "UCT",
    "UTC", "Universal", "W-SU", "WET", "Zulu",
  ]

  /// - Throws: `InvalidInput` where this machine knows no such zone.
  package init(_ text: String, field: String) throws(InvalidInput) {
    guard let zone = ZoneID(rawValue: text) else { throw InvalidInput(field: field, .unknownTimeZone(zone: text)) }
    self = zone
  }

  package var description: String { rawValue }

  package static func == (left: ZoneID, right: ZoneID) -> Bool { left.rawValue == right.rawValue }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}
