import Foundation
import LanyardDomain

/// Dates, times, counts and lists as the readers of a language write them: Foundation's ICU has the forms of each locale,
/// on Linux too. Times are of 24 hours, as on the signs of a conference. In English a date is that of ISO 8601, since
/// readers of English do not agree on another order.
struct LocalFormat: Sendable {
  private let language: Language
  private let locale: Locale

  init(_ language: Language) {
    self.language = language
    var components = Locale.Components(identifier: language == .chinese ? "zh_Hans" : language.tag)
    components.hourCycle = .zeroToTwentyThree
    locale = Locale(components: components)
  }

  func count(_ count: Int) -> String {
    count.formatted(.number.grouping(.never).locale(locale))
  }

  func timeOfDay(_ instant: Instant, _ clock: VenueTime) -> String {
    if language == .english { return clock.timeOfDay(instant) }
    return Date(instant).formatted(time(clock))
  }

  func dateAndTime(_ instant: Instant, _ clock: VenueTime) -> String {
    if language == .english { return clock.dateAndTime(instant) }
    return Date(instant).formatted(time(clock).day().month(.abbreviated).year())
  }

  /// The days of an event, with their month in words: `27–31 May 2024`.
  func days(_ first: LocalDate, _ last: LocalDate) -> String {
    let formatter = DateIntervalFormatter()
    // Readers of English agree on an order where the month is a word.
    formatter.locale = language == .english ? Locale(identifier: "en_GB") : locale
    formatter.timeZone = .gmt
    formatter.dateTemplate = "dMMMMy"
    func date(_ day: LocalDate) -> Date { Date(timeIntervalSince1970: Double(day.daysSince1970) * 86_400) }
    return formatter.string(from: date(first), to: date(last))
  }

  /// A day of the week in short: `Mon`.
  func weekday(_ day: LocalDate) -> String { words(day) { $0.weekday(.abbreviated) } }

  /// A day with its weekday and its month in words: `Monday 27 May`.
  func day(_ day: LocalDate) -> String { words(day) { $0.weekday(.wide).day().month(.wide) } }

  private func words(_ day: LocalDate, _ form: (Date.FormatStyle) -> Date.FormatStyle) -> String {
    // As in `days`.
    let locale = language == .english ? Locale(identifier: "en_GB") : locale
    let date = Date(timeIntervalSince1970: Double(day.daysSince1970) * 86_400)
    return date.formatted(
      form(Date.FormatStyle(locale: locale, calendar: Calendar(identifier: .gregorian), timeZone: .gmt))
    )
  }

  /// A country in words; its code where the language has no word for it.
  func country(_ code: String) -> String {
    let name = locale.localizedString(forRegionCode: code) ?? code
    // English locales shorten what is written out on a badge.
    return language == .english ? name.replacing(" & ", with: " and ").replacing("St. ", with: "Saint ") : name
  }

  /// A script of letters in words, by its code in ISO 15924; the code where the language has no word for it.
  func script(_ code: String) -> String { locale.localizedString(forScriptCode: code) ?? code }

  /// Whether one text stands before another in lists of the language.
  func precedes(_ one: String, _ other: String) -> Bool {
    one.compare(other, options: [.caseInsensitive], range: nil, locale: locale) == .orderedAscending
  }

  /// - Parameter keepsIsolates: Whether isolates that a locale puts around the items stay.
  func list(_ items: [String], keepsIsolates: Bool) -> String {
    let list = items.formatted(.list(type: .and, width: .narrow).locale(locale))
    guard !keepsIsolates else { return list }
    return String(String.UnicodeScalarView(list.unicodeScalars.filter { $0 != "\u{2068}" && $0 != "\u{2069}" }))
  }

  private func time(_ clock: VenueTime) -> Date.FormatStyle {
    Date.FormatStyle(locale: locale, calendar: Calendar(identifier: .gregorian), timeZone: clock.zone)
      .hour(.twoDigits(amPM: .omitted)).minute(.twoDigits)
  }
}
