import Hummingbird
import LanyardDomain
import LanyardTexts

/// An event: its facts and its programme.
struct EventPage: Sendable {
  let slug: String
  let title: String
  let days: String
  let place: String?
  let lead: String
  let organisers: String?
  let placesLeft: String?
  let isFull: Bool
  let isRemote: Bool
  /// Why nobody can register now; nil where people can.
  let closed: String?
  let clock: String
  let programme: ProgrammeView?
}

extension Site {
  func event(_ request: Request, _ visit: Visit) async throws -> Response {
    let calls = calls.by(visit)
    let slug = visit.part("event")
    let shown = try await calls.event(slug)
    let sessions = try await calls.sessions(of: slug)
    let event = shown.event
    let text = PageText(visit.language ?? event.language)
    let choice = ProgrammeChoice(
      day: request.query("day").flatMap { LocalDate($0) },
      track: request.query("track"),
      room: request.query("room")
    )
    let drawing = ProgrammeDrawing(shown: shown, sessions: sessions, choice: choice, now: now(), text: text)
    var heading = EventHeading(event, in: text)
    heading.isHere = true
    let days = text.phrasebook.days(event.startDate, event.endDate)
    let place = heading.place.isEmpty ? nil : heading.place
    let page = EventPage(
      slug: slug,
      title: heading.title,
      days: days,
      place: place,
      lead: lead(days: days, place: place, event, text),
      organisers: event.organisers.isEmpty ? nil : event.organisers,
      placesLeft: shown.placesLeft.map {
        text($0 == 0 ? .portalNoPlaceLeft : .portalPlacesLeft, ["count": .count($0)])
      },
      isFull: shown.placesLeft == 0,
      isRemote: event.allowsRemote,
      closed: shown.whyClosed(text),
      clock: text(.portalClock, ["city": .text(event.city.isEmpty ? event.timeZone.description : event.city)]),
      programme: drawing.view()
    )
    return self.page("event", page, title: heading.title, of: heading, in: text, request, visit, keeping: .brief)
  }

  private func lead(days: String, place: String?, _ event: Event, _ text: PageText) -> String {
    guard let place else { return days }
    return text(
      event.allowsRemote ? .portalWhenWhereOnline : .portalWhenWhere,
      ["days": .text(days), "place": .text(place)]
    )
  }
}
