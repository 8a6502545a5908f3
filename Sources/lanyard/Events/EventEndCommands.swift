import ArgumentParser
import Foundation
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
        brings it back.
        """
    )

    @OptionGroup var server: CallerOptions
    @Argument(help: "Slug of the event.", transform: EventSlug.read)
    var event: String
    @Flag(name: .long, help: "Bring it back into the lists.")
    var undo = false

    func run() async throws {
      let name = ResourceName.event(event).description
      let changed = try await server.withConnection { client in
        try await Lanyard_V1_EventService.Client(wrapping: client).updateEvent(
          Lanyard_V1_UpdateEventRequest(archived: !undo, of: name)
        )
      }
      Console.say(changed.archived ? .doneArchived : .doneUnarchived, ["event": .text(try changed.slug)])
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
      guard isatty(STDIN_FILENO) == 1 else { throw CommandFailure.usage(Sentence(.doneNobodyAsked)) }
      Console.error(
        Phrasebook.ofSystem.text(Sentence(.doneConfirmDelete, ["event": .text("\(try found.slug), \(found.title),")]))
      )
      guard readLine() == "delete" else { throw CommandFailure(status: .negative, Sentence(.doneNothingDeleted)) }
    }
  }
}
