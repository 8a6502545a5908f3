import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension EventCommand {
  /// `lanyard event archive`.
  struct ArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "archive",
      abstract: "Take an event that is over out of all lists.",
      discussion: """
        It is not listed any more, and its checkpoints make no name ambiguous: a command that names a checkpoint without its \
        event means one of the other events. Whoever names the event reaches all of it, as before; nothing is lost. --undo \
        brings it back. Of one that is not over yet it asks whether that is meant.
        """
    )

    @OptionGroup var server: CallerOptions
    @Argument(help: "Slug of the event.", transform: EventSlug.read)
    var event: String
    @Flag(name: .long, help: "Bring it back into the lists.")
    var undo = false
    @Flag(name: .long, help: "Archive it without asking although it is not over, as in a script.")
    var yes = false

    func run() async throws {
      let name = ResourceName.event(event).description
      let changed = try await server.withConnection { client in
        if !undo, !yes, let end = try await end(client) { try confirm(end) }
        return try await Lanyard_V1_EventService.Client(wrapping: client).updateEvent(
          Lanyard_V1_UpdateEventRequest(archived: !undo, of: name)
        )
      }
      Console.say(changed.archived ? .doneArchived : .doneUnarchived, ["event": .text(try changed.slug)])
    }

    /// The last day of the event where it is not over by the server's clock; nil where it is, or is archived already.
    private func end(_ client: ServerClient) async throws -> LocalDate? {
      let name = ResourceName.event(event).description
      let found = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(.with { $0.name = name })
      guard !found.archived, let end = LocalDate(found.endDate) else { return nil }
      let counts = try await Lanyard_V1_AttendanceService.Client(wrapping: client).getAttendance(
        .with { $0.name = ResourceName.attendance(of: event).description }
      )
      do throws(InvalidInput) {
        let zone = try ZoneID(found.timeZone, field: "time_zone")
        let now = try counts.readTime.instant(field: "read_time")
        return zone.calendar.day(containing: now).date > end ? nil : end
      } catch {
        // This machine does not know the zone, and so not whether it is over.
        return end
      }
    }

    /// Asks whether it is meant.
    private func confirm(_ end: LocalDate) throws {
      let facts: [String: Sentence.Fact] = ["event": .text(event), "end": .text("\(end)")]
      try Confirmation(Sentence(.doneConfirmArchive, facts), answer: "archive", else: Sentence(.doneNothingArchived))
        .ask()
    }
  }

  /// `lanyard event delete`.
  struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete",
      abstract: "Delete an event for which nobody registered, such as one that was loaded under a wrong slug.",
      discussion: """
        It goes with its sessions and checkpoints, and its slug is free again; what was done about it stays on record. An \
        event that anybody is or was registered for is not deleted, and ends with 1: `lanyard event archive` takes it out of \
        the lists. Devices and tokens of it are revoked first.
        """
    )

    @OptionGroup var server: CallerOptions
    @Argument(help: "Slug of the event.", transform: EventSlug.read)
    var event: String
    @Flag(name: .long, help: "Delete without asking, as in a script.")
    var yes = false

    func run() async throws {
      let name = ResourceName.event(event).description
      try await server.withConnection { client in
        let service = Lanyard_V1_EventService.Client(wrapping: client)
        let found = try await service.getEvent(.with { $0.name = name })
        if !yes { try confirm(found) }
        _ = try await service.deleteEvent(.with { $0.name = name })
      }
      Console.say(.doneDeleted, ["event": .text(event)])
    }

    /// Asks whether it is meant.
    private func confirm(_ found: Lanyard_V1_Event) throws {
      let question = Sentence(.doneConfirmDelete, ["event": .text("\(try found.slug), \(found.title),")])
      try Confirmation(question, answer: "delete", else: Sentence(.doneNothingDeleted)).ask()
    }
  }
}
