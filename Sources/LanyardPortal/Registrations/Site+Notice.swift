import HTTPTypes
import Hummingbird
import LanyardDomain
import LanyardTexts

/// A page that says one thing, and where to go on.
struct NoticePage: Sendable {
  let heading: String
  let text: String
  let more: String?
  let href: String
  let action: String
  let number: String?
}

extension Site {
  /// A page of an event that says one thing.
  ///
  /// - Parameter link: What leads on, and the page of the event that it leads to.
  func notice(
    _ heading: Sentence.Key,
    _ paragraphs: [Sentence.Key],
    link: (action: Sentence.Key, page: String),
    _ request: Request,
    _ visit: Visit,
    status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let slug = visit.part("event")
    let event = try await calls.by(visit).event(slug).event
    let text = PageText(visit.language ?? event.language)
    let page = NoticePage(
      heading: text(heading),
      text: paragraphs.first.map { text($0) } ?? "",
      more: paragraphs.dropFirst().first.map { text($0) },
      href: link.page.isEmpty ? "/\(slug)" : "/\(slug)/\(link.page)",
      action: text(link.action),
      number: nil
    )
    let heading = EventHeading(event, in: text)
    return self.page("notice", page, title: page.heading, of: heading, in: text, request, visit, status: status)
  }
}
