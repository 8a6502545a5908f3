import ArgumentParser
import LanyardClient
import LanyardTexts
import SwiftProtobuf

/// What commands take that list something of an event.
struct ListOptions: ParsableArguments {
  @OptionGroup var server: CallerOptions
  @Option(name: .long, help: "Slug of the event.", transform: EventSlug.read)
  var event: String
  @Flag(name: .long, help: "Print a line of JSON for each.")
  var json = false

  /// The clock of the event, which JSON does not need.
  func clock(_ client: ServerClient) async throws -> EventClock? {
    json ? nil : try await EventClock(of: event, client)
  }

  /// Prints each as a line, and below by which clock their times are; as JSON where there is no clock.
  func show<Item: Message>(_ items: [Item], _ clock: EventClock?, _ line: (Item, EventClock) throws -> String) throws {
    for item in items { Console.line(try clock.map { try line(item, $0) } ?? item.jsonString()) }
    if let clock, !items.isEmpty { Console.line(clock.note) }
  }
}

/// How a list is printed.
struct ListForm: ParsableArguments {
  @Flag(name: .long, help: "Print a table for spreadsheets, with a line of names above.")
  var csv = false
  @Flag(name: .long, help: "Print a line of JSON for each.")
  var json = false

  var isForPeople: Bool { !csv && !json }

  func validate() throws {
    if csv && json {
      throw ValidationError(Sentence(.optionNotBoth, ["one": .text("--csv"), "other": .text("--json")]))
    }
  }
}
