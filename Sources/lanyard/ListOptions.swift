import ArgumentParser
import SwiftProtobuf

/// What commands take that list something of an event.
struct ListOptions: ParsableArguments {
  @OptionGroup var server: ServerOptions
  @Option(name: .long, help: "Slug of the event.")
  var event: String
  @Flag(name: .long, help: "Print a line of JSON for each.")
  var json = false

  /// Prints each as a line, and below by which clock their times are; as JSON with `--json`.
  func show<Item: Message>(_ items: [Item], _ clock: EventClock, _ line: (Item) -> String) throws {
    for item in items { Console.line(json ? try item.jsonString() : line(item)) }
    if !json && !items.isEmpty { Console.line(clock.note) }
  }
}
