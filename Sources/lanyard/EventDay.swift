import ArgumentParser
import LanyardAPI
import LanyardDomain
import LanyardTexts

/// How commands read which day of an event is meant.
enum EventDay {
  /// The day, which has to be one of an event.
  ///
  /// - Parameter text: As `read` took it.
  /// - Throws: `CommandFailure` that says which days the event has.
  static func of(_ event: Lanyard_V1_Event, _ text: String, _ option: String) throws -> LocalDate {
    guard let day = LocalDate(text) else { throw CommandFailure.usage(Sentence(Fault.noDate)) }
    guard let start = LocalDate(event.startDate), let end = LocalDate(event.endDate), !(start...end).contains(day)
    else {
      return day
    }
    let facts: [String: Sentence.Fact] = [
      "option": .text(option), "day": .text("\(day)"), "event": .text(try event.slug), "start": .text("\(start)"),
      "end": .text("\(end)"),
    ]
    throw CommandFailure.usage(Sentence(.optionDayOutside, facts))
  }

  /// The day, as calls say it.
  ///
  /// - Throws: `ValidationError` where it is none.
  static func read(_ text: String) throws -> String {
    guard LocalDate(text) != nil else { throw ValidationError(Phrasebook.ofSystem.text(Sentence(Fault.noDate))) }
    return text
  }
}
