import Hummingbird
import LanyardDomain
import LanyardTexts

/// A page of text: parts with a heading each.
struct ProsePage: Sendable {
  struct Part: Sendable {
    let heading: String
    let paragraphs: [String]
    /// Whom to write to; nil where nobody reads it.
    var contact: String?
  }

  let heading: String
  let lead: String
  let parts: [Part]
}

extension Site {
  /// What is kept of participants, why and how long.
  func privacy(_ request: Request, _ visit: Visit) async throws -> Response {
    try await prose(request, visit) { event, text in
      let contact = event.mail.contact.isEmpty ? nil : event.mail.contact
      func part(_ heading: Sentence.Key, _ paragraphs: Sentence.Key..., contact: String? = nil) -> ProsePage.Part {
        ProsePage.Part(heading: text(heading), paragraphs: paragraphs.map { text($0) }, contact: contact)
      }
      return ProsePage(
        heading: text(.portalPrivacy),
        lead: text(.portalPrivacyLead),
        parts: [
          part(.portalKept, .portalKeptText),
          part(.portalWhy, .portalWhyText),
          part(.portalHowLong, .portalHowLongText),
          part(.portalBadgeData, .portalBadgeDataText),
          part(.portalCookies, .portalCookiesText),
          part(.portalYourRights, .portalYourRightsText, contact: contact),
        ]
      )
    }
  }

  /// Whom to ask, and what most people ask.
  func help(_ request: Request, _ visit: Visit) async throws -> Response {
    try await prose(request, visit) { event, text in
      let contact = event.mail.contact.isEmpty ? nil : event.mail.contact
      func part(_ heading: Sentence.Key, _ paragraph: Sentence.Key, contact: String? = nil) -> ProsePage.Part {
        ProsePage.Part(heading: text(heading), paragraphs: [text(paragraph)], contact: contact)
      }
      return ProsePage(
        heading: text(.portalHelp),
        lead: text(.portalHelpLead),
        parts: [
          part(.portalHelpNoMail, .portalHelpNoMailText),
          part(.portalHelpLink, .portalHelpLinkText),
          part(.portalHelpName, .portalHelpNameText),
          part(.portalHelpBadge, .portalHelpBadgeText),
          part(.portalHelpAccess, .portalHelpAccessText),
          part(.portalHelpAsk, contact == nil ? .portalHelpAskDesk : .portalHelpAskText, contact: contact),
        ]
      )
    }
  }

  private func prose(
    _ request: Request,
    _ visit: Visit,
    _ make: (Event, PageText) -> ProsePage
  ) async throws -> Response {
    let event = try await calls.by(visit).event(visit.part("event")).event
    let text = PageText(visit.language ?? event.language)
    let page = make(event, text)
    let heading = EventHeading(event, in: text)
    return self.page("prose", page, title: page.heading, of: heading, in: text, request, visit, keeping: .brief)
  }
}
