import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// Times as the clocks at an event's place show them.
struct EventClock: Sendable {
  private let zone: ZoneID
  private let event: Lanyard_V1_Event

  /// - Throws: `InvalidInput` where this machine does not know the event's time zone.
  init(of event: String, _ client: ServerClient) async throws {
    let service = Lanyard_V1_EventService.Client(wrapping: client)
    let found = try await service.getEvent(.with { $0.name = ResourceName.event(event).description })
    zone = try ZoneID(found.timeZone, field: "time_zone")
    self.event = found
  }

  /// A moment for programs and spreadsheets, such as `2024-05-27 08:30:05`.
  func text(_ instant: Instant) -> String { VenueTime(zone: zone).dateAndSeconds(instant) }

  /// The moment that somebody names by the clock of the place, or with an offset.
  ///
  /// - Throws: `CommandFailure` where it is none.
  func moment(_ text: String, _ option: String) throws -> Instant {
    if let time = OffsetTime(text) { return time.instant }
    let calendar = zone.calendar
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == "t" || $0 == " " }
    let date = parts.first.flatMap { LocalDate(String($0)) }
    if let start = date.flatMap(calendar.start(of:)) {
      if parts.count == 1 { return start }
      // A time of day of any date says how many minutes it is after midnight.
      if parts[1].utf8.count == 5, let time = OffsetTime("1970-01-01T\(parts[1]):00Z") {
        return calendar.moment(Int(time.instant.seconds / 60), of: calendar.day(containing: start))
      }
    }
    throw CommandFailure.usage(Sentence(.optionNoMoment, ["option": .text(option), "text": .text(text)]))
  }

  /// The moments of what a list is narrowed by; nil where nothing is said.
  ///
  /// - Throws: `CommandFailure` where one is none, no time lies between them, or the day is none of the event.
  func span(_ times: ScanTimes) throws -> (from: Instant?, until: Instant?) {
    if let text = times.day {
      let day = try EventDay.of(event, text, "--day")
      return (zone.calendar.start(of: day), zone.calendar.end(of: day))
    }
    let (from, until) = (times.from, times.until)
    let (start, end) = (try from.map { try moment($0, "--from") }, try until.map { try moment($0, "--until") })
    if let start, let end, start >= end {
      throw CommandFailure.usage(Sentence(.optionNotBefore, ["one": .text("--from"), "other": .text("--until")]))
    }
    return (start, end)
  }

  /// A moment, for a sentence.
  func fact(_ instant: Instant) -> Sentence.Fact { .moment(instant, VenueTime(zone: zone)) }

  /// The same as a server told it.
  func fact(_ time: Google_Protobuf_Timestamp) -> Sentence.Fact { fact(Instant(shown: time)) }

  /// Of what place the times are.
  var note: String { Phrasebook.ofSystem.text(Sentence(.listTimesOf, ["zone": .text(zone.description)])) }
}
