import ArgumentParser
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

/// `lanyard attendance`.
struct AttendanceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attendance",
    abstract: "Who is in, every scan on record, and what lanes decided otherwise while they were offline.",
    subcommands: [
      CountsCommand.self, PeopleCommand.self, ScansCommand.self, ConflictsCommand.self, SendOutCommand.self,
      UndoCommand.self,
    ],
    defaultSubcommand: CountsCommand.self
  )
}

/// `lanyard attendance counts`, the default of `lanyard attendance`.
struct CountsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "counts",
    abstract: "Who is in: for each checkpoint how many are inside, were admitted today, and were refused and why.",
    discussion: "Headcounts count people, not scans. With --watch the table stays on the screen and follows them."
  )

  @OptionGroup var server: CallerOptions
  @Option(name: .long, help: "Slug of the event. (default: every event that has checkpoints)")
  var event: String?
  @Option(name: .long, help: "Only this checkpoint: its name on the screens, its id, or its resource name.")
  var checkpoint: String?
  @Flag(name: .long, help: "Show the headcounts again whenever they change, until Ctrl-C.")
  var watch = false
  @Flag(name: .long, help: "Print the headcounts as JSON, a line an event.")
  var json = false

  func run() async throws {
    try await server.withConnection { client in
      let requests = try await requests(client)
      if watch { return try await watch(requests, client) }
      let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
      var shown: [Lanyard_V1_Attendance] = []
      for request in requests { shown.append(try await service.getAttendance(request)) }
      try show(shown)
    }
  }

  /// Shows the headcounts again whenever they change, until Ctrl-C.
  private func watch(_ requests: [Lanyard_V1_GetAttendanceRequest], _ client: ServerClient) async throws {
    let screen = WatchedAttendances(requests.map(\.name), isJSON: json, in: .ofSystem)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for request in requests {
        group.addTask {
          try await AttendanceWatch(
            request: .with { ($0.name, $0.checkpoint) = (request.name, request.checkpoint) },
            client: client
          ).run(screen)
        }
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

  private func show(_ all: [Lanyard_V1_Attendance]) throws {
    if json { return try all.forEach { try Console.json(try AttendanceLine($0, naming: all.count > 1)) } }
    for attendance in all { try AttendanceTable(attendance).print() }
  }
}

/// The headcounts of an event as a line of JSON.
struct AttendanceLine: Encodable {
  struct Checkpoint: Encodable {
    let name: String
    let inside: Int32
    let admitted: Int32
    let refused: [String: Int32]
  }

  /// Slug of the event, where there are several lines.
  let event: String?
  let checkpoints: [Checkpoint]
  let peopleInside: Int32
  let rehearsal: Bool

  enum CodingKeys: String, CodingKey {
    case event, checkpoints, rehearsal
    case peopleInside = "people_inside"
  }

  /// - Throws: `InvalidInput` where the server's answer names no event.
  init(_ attendance: Lanyard_V1_Attendance, naming: Bool) throws(InvalidInput) {
    event = naming ? try ResourceName.attendance(attendance.name, field: "name") : nil
    checkpoints = attendance.checkpoints.map { counts in
      Checkpoint(
        name: counts.displayName,
        inside: counts.inside,
        admitted: counts.admitted,
        refused: Dictionary(uniqueKeysWithValues: counts.refused.map { ($0.reason.shortName, $0.count) })
      )
    }
    peopleInside = attendance.peopleInside
    rehearsal = attendance.rehearsal
  }
}

/// The headcounts of an event as a table.
struct AttendanceTable {
  private let attendance: Lanyard_V1_Attendance
  /// Slug of the event.
  private let event: String
  private let clock: VenueTime

  /// - Throws: `InvalidInput` where this machine does not know the event's time zone, or the server's answer names no event.
  init(_ attendance: Lanyard_V1_Attendance) throws(InvalidInput) {
    self.attendance = attendance
    event = try ResourceName.attendance(attendance.name, field: "name")
    clock = VenueTime(zone: try ZoneID(attendance.timeZone, field: "time_zone"))
  }

  func print() {
    let phrasebook = Phrasebook.ofSystem
    if attendance.rehearsal {
      Console.line(Console.coloured(" \(phrasebook.text(.listNothingReal)) ", "30;43"))
    }
    let facts: [String: Sentence.Fact] = [
      "event": .text(event), "time": .moment(Instant(shown: attendance.readTime), clock),
      "count": .count(Int(attendance.peopleInside)),
    ]
    Console.line(Console.coloured(phrasebook.text(Sentence(.listPeopleInside, facts)), "1"))
    let width = attendance.checkpoints.map { TextWidth.columns(of: $0.displayName) }.max() ?? 0
    let (inside, admitted) = (phrasebook.text(.listInside), phrasebook.text(.listAdmittedToday))
    let widths = (max(6, TextWidth.columns(of: inside)), TextWidth.columns(of: admitted))
    Console.line(
      "  \(padded("", width))  \(right(inside, widths.0))  \(admitted)  \(phrasebook.text(.listRefusedToday))"
    )
    for counts in attendance.checkpoints {
      let refused = counts.refused.map { "\($0.count) \($0.reason.shortName)" }.joined(separator: ", ")
      let (inside, admitted) = (right("\(counts.inside)", widths.0), right("\(counts.admitted)", widths.1))
      Console.line("  \(padded(counts.displayName, width))  \(inside)  \(admitted)  \(refused)")
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - TextWidth.columns(of: text)))
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - TextWidth.columns(of: text))) + text
  }
}
