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
    abstract: "Registrations of an event.",
    subcommands: [
      ImportCommand.self, ExportCommand.self, ListCommand.self, ApproveCommand.self, RejectCommand.self,
      RestoreCommand.self,
      CancelCommand.self, EraseCommand.self, LinkCommand.self,
    ]
  )

  /// `lanyard registrations list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List or search the registrations of an event."
    )

    @OptionGroup var server: CallerOptions
    @Option(name: .long, help: "Slug of the event.")
    var event: String
    @Option(name: .long, help: "Only those in this state: submitted, confirmed, waitlisted, rejected or cancelled.")
    var state: String?
    @Option(name: .long, help: "Only those of this stakeholder group.")
    var group: String?
    @Option(name: .long, help: "Only those that take part in this way: onsite or remote.")
    var participation: String?
    @Option(name: .long, help: "Only those whose name, organisation or e-mail address contains each of these words.")
    var query: String?
    @Option(name: .long, help: "At most this many.")
    var limit: Int?
    @Flag(name: .long, help: "Print the resource names only.")
    var names = false
    @Flag(name: .long, help: "Print a line of JSON for each registration.")
    var json = false

    func run() async throws {
      let request = try request()
      try await server.withConnection { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        var left = limit ?? Int.max
        var next = request
        repeat {
          next.pageSize = Int32(min(left, Int(Listing.pageSize)))
          let page = try await service.listRegistrations(next)
          try page.registrations.forEach(show)
          left -= page.registrations.count
          next.pageToken = page.nextPageToken
          if left <= 0 || next.pageToken.isEmpty, !json, !names {
            Console.say(.doneInAll, ["count": .count(Int(page.totalSize))])
          }
        } while left > 0 && !next.pageToken.isEmpty
      }
    }

    /// An option has none of the words that it may have.
    static func unknown<Value: WireValue>(_ option: String, _ given: String, _: Value.Type) -> ValidationError {
      let choices = Value.allCases.map { $0.rawValue.lowercased() }
      return ValidationError(option, Sentence(.optionUnknown, ["value": .text(given), "choices": .list(choices)]))
    }

    private func request() throws -> Lanyard_V1_ListRegistrationsRequest {
      if let limit, limit < 1 {
        throw ValidationError("--limit", Sentence(.optionOneOrMore, ["value": .count(limit)]))
      }
      var request = Lanyard_V1_ListRegistrationsRequest()
      request.parent = ResourceName.event(event).description
      request.stakeholderGroup = group ?? ""
      request.query = query ?? ""
      if let state {
        guard let value = RegistrationState(rawValue: state.uppercased())?.wire else {
          throw Self.unknown("--state", state, RegistrationState.self)
        }
        request.state = value
      }
      if let participation {
        guard let value = Participation(rawValue: participation.uppercased())?.wire else {
          throw Self.unknown("--participation", participation, Participation.self)
        }
        request.participation = value
      }
      return request
    }

    private func show(_ registration: Lanyard_V1_Registration) throws {
      if json { return Console.line(try registration.jsonString()) }
      if names { return Console.line(registration.name) }
      Console.line(
        "\(registration.state.shortName)  \(registration.shownName)  \(registration.organisation)  \(registration.name)"
      )
    }
  }

  /// `lanyard registrations approve`.
  struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "approve",
      abstract:
        "Confirm a registration that waits for a decision, or put it on the waiting list where no place is left."
    )

    @OptionGroup var step: StepOptions

    func run() async throws {
      let name = step.name
      try await step.take { try await $0.approveRegistration(.with { $0.name = name }) }
    }
  }

  /// `lanyard registrations reject`.
  struct RejectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reject",
      abstract: "Turn a registration down that waits for a decision or for a place."
    )

    @OptionGroup var step: StepOptions

    func run() async throws {
      let name = step.name
      try await step.take { try await $0.rejectRegistration(.with { $0.name = name }) }
    }
  }

  /// `lanyard registrations restore`.
  struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore",
      abstract: "Lift the rejection of a registration: it waits for a decision again.",
      discussion: """
        Whoever was rejected cannot register anew with the same e-mail address, whatever the group, nor by an import, until this \
        is done. Then approve it; or cancel it, and the person may register anew.
        """
    )

    @OptionGroup var step: StepOptions

    func run() async throws {
      let name = step.name
      try await step.take { try await $0.restoreRegistration(.with { $0.name = name }) }
    }
  }

  /// `lanyard registrations cancel`.
  struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cancel",
      abstract: "Cancel a registration; the first on the waiting list gets its place."
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var step: StepArguments

    func run() async throws {
      let access = try server.access()
      let name = step.name
      try await step.take(access) { try await $0.cancelRegistration(.with { $0.name = name }) }
    }
  }

  /// What approving, rejecting and restoring have in common, which no device may.
  struct StepOptions: ParsableArguments {
    @OptionGroup var server: ServerOptions
    @OptionGroup var step: StepArguments

    var name: String { step.name }

    func take(_ step: (StepArguments.Service) async throws -> Lanyard_V1_Registration) async throws {
      try await self.step.take(server.access(), step)
    }
  }

  /// What approving, rejecting, restoring and cancelling have in common.
  struct StepArguments: ParsableArguments {
    @Argument(help: "Resource name of the registration, as `lanyard registrations list --names` shows it.")
    var name: String
    @Flag(name: .long, help: "Print the registration as JSON.")
    var json = false

    typealias Service = Lanyard_V1_RegistrationService.Client<HTTP2ClientTransport.Posix>

    /// Takes the step and shows what became of the registration.
    func take(
      _ access: ServerAccess,
      _ step: (Service) async throws -> Lanyard_V1_Registration
    ) async throws {
      let changed = try await withServerConnection(access) { try await step(Service(wrapping: $0)) }
      if json {
        Console.line(try changed.jsonString())
      } else {
        Console.line("\(changed.state.shortName)  \(changed.displayName)")
      }
    }
  }
}

extension Lanyard_V1_Registration {
  /// The name in a list.
  fileprivate var shownName: String { hasEraseTime ? "(erased)" : displayName }
}
