import Hummingbird
import LanyardDomain
import LanyardTexts

/// The events of the installation.
struct EventsPage: Sendable {
  struct Row: Sendable {
    let slug: String
    let title: String
    let days: String
    let place: String?
    /// How many places are left, and whether none is.
    let places: String?
    let isFull: Bool
  }

  let events: [Row]
}

extension Site {
  func events(_ request: Request, _ visit: Visit) async throws -> Response {
    let text = PageText(visit.language ?? .english)
    let today = now()
    let events = try await calls.by(visit).events().filter { $0.event.span.map { $0.upperBound > today } ?? true }
    let page = EventsPage(
      events: events.map { shown in
        let heading = EventHeading(shown.event, in: text)
        return EventsPage.Row(
          slug: heading.slug,
          title: heading.title,
          days: text.phrasebook.days(shown.event.startDate, shown.event.endDate),
          place: heading.place.isEmpty ? nil : heading.place,
          places: shown.placesLeft.map {
            text($0 == 0 ? .portalNoPlaceLeft : .portalPlacesLeft, ["count": .count($0)])
          },
          isFull: shown.placesLeft == 0
        )
      }
    )
    return self.page("events", page, title: text(.portalEvents), in: text, request, visit, keeping: .brief)
  }
}
