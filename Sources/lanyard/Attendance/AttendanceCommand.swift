import ArgumentParser
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf
import UnixSignals

/// `lanyard attendance`.
struct AttendanceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attendance",
    abstract: "Who is in, who came, every scan on record, and what lanes decided otherwise while they were offline.",
    subcommands: [
      CountsCommand.self, PeopleCommand.self, PersonCommand.self, SessionsCommand.self, ScansCommand.self,
      ConflictsCommand.self,
      SendOutCommand.self, UndoCommand.self,
    ],
    defaultSubcommand: CountsCommand.self
  )
}

/// `lanyard attendance counts`, the default of `lanyard attendance`.
struct CountsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "counts",
    abstract: "Who is in: for each checkpoint how many are inside, were admitted today, and were refused and why.",
    discussion: """
      Headcounts count people, not scans. With --watch the table stays on the screen and follows them.

      With --day or --by it says how many people came on a day, each once, beside how many are confirmed and expected, which is \
      confirmed on site for that day:

        lanyard attendance --by country
        lanyard attendance --day 2024-05-28 --by hour --csv
      """
  )

  @OptionGroup var server: CallerOptions
  @Option(
    name: .long,
    help: "Slug of the event. (default: every event that has checkpoints)",
    transform: EventSlug.read
  )
  var event: String?
  @Option(name: .long, help: "Only this checkpoint: its name on the screens, its id, or its resource name.")
  var checkpoint: String?
  @Flag(name: .long, help: "Show the headcounts again whenever they change, until Ctrl-C.")
  var watch = false
  @Option(
    name: .long,
    help: "How many came on this day, a date of the event such as 2024-05-28. (default: today there)",
    transform: EventDay.read
  )
  var day: String?
  @Option(name: .long, help: "How many came, counted apart by this; hours are those in which people came first.")
  var by: AttendanceGrouping?
  @OptionGroup var form: ListForm

  func validate() throws {
    let asked = [("--day", day != nil), ("--by", by != nil)].filter(\.1).map(\.0)
    let others = [("--watch", watch), ("--checkpoint", checkpoint != nil)].filter(\.1).map(\.0)
    let pair =
      if let one = asked.first, let other = others.first { [one, other] } else if watch, form.csv {
        ["--csv", "--watch"]
      } else { [String]() }
    if pair.count > 1 {
      throw ValidationError(Sentence(.optionNotBoth, ["one": .text(pair[0]), "other": .text(pair[1])]))
    }
  }

  func run() async throws {
    if day != nil || by != nil { return try await showDay() }
    try await server.withConnection { client in
      let requests = try await requests(client)
      if watch { return try await watch(requests, client) }
      let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
      var shown: [ToldAttendance] = []
      for request in requests { shown.append(try ToldAttendance(try await service.getAttendance(request))) }
      try show(shown)
    }
  }

  /// Says how many came on a day.
  private func showDay() async throws {
    let summary = try await server.withConnection { client in
      let slug = try await EventChoice(event).slug(client)
      if let day {
        let name = ResourceName.event(slug).description
        let found = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(.with { $0.name = name })
        _ = try EventDay.of(found, day, "--day")
      }
      return try await AttendanceDay(event: slug, day: day, grouping: by).summary(client)
    }
    let table = AttendanceDayTable(summary)
    if form.json { return try Console.json(table) }
    guard form.csv else { return table.print(.ofSystem) }
    form.table.begin(AttendanceDayTable.columns)
    table.csv.forEach(form.table.show)
  }

  /// Shows the headcounts again whenever they change, until Ctrl-C.
  private func watch(_ requests: [Lanyard_V1_GetAttendanceRequest], _ client: ServerClient) async throws {
    let screen = WatchedAttendances(requests.map(\.name), isJSON: form.json, in: .ofSystem)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for request in requests {
        group.addTask {
          try await AttendanceWatch(
            request: .with { ($0.name, $0.checkpoint) = (request.name, request.checkpoint) },
            client: client
          ).run(screen)
        }
      }
      if Console.isTerminal, !form.json {
        let resizes = await UnixSignalsSequence(trapping: .sigwinch)
        group.addTask { for await _ in resizes { await screen.draw() } }
      }
      try await group.waitForAll()
    }
  }

  private func requests(_ client: ServerClient) async throws -> [Lanyard_V1_GetAttendanceRequest] {
    if let checkpoint {
      let found = try await Listing.checkpoint(client, named: checkpoint, of: event).name
      let address = try ResourceName.checkpoint(found, field: "checkpoint")
      return [.with { ($0.name, $0.checkpoint) = (ResourceName.attendance(of: address.event).description, found) }]
    }
    if let event { return [.with { $0.name = ResourceName.attendance(of: event).description }] }
    let all = try await Listing.checkpoints(client, of: ResourceName.everyEvent.description)
    let events = Set(try all.map { try ResourceName.checkpoint($0.name, field: "name").event })
    return events.sorted().map { event in .with { $0.name = ResourceName.attendance(of: event).description } }
  }

  private func show(_ all: [ToldAttendance]) throws {
    if form.json { return try all.forEach { try Console.json(AttendanceLine($0, naming: all.count > 1)) } }
    guard form.csv else { return all.forEach { AttendanceTable($0).print() } }
    form.table.begin(AttendanceLine.columns)
    all.flatMap(AttendanceLine.rows).forEach(form.table.show)
  }
}

/// The headcounts of an event as a line of JSON.
struct AttendanceLine: Encodable {
  struct Checkpoint: Encodable {
    let name: String
    let inside: Int
    let admitted: Int
    let refused: [String: Int]
    let areaInside: Int
    /// How many may be in its area; nil where there is no limit.
    let capacity: Int?
    let closed: Bool
    /// Resource name of the session that it leads to now.
    let session: String?

    enum CodingKeys: String, CodingKey {
      case name, inside, admitted, refused, capacity, closed, session
      case areaInside = "area_inside"
    }
  }

  /// Slug of the event, where there are several lines.
  let event: String?
  let checkpoints: [Checkpoint]
  let peopleInside: Int
  let rehearsal: Bool

  enum CodingKeys: String, CodingKey {
    case event, checkpoints, rehearsal
    case peopleInside = "people_inside"
  }

  static let columns = [
    "event", "checkpoint", "inside", "admitted_today", "left_today", "refused_today", "capacity", "area_inside",
    "closed", "session",
  ]

  /// The rows of a table for spreadsheets.
  static func rows(_ attendance: ToldAttendance) -> [[String]] {
    attendance.counts.checkpoints.map { counts in
      let session = counts.session.map { ResourceName.session($0.id, of: attendance.event).description }
      return [attendance.event, counts.displayName]
        + [counts.inside, counts.admitted, counts.left, counts.refused.values.reduce(0, +)].map(String.init)
        + [counts.capacity.map(String.init) ?? "", "\(counts.areaInside)", counts.isClosed ? "yes" : "", session ?? ""]
    }
  }

  init(_ attendance: ToldAttendance, naming: Bool) {
    event = naming ? attendance.event : nil
    checkpoints = attendance.counts.checkpoints.map { counts in
      Checkpoint(
        name: counts.displayName,
        inside: counts.inside,
        admitted: counts.admitted,
        refused: Dictionary(uniqueKeysWithValues: counts.refused.map { ($0.key.rawValue, $0.value) }),
        areaInside: counts.areaInside,
        capacity: counts.capacity,
        closed: counts.isClosed,
        session: counts.session.map { ResourceName.session($0.id, of: attendance.event).description }
      )
    }
    peopleInside = attendance.counts.peopleInside
    rehearsal = attendance.isRehearsal
  }
}
