import Hummingbird
import LanyardDomain
import LanyardTexts

/// One session.
struct SessionPage: Sendable {
  let row: SessionRow
  let event: String
  let start: String
  let end: String
  let day: String
  let startText: String
  let endText: String
  let clock: String
  let venue: String?
  /// What the visitor may do with it; nil for who has not shown a registration.
  let own: OwnSession?
}

extension Site {
  func session(_ request: Request, _ visit: Visit) async throws -> Response {
    let slug = visit.part("event")
    let link = request.cookie(PortalCookie.link(of: slug))
    let shown = try await calls.by(visit).event(slug)
    let sessions = try await calls.by(visit).sessions(of: slug)
    guard let session = sessions.first(where: { $0.session.id == visit.part("session") }) else {
      throw PortalFault.notFound
    }
    let text = PageText(visit.language ?? shown.event.language)
    let own = try await ownSession(session.session, of: shown.event, link: link, in: text, visit)
    return sessionPage(session, of: shown.event, own: own, in: text, request, visit)
  }

  func sessionPage(
    _ shown: ShownSession,
    of event: Event,
    own: OwnSession?,
    in text: PageText,
    _ request: Request,
    _ visit: Visit
  ) -> Response {
    let session = shown.session
    let row = SessionRow(shown, of: event, in: text)
    let clock = VenueTime(zone: session.timeZone)
    let city = session.city.isEmpty ? event.city : session.city
    let page = SessionPage(
      row: row,
      event: event.slug,
      start: session.span.lowerBound.rfc3339(),
      end: session.span.upperBound.rfc3339(),
      day: text.phrasebook.day(session.timeZone.calendar.day(containing: session.span.lowerBound).date),
      startText: clock.timeOfDay(session.span.lowerBound),
      endText: clock.timeOfDay(session.span.upperBound),
      clock: text(.portalClock, ["city": .text(city.isEmpty ? session.timeZone.description : city)]),
      venue: session.venue.isEmpty ? nil : session.venue,
      own: own
    )
    return self.page(
      "session",
      page,
      title: row.title,
      of: EventHeading(event, in: text),
      in: text,
      request,
      visit,
      keeping: own == nil ? .brief : .none
    )
  }
}
