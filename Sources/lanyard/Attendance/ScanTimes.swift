import ArgumentParser
import LanyardTexts

/// When scans happened that a list is to have.
struct ScanTimes: ParsableArguments {
  @Option(name: .long, help: "Only scans of this day at the place, such as 2024-05-28.", transform: EventDay.read)
  var day: String?
  @Option(name: .long, help: "Only scans that happened at this time or later.")
  var from: String?
  @Option(name: .long, help: "Only scans that happened before this time.")
  var until: String?

  func validate() throws {
    for (option, value) in [("--from", from), ("--until", until)] where day != nil && value != nil {
      throw ValidationError(Sentence(.optionNotBoth, ["one": .text("--day"), "other": .text(option)]))
    }
  }
}
