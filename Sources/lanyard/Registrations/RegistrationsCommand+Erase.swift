import ArgumentParser
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension RegistrationsCommand {
  /// `lanyard registrations erase`.
  struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "erase",
      abstract: "Erase a person: their names, addresses, answers, and what was noted about them.",
      discussion: """
        In any state, and for good: the registration is cancelled where it was live, its place goes to the next who waits, \
        and its badges stop working. It stays without texts, and so do its scans: all counts are what they were. Lanes \
        forget the person as soon as they hear of it. What you have outside of the server stays with you: files that were \
        imported or exported, printed badges, and copies of the data folder.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var person: PersonArgument
    @Flag(name: .long, help: "Erase without asking, as in a script.")
    var yes = false
    @Flag(name: .long, help: "Print the registration as JSON, as it is afterwards.")
    var json = false

    func run() async throws {
      let erased = try await server.withConnection { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let found = try await person.find(client)
        if !yes && !found.hasEraseTime { try confirm(found) }
        return try await service.eraseRegistration(
          .with {
            $0.name = found.name
            $0.etag = found.etag
            $0.requestID = UUIDBytes.timeOrdered(at: Instant(Date())).description
          }
        )
      }
      if json { return Console.line(try erased.jsonString()) }
      Console.say(.doneErased, ["name": .text(erased.name)])
    }

    /// Asks whether it is meant.
    private func confirm(_ found: Lanyard_V1_Registration) throws {
      if isatty(STDIN_FILENO) == 1 {
        Console.error("\(found.displayName), \(found.email), \(try Registration(found).shownState)")
      }
      try Confirmation(Sentence(.doneConfirmErasure), answer: "erase", else: Sentence(.doneNothingErased)).ask()
    }
  }
}
