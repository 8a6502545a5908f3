import ArgumentParser
import LanyardClient
import SwiftProtobuf

/// What commands take that list something of an event.
struct ListOptions: ParsableArguments {
  @OptionGroup var server: CallerOptions
  @Option(name: .long, help: "Slug of the event.")
  var event: String
  @Flag(name: .long, help: "Print a line of JSON for each.")
  var json = false

  /// The clock of the event, which JSON does not need.
  func clock(_ client: ServerClient) async throws -> EventClock? {
    json ? nil : try await EventClock(of: event, client)
  }

  /// Prints each as a line, and below by which clock their times are; as JSON where there is no clock.
  func show<Item: Message>(
    _ items: [Item],
    _ clock: EventClock?,
    _ line: (Item, EventClock) throws -> String
  ) throws {
    for item in items { Console.line(try clock.map { try line(item, $0) } ?? item.jsonString()) }
    if let clock, !items.isEmpty { Console.line(clock.note) }
  }
}
