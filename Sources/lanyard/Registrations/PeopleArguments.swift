import ArgumentParser
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// The people, one or several, whom a command is about.
struct PeopleArguments: ParsableArguments {
  @Argument(
    help: """
      Who, one or several: e-mail address, badge code or serial, resource name, or whole words of the name that fit one person alone. \
      A single - reads them from standard input, one a line.
      """
  )
  var people: [String]
  @OptionGroup var event: EventOption
  @Flag(name: .long, help: "Print each registration as a line of JSON.")
  var json = false

  typealias Service = Lanyard_V1_RegistrationService.Client<HTTP2ClientTransport.Posix>

  /// Takes a step with each, and shows what became of them and of their badges.
  func take(
    _ access: ServerAccess,
    _ overCapacity: OverCapacity? = nil,
    _ step: (Service, Lanyard_V1_Registration) async throws -> Lanyard_V1_Registration
  ) async throws {
    try await each(access, overCapacity) { client, found in
      let changed = try await step(Service(wrapping: client), found)
      let outcome = try await ChangedRegistration(changed, from: found, client)
      if json {
        Console.line(try outcome.json())
        return changed
      }
      Console.line("\(try Registration(changed).shownState)  \(changed.displayName)")
      for told in try outcome.told() { Console.line(Phrasebook.ofSystem.text(told)) }
      return changed
    }
  }

  /// Refuses several people beside an option that is of one.
  ///
  /// - Parameter option: As it is said; nil where there is none.
  func requireOne(for option: String?) throws {
    guard let option, people.count > 1 else { return }
    throw ValidationError(Sentence(.doneOptionOfOne, ["option": .text(option)]))
  }

  /// Does something about each, once all were found. What fails for one fails for that one.
  ///
  /// - Parameters:
  ///   - ofOne: An option that is of one person; nobody is touched where it was said of several.
  ///   - body: Returns what became of the registration.
  /// - Throws: The gravest of their exit codes where it failed for some of several.
  func each(
    _ access: ServerAccess,
    _ overCapacity: OverCapacity? = nil,
    ofOne: String? = nil,
    _ body: (ServerClient, Lanyard_V1_Registration) async throws -> Lanyard_V1_Registration
  ) async throws {
    try await withServerConnection(access) { client in
      let found = try await PersonChoice(client: client, event: event.said).all(people)
      if let ofOne, found.count > 1 {
        throw CommandFailure.usage(Sentence(.doneOptionOfOne, ["option": .text(ofOne)]))
      }
      var worst = ExitStatus.done
      var tookPlace = false
      for registration in found {
        do {
          let changed = try await body(client, registration)
          if try changed.takesPlace && !registration.takesPlace { tookPlace = true }
        } catch let error as RPCError where found.count > 1 && ExitStatus(of: CallFailure(error)) != .unreachable {
          Console.error("\(registration.displayName), \(registration.name):")
          Console.report(CallFailure(error), .ofSystem)
          worst = max(worst, ExitStatus(of: CallFailure(error)))
        }
      }
      if let overCapacity, let name = found.first?.name, let event = ResourceName(name)?.event {
        try await overCapacity.tell(of: event, tookPlace: tookPlace, client)
      }
      if worst != .done { throw worst }
    }
  }
}
