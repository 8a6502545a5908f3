import LanyardDomain
import LanyardStore
import Logging

/// Whether this machine knows the clocks of the places where events are: without them no door could be opened by the right
/// day, and no plan would be read.
enum TimeZoneCheck {
  private static let pageSize = 500

  /// Reads what the programmes on record say.
  ///
  /// - Throws: `StoreError.unknownValue` where an event, a checkpoint or a session is in a zone that is not known here, which
  ///   the log tells, or says anything else that this version does not know.
  static func run(_ store: any ProgrammeStore, _ logger: Logger) async throws {
    do {
      let events = try await all { try await store.events($0) }
      _ = try await all { try await store.checkpoints(of: nil, $0) }
      for event in events { _ = try await all { try await store.sessions(of: event.event.slug, $0) } }
    } catch StoreError.unknownValue(let table, "time_zone") {
      logger.critical(
        "a time zone on record is not known to this machine; install or update tzdata and start again",
        metadata: ["table": "\(table)"]
      )
      throw StoreError.unknownValue(table: table, column: "time_zone")
    }
  }

  private static func all<Item>(_ read: (PageRequest) async throws -> Page<Item>) async throws -> [Item] {
    var items: [Item] = []
    try await eachPage(of: pageSize, read) { items += $0 }
    return items
  }
}
