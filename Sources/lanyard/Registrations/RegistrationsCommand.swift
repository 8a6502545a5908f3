import ArgumentParser
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// `lanyard registrations`.
struct RegistrationsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registrations",
    abstract: "Registrations of an event: one by one, many at once, and from a file.",
    discussion: """
      A person is named by e-mail address, badge code or serial, resource name, or by words of their name where one person alone \
      fits; where several do, they are listed, nothing is changed, and the command ends with 1.
      """,
    subcommands: [
      AddCommand.self, ShowCommand.self, ChangeCommand.self, ListCommand.self, ImportCommand.self,
      ApproveCommand.self, RejectCommand.self, RestoreCommand.self, CancelCommand.self, EraseCommand.self,
      LinkCommand.self,
    ]
  )

  /// `lanyard registrations import`.
  struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Register the people of a CSV file.",
      discussion: """
        The first row names the columns: \(RegistrationTable.columns.joined(separator: ", ")); email, stakeholder_group \
        and participation must be there. A row that is refused is reported with its number as a spreadsheet counts it \
        (the header is row 1), the field and the reason, and refuses nothing else. The same file again changes nothing. \
        Ends with 1 where a row was refused.
        """
    )

    /// Rows of one message to the server.
    private static let batch = 250

    @OptionGroup var server: ServerOptions
    @Argument(help: "The registrations, CSV in UTF-8.", completion: .file(extensions: ["csv"]))
    var file: String
    @Option(name: .long, help: "Slug of the event.")
    var event: String
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    func run() async throws {
      var file = try RegistrationFile(file)
      var summary = Summary()
      var rows = 0
      // Scripts read the same whatever the machine speaks.
      let language = json ? Language.english : .ofSystem ?? .english
      try file.check { row in
        if case .failure(let error) = row.content { summary.refuse(row.row, error, language) } else { rows += 1 }
      }
      var access = try server.access()
      if json { access.language = language.tag }
      let upload = RegistrationUpload(file: file, event: event, bar: ProgressBar(title: "Registering", total: rows))
      summary.add(try await withServerConnection(access) { try await upload.run($0) })
      try show(summary)
      if summary.refusedCount > 0 { throw ExitStatus.negative }
    }

    private func show(_ summary: Summary) throws {
      if json { return try Console.json(summary) }
      for row in summary.refused {
        Console.say(.doneRowRefused, ["row": .count(row.row), "field": .text(row.field), "reason": .text(row.reason)])
      }
      let facts: [String: Sentence.Fact] = [
        "imported": .count(summary.imported), "waitlisted": .count(summary.waitlisted),
        "unchanged": .count(summary.unchanged), "refused": .count(summary.refusedCount),
      ]
      Console.say(.doneImported, facts)
    }

    private struct Summary: Encodable {
      /// The most faults that are listed; those past them are counted.
      private static let listed = 5000

      struct Refused: Encodable {
        let row: Int
        let field: String
        let reason: String
      }

      var imported = 0
      var unchanged = 0
      var waitlisted = 0
      private(set) var refused: [Refused] = []
      /// How many rows were refused.
      private(set) var refusedCount = 0
      /// The same, where they are not all listed.
      private var refusedRows: Int?

      enum CodingKeys: String, CodingKey {
        case imported, unchanged, waitlisted, refused
        case refusedRows = "refused_rows"
      }

      /// Notes a row that was refused before it was sent.
      mutating func refuse(_ row: Int, _ input: InvalidInput, _ language: Language) {
        refusedCount += 1
        list(input.violations.map { Refused(row: row, field: $0.field, reason: $0.reason(in: language)) })
      }

      mutating func add(_ response: Lanyard_V1_ImportRegistrationsResponse) {
        imported = Int(response.imported)
        unchanged = Int(response.unchanged)
        waitlisted = Int(response.waitlisted)
        refusedCount += Int(response.refusedCount)
        list(response.refused.map { Refused(row: Int($0.row), field: $0.field, reason: $0.reason) })
        refused.sort { $0.row < $1.row }
        let listed = Set(refused.map(\.row)).count
        if listed < refusedCount { refusedRows = refusedCount }
      }

      private mutating func list(_ faults: [Refused]) {
        refused += faults.prefix(max(0, Self.listed - refused.count))
      }
    }
  }
}
