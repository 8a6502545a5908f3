import Foundation
import LanyardDomain
import LanyardSQLite
import LanyardStore

/// A copy of an organiser's store, to play on; nothing is written to the original.
struct RehearsalCopy {
  /// The time of day at which a morning begins, in minutes after midnight.
  private static let morning = 8 * 60 + 30

  private let database: String
  private let store: SQLiteStore

  /// Copies a store into a data folder.
  ///
  /// - Throws: `LoadFailure` where there is none that can be copied.
  init(of database: String, in data: URL, tell: (String) -> Void) throws {
    guard FileManager.default.fileExists(atPath: database) else {
      let folder = URL(fileURLWithPath: database).deletingLastPathComponent().path
      throw LoadFailure(
        "--like \(folder): there is no store in it; name a data folder, such as ./lanyard-data",
        .wrongUse
      )
    }
    tell("copying the event")
    try PrivateFolder.make(data)
    let copy = data.appending(path: "lanyard.sqlite").path
    do {
      let act = Act.console(at: Instant(Date()))
      try SQLiteStore.copyForRehearsal(act, of: database, to: copy)
      store = try SQLiteStore(path: copy, mode: .rehearsal, act)
    } catch StoreError.outOfSpace {
      throw LoadFailure("there is no room for a copy of \(database): make some, or name another --folder", .wrongUse)
    } catch StoreError.failed(_, let about) {
      throw LoadFailure(
        "the store \(database) cannot be copied: it is damaged, no store of Lanyard's, or not yours to read (\(about)); "
          + "try `lanyard audit verify` on its folder, or name another",
        .wrongUse
      )
    } catch {
      throw LoadFailure("the store \(database) cannot be copied: \(error)", .wrongUse)
    }
    self.database = database
  }

  /// The first morning of an event at which nothing is on record yet: when its first entrance opens, or at half past
  /// eight. Where something is on record of every day, the moment after the last scan.
  ///
  /// - Parameter slug: Nil for the only event, or of several the only one with badges.
  func day(of slug: String?) async throws -> RunDay {
    let event = try await event(slug)
    let calendar = event.timeZone.calendar
    guard let first = calendar.start(of: event.startDate), let end = calendar.end(of: event.endDate) else {
      throw LoadFailure("the calendar has no \(event.startDate) or no \(event.endDate)")
    }
    let entrances = try await store.checkpoints(of: event.slug, PageRequest(size: RequestLimit.page)).items
      .map(\.checkpoint).filter { $0.kind == .entrance && !$0.isClosed }
    let minute = entrances.map { max($0.hours.opens, Self.morning) }.min() ?? Self.morning
    let last = try await store.lastScanTime()
    var day = calendar.day(containing: first)
    while day.span.lowerBound < end {
      let opening = calendar.moment(minute, of: day)
      if last.map({ $0 < opening }) ?? true { return RunDay(begins: opening, span: day.span) }
      day = calendar.day(1, from: day)
    }
    guard let last, last + .seconds(1) < end else {
      throw LoadFailure(
        "scans are on record of a time after the event \(event.slug), so that no day of it is left",
        .wrongUse
      )
    }
    return RunDay(begins: last + .seconds(1), span: calendar.day(containing: last + .seconds(1)).span)
  }

  private func event(_ slug: String?) async throws -> Event {
    let events = try await store.events(PageRequest(size: RequestLimit.page)).items.map(\.event)
    let wanted =
      if let slug { slug } else {
        try await PlayedEvent.only(of: events.map(\.slug)) { slug in
          try await !store.badges(of: slug, registration: nil, PageRequest(size: 1)).items.isEmpty
        }
      }
    guard let found = events.first(where: { $0.slug == wanted }) else {
      throw LoadFailure("there is no event \(wanted) in \(database)", .notFound)
    }
    return found
  }
}
