import Foundation
import LanyardDomain
import LanyardSQLite
import LanyardServer
import LanyardStore

/// A store made without a server, to measure with: an event that is on, lanes, and people whose badges each lane lets
/// through. A hundred thousand people take about half a minute.
struct MeasuredStore: Sendable {
  private static let event = "bench"
  /// The most entrances that an event may have; further lanes stand beside the first ones, as two lanes of one entrance do.
  private static let entranceLimit = 500
  /// Registrations of one transaction.
  private static let part = 1_000

  let store: SQLiteStore
  /// Badge codes, one a person.
  let codes: [String]

  /// Makes the store in a file that is not there yet, marked as a rehearsal's.
  ///
  /// - Parameter progress: Told how many people are done, who is registered and without a badge by half.
  init(at path: String, lanes: Int, people: Int, progress: (Int) -> Void = { _ in }) async throws {
    let now = ServerClock.system.now
    store = try SQLiteStore(path: path, mode: .rehearsal, .console(at: now))
    let day = { (offset: Int) in Date(now + .seconds(offset * 86_400)).formatted(.iso8601.year().month().day()) }
    let entrances = (1...min(lanes, Self.entranceLimit)).map { #"{"name": "Lane \#($0)"}"# }.joined(separator: ", ")
    let document = """
      {"events": [{"slug": "\(Self.event)", "title": "Bench", "start_date": "\(day(-1))", "end_date": "\(day(1))",
        "time_zone": "UTC", "stakeholder_groups": ["Everyone"], "entrances": [\(entrances)], "sessions": []}]}
      """
    _ = try await store.importProgramme(.console(at: now), Programme.reading([UInt8](document.utf8)))
    let event = try await store.event(Self.event).event
    let signer = try await BadgeSigner.load(from: store, clock: .system)
    for first in stride(from: 0, to: people, by: Self.part) {
      let details = try (first..<min(first + Self.part, people)).map { try Self.person($0, at: event) }
      _ = try await store.importRegistrations(.console(at: now), details, for: Self.event)
      progress((first + details.count) / 2)
    }
    var (codes, page) = ([String](), PageRequest(size: Self.part))
    repeat {
      let found = try await store.registrations(of: Self.event, matching: RegistrationFilter(), page).page
      let drafts = try await signer.drafts(for: found.items, of: event)
      codes += try await store.issue(.console(at: now), drafts, of: Self.event).map(\.badge.code)
      progress((people + codes.count) / 2)
      page.after = found.next
    } while page.after != nil
    self.codes = codes
  }

  private static func person(_ number: Int, at event: Event) throws -> RegistrationDetails {
    var form = RegistrationForm()
    form.email = "person\(number)@example.org"
    form.givenName = "Person \(number)"
    form.stakeholderGroup = "Everyone"
    form.participation = .onsite
    return try form.validated(for: event)
  }

  /// The codes that each of so many lanes scans, in lanes' order: as many for each lane, of people from all over the event.
  func codes(ofLanes lanes: Int, each count: Int) -> [[String]] {
    precondition(lanes * count <= codes.count, "there are \(codes.count) badges for \(lanes) lanes with \(count) each")
    return (0..<lanes).map { lane in
      let first = codes.count * lane / lanes
      return Array(codes[first..<first + count])
    }
  }

  static func checkpointAddress(_ lane: Int) -> CheckpointAddress {
    CheckpointAddress(event: event, checkpoint: entrance(lane))
  }

  /// Resource name of the event.
  static let eventName = ResourceName.event(event).description

  /// Resource name of a lane's checkpoint.
  static func checkpoint(_ lane: Int) -> String { ResourceName.checkpoint(entrance(lane), of: event).description }

  private static func entrance(_ lane: Int) -> String { "lane-\(lane % entranceLimit + 1)" }
}
