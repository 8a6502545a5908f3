import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardTexts
import SwiftProtobuf

/// What commands take that list something of an event.
struct ListOptions: ParsableArguments {
  @OptionGroup var server: CallerOptions
  @OptionGroup var event: EventOption
  @Flag(name: .long, help: "Print a line of JSON for each.")
  var json = false

  /// The clock of an event, which JSON does not need.
  func clock(of event: String, _ client: ServerClient) async throws -> EventClock? {
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
  @OptionGroup var table: TableForm
  @Flag(name: .long, help: "Print a line of JSON for each.")
  var json = false

  var isForPeople: Bool { !csv && !json }

  func validate() throws {
    if csv && json {
      throw ValidationError(Sentence(.optionNotBoth, ["one": .text("--csv"), "other": .text("--json")]))
    }
    if !csv, let option = table.given {
      let facts: [String: Sentence.Fact] = ["option": .text(option), "others": .list(["--csv"])]
      throw ValidationError(Sentence(.optionOnlyWith, facts))
    }
  }
}

/// How tables for spreadsheets are written, by every command that writes one.
struct TableForm: ParsableArguments {
  @Flag(name: .long, help: "Begin the table with a byte order mark, by which Excel knows UTF-8.")
  var bom = false
  @Option(
    name: .long,
    help: """
      What separates the cells of the table: comma, semicolon or tab. Excel expects a semicolon where the comma is the \
      decimal sign. (default: comma)
      """
  )
  var separator: TableSeparator?

  /// An option that says how a table is written; nil where none does.
  var given: String? { bom ? "--bom" : separator == nil ? nil : "--separator" }

  /// Prints the line of names above a table.
  func begin(_ columns: [String]) { Console.data((bom ? CSVWriter.byteOrderMark : "") + line(columns)) }

  /// Prints a row of a table.
  func show(_ fields: [String]) { Console.data(line(fields)) }

  private func line(_ fields: [String]) -> String {
    CSVWriter.line(fields, separator: (separator ?? .comma).character)
  }
}
