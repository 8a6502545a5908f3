import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

extension AttendanceCommand {
  /// `lanyard attendance sessions`.
  struct SessionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sessions",
      abstract: "List how full each session was: at its fullest, and in all.",
      discussion: """
        Somebody is in a session from when they are admitted to it until they leave, are scanned at another door, or it ends. In \
        all counts everybody once who was admitted to it. Behind the fullest stands how many it takes, or its room where that is fewer.
        """
    )

    /// How early people may be let in, at most.
    private static let early = Duration.seconds(Checkpoint.earlyEntryMinutes.upperBound * 60)

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Option(
      name: .long,
      help: "Only sessions that begin on this day at the place, such as 2024-05-28. (default: all)",
      transform: EventDay.read
    )
    var day: String?
    @OptionGroup var form: ListForm

    func run() async throws {
      let (lines, isRehearsal) = try await server.withConnection { try await sessions($0) }
      if form.json { return try lines.forEach { try Console.json($0) } }
      if form.csv {
        form.table.begin(Line.columns)
        return lines.map(\.fields).forEach(form.table.show)
      }
      let phrasebook = Phrasebook.ofSystem
      if isRehearsal { Console.line(" \(phrasebook.text(.listNothingReal)) ", "30;43") }
      let heads: [String] = [.listFullest, .listInAll].map { phrasebook.text($0) }
      func show(_ start: String, _ counts: [String], _ title: String) {
        let cells = zip(counts, heads).map { count, head in
          String(repeating: " ", count: max(0, max(9, TextWidth.columns(of: head)) - TextWidth.columns(of: count)))
            + count
        }
        let line = "\(start)  \(cells.joined(separator: "  "))  "
        Console.line(line + TextWidth.cut(title, to: 80 - TextWidth.columns(of: line)))
      }
      show(String(repeating: " ", count: 16), heads, "")
      for line in lines {
        let most = line.capacity.map { "\(line.mostInside)/\($0)" } ?? "\(line.mostInside)"
        show(line.start, [most, "\(line.inAll)"], "\(line.id)  \(line.title)")
      }
    }

    /// All sessions by their start, with what the server counts of each, and whether it rehearses.
    private func sessions(_ client: ServerClient) async throws -> (lines: [Line], isRehearsal: Bool) {
      let slug = try await event.slug(client)
      let parent = ResourceName.event(slug).description
      let service = Lanyard_V1_EventService.Client(wrapping: client)
      let found = try await service.getEvent(.with { $0.name = parent })
      let zone = try ZoneID(found.timeZone, field: "time_zone")
      let day = try day.map { "\(try EventDay.of(found, $0, "--day"))" }
      let sessions = try await Listing.all { token in
        let page = try await service.listSessions(.with { ($0.parent, $0.pageToken) = (parent, token) })
        return (try page.sessions.map { try Session($0, under: "sessions.") }, page.nextPageToken)
      }
      func date(_ moment: Instant) -> String { "\(zone.calendar.day(containing: moment).date)" }
      let asked = sessions.filter { day == nil || date($0.span.lowerBound) == day }
      // Whoever comes early to one that begins at midnight is counted on the day before.
      let days = asked.flatMap { session in
        let start = session.span.lowerBound
        return [date(start - Self.early), date(start), date(session.span.upperBound)]
      }
      var (rows, isRehearsal): ([String: AttendanceSummary.Row], Bool) = ([:], false)
      // Days before or after the event have no counts.
      for day in Set(days) where (found.startDate...found.endDate).contains(day) {
        let summary = try await AttendanceDay(event: slug, day: day, grouping: .session).summary(client)
        for row in summary.summary.rows { rows[row.key] = row }
        isRehearsal = summary.isRehearsal
      }
      let clock = VenueTime(zone: zone)
      let doors = try await Listing.checkpoints(client, of: parent).map { try Checkpoint($0, under: "checkpoints.") }
      let rooms = RoomCapacities(doors)
      return (asked.map { Line($0, of: slug, rows[$0.id]?.fill, rooms.limit(of: $0), clock) }, isRehearsal)
    }

    private struct Line: Encodable {
      static let columns = [
        "session", "title", "room", "start", "end", "most_inside", "in_all", "capacity",
      ]

      let session: String
      let id: String
      let title: String
      let room: String
      /// At the place, such as `2024-05-27 09:00`.
      let start: String
      let end: String
      let mostInside: Int
      let inAll: Int
      /// How many it takes; nil where there is no limit.
      let capacity: Int?

      enum CodingKeys: String, CodingKey {
        case session, title, room, start, end, capacity
        case mostInside = "most_inside"
        case inAll = "in_all"
      }

      var fields: [String] {
        [session, title, room, start, end, "\(mostInside)", "\(inAll)", capacity.map(String.init) ?? ""]
      }

      init(
        _ found: Session,
        of event: String,
        _ fill: AttendanceSummary.Row.Fill?,
        _ capacity: Int?,
        _ clock: VenueTime
      ) {
        (id, session) = (found.id, ResourceName.session(found.id, of: event).description)
        (title, room) = (found.title.plain, found.room)
        (start, end) = (clock.dateAndTime(found.span.lowerBound), clock.dateAndTime(found.span.upperBound))
        // To which nobody was admitted the server does not name.
        (mostInside, inAll) = (fill?.most ?? 0, fill?.inAll ?? 0)
        self.capacity = capacity
      }
    }
  }
}

/// How many the rooms of sessions take.
struct RoomCapacities {
  /// By the ids of their doors: the least of an area's checkpoints counts.
  private let limits: [String: Int]

  /// - Parameter checkpoints: All of the event.
  init(_ checkpoints: [Checkpoint]) {
    var limits: [String: Int] = [:]
    for doors in Dictionary(grouping: checkpoints, by: \.area).values {
      guard let least = doors.compactMap(\.capacity).min() else { continue }
      for door in doors { limits[door.id] = least }
    }
    self.limits = limits
  }

  /// How many may be in a session; nil where neither it nor its room has a limit.
  func limit(of session: Session) -> Int? {
    [session.capacity, limits[session.checkpoint]].compactMap(\.self).min()
  }
}
