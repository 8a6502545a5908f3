import ArgumentParser
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension AttendanceCommand {
  /// `lanyard attendance conflicts`.
  struct ConflictsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "conflicts",
      abstract: "List what lanes decided while they were offline and the server would have refused, the latest first.",
      discussion: """
        What a lane did is a fact and is kept; this says where it contradicts what was known elsewhere, such as one badge \
        that two lanes admitted while they were apart. WITHOUT_RIGHT is an override, a person who was found by name, or a \
        scan that was taken back, of a device that might not do that any more when it was back. Taking one of the scans \
        back ends a conflict, also where the lane has done so. What narrows the list goes together; times are written as for \
        `lanyard attendance scans`. Ends with 1 where there are any.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Option(name: .long, help: "Only scans that the server would have refused for this, such as revoked.")
    var reason: RefusalReason?
    @Option(name: .long, help: "Only what is about this.")
    var kind: ConflictKind?
    @Option(
      name: .long,
      help: "Only with a scan at this checkpoint: its name on the screens, its id, or its resource name."
    )
    var checkpoint: String?
    @Option(
      name: .long,
      help: "Only one person: e-mail address, badge code or serial, resource name, or words of the name."
    )
    var person: String?
    @Option(name: .long, help: "Only scans that came to this.")
    var answer: AnswerKind?
    @Option(name: .long, help: "Only this direction.")
    var direction: Direction?
    @Option(name: .long, help: "Only what this device reported: its name or its id; of a token, the resource name.")
    var reporter: String?
    @OptionGroup var times: ScanTimes
    @OptionGroup var form: ListForm

    func run() async throws {
      let (conflicts, names) = try await server.withConnection { client in
        let slug = try await event.slug(client, beside: checkpoint, person, reporter)
        let names = try await ScanNames(of: slug, client)
        var request = try await self.request(slug, client, names)
        let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
        let conflicts = try await Listing.all { token in
          request.pageToken = token
          let page = try await service.listConflicts(request)
          return (page.conflicts, page.nextPageToken)
        }
        return (conflicts, names)
      }
      let clock = names.clock
      if form.csv { form.table.begin(Line.columns) }
      for conflict in conflicts {
        let line = try Line(conflict, names)
        if form.json {
          try Console.json(line)
        } else if form.csv {
          form.table.show(line.fields(clock))
        } else {
          line.show(Phrasebook.ofSystem, clock)
        }
      }
      if form.isForPeople, !conflicts.isEmpty { Console.line(clock.note) }
      if form.isForPeople && conflicts.isEmpty { Console.say(.doneNoConflicts, [:]) }
      if !conflicts.isEmpty { throw ExitStatus.negative }
    }

    /// What the options ask for.
    private func request(
      _ event: String,
      _ client: ServerClient,
      _ names: ScanNames
    ) async throws -> Lanyard_V1_ListConflictsRequest {
      var request = Lanyard_V1_ListConflictsRequest()
      request.parent = ResourceName.event(event).description
      request.pageSize = Listing.pageSize
      if let reason { request.reason = reason.wire }
      if let kind { request.kind = kind.wire }
      if let checkpoint {
        request.checkpoint = try await Listing.checkpoint(client, named: checkpoint, of: event).name
      }
      if let person { request.registration = try await PersonChoice(client: client, event: event).one(person).name }
      if let answer { request.answer = answer.wire }
      if let direction { request.direction = direction.wire }
      if let reporter { request.reporter = try names.reporter(reporter) }
      let span = try names.clock.span(times)
      if let start = span.from { request.startTime = Google_Protobuf_Timestamp(start) }
      if let end = span.until { request.endTime = Google_Protobuf_Timestamp(end) }
      return request
    }

    private struct Line: Encodable {
      static let columns = [
        "time", "reason", "name", "registration", "checkpoint", "session", "device", "reporter", "undone",
        "earlier_time",
        "earlier_checkpoint", "scan", "earlier_scan", "conflict",
      ]

      let conflict: String
      let reason: String
      let name: String
      /// Resource name of the person's registration, where the badge is on record.
      let registration: String?
      let checkpoint: String
      /// Resource name of the session, at a session's door.
      let session: String?
      let at: String
      /// The same by the clock of the event's place.
      let local: String
      /// Id of the device, or the token, that reported it.
      let reporter: String
      /// What the device is called; nil where it was none of the event's.
      let device: String?
      let scan: String
      /// Whether the lane took it back, so that this is what the conflict is about.
      let undone: Bool
      let earlierCheckpoint: String?
      let earlierAt: String?
      let earlierScan: String?
      /// The moments of both.
      private let (happened, earlierHappened): (Instant, Instant?)

      private enum CodingKeys: String, CodingKey {
        case conflict, reason, name, registration, checkpoint, session, at, local, reporter, device, scan, undone
        case earlierCheckpoint = "earlier_checkpoint"
        case earlierAt = "earlier_at"
        case earlierScan = "earlier_scan"
      }

      init(_ message: Lanyard_V1_Conflict, _ names: ScanNames) throws(InvalidInput) {
        let told = try ToldConflict(message)
        let answered = told.scan
        (conflict, reason) = (message.name, told.causeName)
        name = message.checkIn.attendee.displayName
        checkpoint = answered.checkpoint.checkpoint
        happened = answered.happenedAt
        at = happened.rfc3339(digits: .three)
        local = names.clock.text(happened)
        registration = message.checkIn.hasAttendee ? message.checkIn.attendee.registration : nil
        session = answered.session.map { ResourceName.session($0, of: answered.checkpoint.event).description }
        reporter = answered.reporter.id
        device = names.devices[reporter]
        scan = answered.id.description
        undone = answered.undo != nil
        let earlier = told.earlier
        earlierCheckpoint = earlier?.checkpoint.checkpoint
        earlierHappened = earlier?.happenedAt
        earlierAt = earlierHappened?.rfc3339(digits: .three)
        earlierScan = earlier?.id.description
      }

      /// A row for spreadsheets.
      func fields(_ clock: EventClock) -> [String] {
        [
          local, reason, name, registration ?? "", checkpoint, session ?? "", device ?? "", reporter,
          undone ? "yes" : "",
          earlierHappened.map(clock.text) ?? "", earlierCheckpoint ?? "", scan, earlierScan ?? "", conflict,
        ]
      }

      func show(_ phrasebook: Phrasebook, _ clock: EventClock) {
        let notes = undone ? [Sentence(.listTakenBack)] : []
        let told = ([sentence(clock)] + notes).map { phrasebook.text($0) }
        let rest = [session.flatMap { ResourceName($0)?.id }, device, registration].compactMap(\.self)
        Console.line((told + rest).joined(separator: "  "))
      }

      private func sentence(_ clock: EventClock) -> Sentence {
        var facts: [String: Sentence.Fact] = [
          "reason": .text(reason), "name": .text(name), "place": .text(checkpoint), "time": clock.fact(happened),
          "scan": .text(scan),
        ]
        guard let earlierCheckpoint, let earlierHappened else { return Sentence(.listConflict, facts) }
        (facts["earlierPlace"], facts["earlierTime"]) = (.text(earlierCheckpoint), clock.fact(earlierHappened))
        return Sentence(.listConflictAfter, facts)
      }
    }
  }
}

extension AttendanceCommand {
  /// `lanyard attendance undo`.
  struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "undo",
      abstract: "Take scans back, such as the wrong one of a conflict; who is inside follows.",
      discussion: """
        `lanyard attendance scans` and `conflicts` list scans with their ids, and `send-out` prints those that it makes. A \
        scan stays on record, marked as taken back, with who did it and why. Taking it back again changes nothing.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Option(name: .long, help: "Why; at most \(OverrideNote.noteLimit) characters.")
    var note = ""
    @Flag(name: .long, help: "Print the scan as JSON.")
    var json = false
    @Argument(help: "Ids of the scans, or their resource names.")
    var scans: [String]

    func run() async throws {
      let choice = try event.choice(beside: scans)
      let ids = try scans.map { scan in
        if let id = UUIDBytes(scan) { return id }
        guard case .checkIn(let id, _)? = ResourceName(scan) else {
          throw CommandFailure.usage(Sentence(.doneNoScanID, ["scan": .text(scan)]))
        }
        return id
      }
      let areAllOnRecord = try await server.withConnection { client in
        let event = try await choice.slug(client)
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        var areAllOnRecord = true
        for id in ids {
          let undone = try await service.undoCheckIn(
            .with { ($0.name, $0.note) = (ResourceName.checkIn(id, of: event).description, note) }
          )
          try show(undone)
          areAllOnRecord = areAllOnRecord && undone.hasReceiveTime
        }
        return areAllOnRecord
      }
      if !areAllOnRecord { throw ExitStatus.negative }
    }

    private func show(_ undone: Lanyard_V1_CheckIn) throws {
      // What was not on record has no answer.
      let answered = try undone.hasReceiveTime ? AnsweredScan(undone) : nil
      let answer = answered?.answer.kind
      if json {
        try Console.json(["scan": undone.scanID, "answer": answer?.rawValue ?? ""])
      } else if let answer {
        Console.say(.doneTakenBack, ["answer": .sentence(answer.title), "name": .text(undone.attendee.displayName)])
      } else {
        Console.say(.doneNothingTakenBack, [:])
      }
    }
  }
}
