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
      A person is named by e-mail address, badge code or serial, resource name, or by whole words of their name where one person \
      alone fits. Where several do, or the words stand only in parts of names, organisations or addresses, they are listed, nothing is \
      changed, and the command ends with 1.
      """,
    subcommands: [
      AddCommand.self, ShowCommand.self, ChangeCommand.self, ListCommand.self, ImportCommand.self, ExportCommand.self,
      ApproveCommand.self, RejectCommand.self, RestoreCommand.self, MoveUpCommand.self, CancelCommand.self,
      EraseCommand.self, LinkCommand.self, DuplicatesCommand.self,
    ]
  )
}
