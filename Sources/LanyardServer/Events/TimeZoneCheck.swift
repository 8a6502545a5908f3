import LanyardDomain
import LanyardStore
import Logging

/// Whether this machine knows the clocks of the places where events are.
enum TimeZoneCheck {
  /// Says in the log which time zones of events are not known: there no hours hold.
  static func run(_ store: any ProgrammeStore, _ logger: Logger) async throws {
    for (event, zone) in try await unknown(store) {
      logger.error(
        "an event's time zone is not known to this machine, so its hours do not hold; install tzdata and start again",
        metadata: ["event": "\(event)", "time_zone": "\(zone)"]
      )
    }
  }

  /// Events whose time zones are not known to this machine.
  static func unknown(_ store: any ProgrammeStore) async throws -> [(event: String, zone: String)] {
    var found: [(event: String, zone: String)] = []
    var page = PageRequest(size: 100)
    repeat {
      let events = try await store.events(page)
      for item in events.items where VenueCalendar(timeZone: item.event.timeZone) == nil {
        found.append((item.event.slug, item.event.timeZone))
      }
      page.after = events.next
    } while page.after != nil
    return found
  }
}
