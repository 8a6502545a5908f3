import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension RegistrationsCommand {
  /// `lanyard registrations duplicates`.
  struct DuplicatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "duplicates",
      abstract: "List who may be registered twice: the same name and organisation, or an address with a typing error.",
      discussion: """
        Registrations of one group stand together, the one that was made first first. Nothing is changed: cancel the one that is too \
        many. --json prints a line for each group. Where somebody may be registered twice the command ends with 1.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Flag(name: .long, help: "Print a line of JSON for each group.")
    var json = false

    func run() async throws {
      let (found, table) = try await server.withConnection { client in
        let name = ResourceName.event(try await event.slug(client)).description
        let found = try await Lanyard_V1_RegistrationService.Client(wrapping: client).findDuplicates(
          .with { $0.parent = name }
        )
        let terms = json ? .none : try await EventTerms(of: name, client)
        return (found, RegistrationLines(withEmail: true, terms: terms))
      }
      for group in found.groups {
        if json {
          Console.line(try group.jsonString())
        } else {
          Console.line(Phrasebook.ofSystem.text(group.kind.title))
          for line in table.lines(try group.registrations.map { try Registration($0) }) { Console.line("  \(line)") }
        }
      }
      guard found.totalSize == 0 else {
        throw CommandFailure(status: .negative, Sentence(.doneDuplicates, ["count": .count(Int(found.totalSize))]))
      }
      if !json { Console.line(Phrasebook.ofSystem.text(.doneNoDuplicates)) }
    }
  }
}
