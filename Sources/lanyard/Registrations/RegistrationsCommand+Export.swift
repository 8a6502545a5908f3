import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts

extension RegistrationsCommand {
  /// `lanyard registrations export`.
  struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write the registrations of an event as CSV or JSON.",
      discussion: """
        To standard output, or to a file with --out. Without --state those that stand: submitted, confirmed and waitlisted. \
        The CSV begins with the columns that an import reads, so that it can be imported for another event or on another \
        server. A text that a spreadsheet would take for a formula has an apostrophe before it; an import takes it off. \
        So can the JSON. Excel opens the CSV with --bom.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Option(name: .long, help: "Only those in this state; may be said several times.")
    var state: [RegistrationState] = []
    @Option(name: .long, help: "Only those of this stakeholder group: its id, or its label in any language.")
    var group: String?
    @Option(name: .long, help: "Only those that take part in this way.")
    var participation: Participation?
    @Option(name: .long, help: "Only those whose name, organisation or e-mail address contains each of these words.")
    var query: String?
    @Option(name: .long, help: "Write to this file, which only you may read.", completion: .file())
    var out: String?
    @OptionGroup var table: TableForm
    @Flag(name: .long, help: "Write a line of JSON for each registration in place of CSV.")
    var json = false

    func validate() throws {
      if json, let option = table.given {
        throw ValidationError(Sentence(.optionNotBoth, ["one": .text(option), "other": .text("--json")]))
      }
    }

    func run() async throws {
      var request = try request()
      let access = try server.access()
      let file = try out.map { try PartialFile($0) }
      do {
        let count = try await withServerConnection(access) { client in
          request.parent = ResourceName.event(try await event.slug(client)).description
          let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
          return try await service.exportRegistrations(request) { response in
            var count = 0
            for try await part in response.messages {
              if let file { try file.write(part.content) } else { Console.write(part.content) }
              count += Int(part.registrations)
            }
            return count
          }
        }
        guard let file else { return }
        try file.finish()
        Console.error(
          Phrasebook.ofSystem.text(Sentence(.doneExported, ["file": .text(file.path), "count": .count(count)]))
        )
      } catch {
        file?.discard()
        throw error
      }
    }

    private func request() throws -> Lanyard_V1_ExportRegistrationsRequest {
      var request = Lanyard_V1_ExportRegistrationsRequest()
      request.format = (json ? ExportFormat.jsonLines : .csv).wire
      request.byteOrderMark = table.bom
      if let separator = table.separator { request.separator = separator.wire }
      request.stakeholderGroup = group ?? ""
      request.query = query ?? ""
      request.states = state.map(\.wire)
      if let participation { request.participation = participation.wire }
      return request
    }
  }
}
