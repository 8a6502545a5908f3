import LanyardDomain
import LanyardTexts

/// What stands around every page.
struct PageFrame: Sendable {
  /// A link to the same page in another language.
  struct LanguageLink: Sendable {
    let tag: String
    let name: String
    let href: String
    let isCurrent: Bool
  }

  let text: PageText
  /// The language and the direction of the page, as HTML has them. Templates see no computed values.
  let lang: String
  let dir: String
  let title: String
  let styleSheet: String
  let script: String
  let icon: String
  let languages: [LanguageLink]
  let isRehearsal: Bool
  /// Of the event that the page is of; nil where it is of none.
  let event: EventHeading?
  /// What ties forms to this browser.
  let seal: String
  /// Who of the house is signed in, on their pages; nil on all others.
  var house: HouseHeading?
  /// Address of the worker that keeps a badge for when there is no network; nil on pages that keep none.
  var worker: String?
}

/// What the pages for people of the house say of who is signed in, and where they can go.
struct HouseHeading: Sendable {
  struct Link: Sendable {
    let href: String
    let label: String
    let isCurrent: Bool
  }

  let who: String
  let links: [Link]
}

/// What every page of an event says of it.
struct EventHeading: Sendable {
  let slug: String
  let title: String
  let place: String
  /// Whether the page is the event's own, or that of one's own registration.
  var isHere = false
  var isMine = false

  init(_ event: Event, in text: PageText) {
    slug = event.slug
    title = event.title.text(in: text.language)
    let country = event.country.isEmpty ? "" : text.phrasebook.country(event.country)
    place =
      event.city.isEmpty || country.isEmpty
      ? event.city + country : text(.portalCityCountry, ["city": .text(event.city), "country": .text(country)])
  }
}
