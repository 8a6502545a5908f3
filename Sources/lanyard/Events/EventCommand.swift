import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// `lanyard event`.
struct EventCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "event",
    abstract: "Events and their programmes.",
    subcommands: [
      ImportCommand.self, ListCommand.self, CheckpointsCommand.self, ChangeCommand.self, BookCommand.self,
      ArchiveCommand.self, DeleteCommand.self,
    ]
  )

  /// `lanyard event import`.
  struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Load events with their sessions, rooms and entrances from a JSON file.",
      discussion: """
        All of the file is loaded or nothing. What is wrong is listed with its path, such as \
        events[1].sessions[3].start, or its line where the file is not JSON. The same file again changes nothing. Where it would take back what \
        `lanyard event change` changed, or makes an event whose slug differs little from one that is there, it says so and \
        asks; in a script it ends with 1 then, unless --force is given. A room or an entrance that gets another name keeps \
        its checkpoint where the file says its id, "id": "room-c".
        """
    )

    @OptionGroup var server: CallerOptions
    @Argument(help: "The programme, JSON in UTF-8.", completion: .file(extensions: ["json"]))
    var file: String
    @Flag(name: .long, help: "Load it without asking, whatever it takes back.")
    var force = false
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    func run() async throws {
      let document = try InputFile.read(file)
      guard document.count <= Programme.byteLimit else {
        let facts: [String: Sentence.Fact] = ["file": .text(file), "limit": .count(Programme.byteLimit)]
        throw CommandFailure.usage(Sentence(.doneFileTooLarge, facts))
      }
      let response = try await server.withConnection { client in
        do {
          return try await load(document, forced: force, client)
        } catch let error as RPCError where CallFailure(error).known == .importQuestioned {
          try confirm(CallFailure(error))
          return try await load(document, forced: true, client)
        } catch let error as RPCError where CallFailure(error).code == .invalidArgument {
          // What is wrong is what the file says, as a row that an import of registrations refuses.
          Console.report(CallFailure(error), .ofSystem)
          throw ExitStatus.negative
        }
      }
      let events = try response.events.map(Imported.init)
      if json {
        try Console.json(["events": events])
      } else {
        for event in events {
          let facts: [String: Sentence.Fact] = [
            "event": .text(event.slug), "sessions": .count(Int(event.sessions)),
            "checkpoints": .count(Int(event.checkpoints)),
          ]
          Console.say(.doneEventImported, facts)
          guard event.badgesEndingEarly > 0 else { continue }
          let ending: [String: Sentence.Fact] = [
            "count": .count(Int(event.badgesEndingEarly)), "event": .text(event.slug),
          ]
          Console.say(.doneBadgesEndEarly, ending)
        }
      }
    }

    private func load(
      _ document: Data,
      forced: Bool,
      _ client: ServerClient
    ) async throws -> Lanyard_V1_ImportProgrammeResponse {
      try await Lanyard_V1_EventService.Client(wrapping: client).importProgramme(
        .with { ($0.document, $0.force) = (document, forced) }
      )
    }

    /// Says what the import would do, and asks whether it is meant where somebody can be asked.
    private func confirm(_ failure: CallFailure) throws {
      Console.error(failure.sentence, .ofSystem)
      for field in failure.fields { Console.error("  \(field.name): \(field.reason)") }
      guard isatty(STDIN_FILENO) == 1 else { throw ExitStatus.negative }
      Console.error(Phrasebook.ofSystem.text(.doneConfirmImport))
      guard readLine() == "import" else { throw CommandFailure(status: .negative, Sentence(.doneNothingImported)) }
    }

    private struct Imported: Encodable {
      let slug: String
      let sessions: Int32
      let checkpoints: Int32
      /// Badges that do not last for all of its days.
      let badgesEndingEarly: Int32

      private enum CodingKeys: String, CodingKey {
        case slug, sessions, checkpoints
        case badgesEndingEarly = "badges_ending_early"
      }

      init(_ event: Lanyard_V1_ImportProgrammeResponse.ImportedEvent) throws(InvalidInput) {
        slug = try ResourceName.eventSlug(event.event, field: "event")
        sessions = event.sessions
        checkpoints = event.checkpoints
        badgesEndingEarly = event.badgesEndingEarly
      }
    }
  }

  /// `lanyard event list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the events.")

    @OptionGroup var server: CallerOptions
    @Flag(name: .long, help: "List those too that are archived.")
    var archived = false
    @Flag(name: .long, help: "Print a line of JSON for each event.")
    var json = false

    func run() async throws {
      let events = try await server.withConnection { try await Listing.events($0, archived: archived) }
      let reader = Language(environment: ProcessInfo.processInfo.environment)
      for event in events {
        if json {
          Console.line(try event.jsonString())
        } else {
          let title = reader.flatMap { event.titles[$0.tag] } ?? event.title
          let mark = event.archived ? "  \(Phrasebook.ofSystem.text(.listArchived))" : ""
          Console.line("\(try event.slug)  \(event.startDate) to \(event.endDate)  \(title)\(mark)")
        }
      }
    }
  }

  /// `lanyard event checkpoints`.
  struct CheckpointsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "checkpoints",
      abstract: "List the entrances and session doors of an event, and which are closed."
    )

    @OptionGroup var server: CallerOptions
    @Option(name: .long, help: "Slug of the event. (default: the events of all)", transform: EventSlug.read)
    var event: String?
    @Flag(name: .long, help: "Print a line of JSON for each checkpoint.")
    var json = false

    func run() async throws {
      let checkpoints = try await server.withConnection { client in
        try await Listing.checkpoints(client, of: (event.map(ResourceName.event) ?? .everyEvent).description)
      }
      for checkpoint in checkpoints {
        if json {
          Console.line(try checkpoint.jsonString())
        } else {
          let mark = checkpoint.closed ? "  \(Phrasebook.ofSystem.text(.listClosed))" : ""
          Console.line("\(checkpoint.displayName)  (\(checkpoint.name))\(mark)")
        }
      }
    }
  }
}

/// Files that a person names on the command line.
enum InputFile {
  static func read(_ path: String) throws -> Data {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure.usage(Sentence(.importUnreadable, ["file": .text(path)]))
    }
    return data
  }
}
