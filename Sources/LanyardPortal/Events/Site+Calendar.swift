import Hummingbird
import LanyardDomain
import LanyardMail

extension Site {
  /// The booked sessions, or one of them, for a calendar.
  func calendar(_ request: Request, _ visit: Visit) async throws -> Response {
    let own = try await own(request, visit)
    let wanted = request.query("session")
    let sessions = try await own.calls.sessions(of: own.slug)
      .filter { wanted == nil ? $0.isBooked : $0.session.id == wanted }.map(\.session)
    let host = (request.head.authority ?? "localhost").prefix { $0 != ":" }
    let text = MailCalendar.text(
      of: sessions,
      event: own.shown.event,
      in: own.text.language,
      domain: String(host),
      at: now()
    )
    return .file("\(own.slug).ics", type: "text/calendar; charset=utf-8", [UInt8](text.utf8))
  }
}
