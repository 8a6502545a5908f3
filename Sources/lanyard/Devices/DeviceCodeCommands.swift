import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

extension DeviceCommand {
  /// `lanyard device codes`.
  struct CodesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "codes",
      abstract: "List the codes with which a device can still enrol; what people type is shown only once."
    )

    @OptionGroup var list: ListOptions

    func run() async throws {
      let (codes, clock) = try await list.server.withConnection { client in
        let event = try await list.event.slug(client)
        let service = Lanyard_V1_DeviceService.Client(wrapping: client)
        let codes = try await Listing.all { token in
          let page = try await service.listEnrolmentCodes(
            .with { ($0.parent, $0.pageToken) = (ResourceName.event(event).description, token) }
          )
          return (page.enrolmentCodes, page.nextPageToken)
        }
        return (codes, try await list.clock(of: event, client))
      }
      try list.show(codes, clock, Self.line)
    }

    private static func line(_ message: Lanyard_V1_EnrolmentCode, _ clock: EventClock) throws(InvalidInput) -> String {
      let code = try Enrolment(message)
      var parts: [Sentence] = []
      if code.isSupervisor { parts.append(Sentence(.listSupervisor)) }
      if code.profile.scans { parts.append(DeviceLine.places(code.checkpoints)) }
      parts.append(Sentence(.listUntil, ["time": clock.fact(code.expiresAt)]))
      let told = parts.map { Phrasebook.ofSystem.text($0) }
      return ([code.id, code.profile.spelling, code.displayName] + told).joined(separator: "  ")
    }
  }

  /// `lanyard device withdraw`.
  struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw",
      abstract: "Take codes back with which no device has enrolled yet; whoever shows one is refused from then on."
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Argument(help: "Id of the code, as `lanyard device code` and `codes` show it; not what people type.")
    var id: String?
    @Flag(name: .long, help: "All codes of the event with which a device can still enrol.")
    var all = false
    @Flag(name: .long, help: "Print each code as a line of JSON.")
    var json = false

    func validate() throws {
      let options: [String: Sentence.Fact] = ["one": .text("ID"), "other": .text("--all")]
      if (id == nil) != all { throw ValidationError(Sentence(all ? .optionNotBoth : .optionEitherOr, options)) }
    }

    func run() async throws {
      let choice = try event.choice(beside: [id].compactMap(\.self))
      try await server.withConnection { client in
        let event = try await choice.slug(client)
        let service = Lanyard_V1_DeviceService.Client(wrapping: client)
        for name in try await names(of: event, service) {
          try show(try await service.withdrawEnrolmentCode(.with { $0.name = name }))
        }
      }
    }

    /// The resource names of those that are meant.
    private func names<T>(
      of event: String,
      _ service: Lanyard_V1_DeviceService.Client<T>
    ) async throws -> [String] {
      if let id { return [try ResourceName.meant(id, kind: .enrolmentCodes, event: event, field: "id").description] }
      return try await Listing.all { token in
        let page = try await service.listEnrolmentCodes(
          .with { ($0.parent, $0.pageToken) = (ResourceName.event(event).description, token) }
        )
        return (page.enrolmentCodes.map(\.name), page.nextPageToken)
      }
    }

    private func show(_ code: Lanyard_V1_EnrolmentCode) throws {
      if json { return Console.line(try code.jsonString()) }
      let withdrawn = try Enrolment(code)
      let key: Sentence.Key = withdrawn.withdrawnAt == nil ? .doneHadRunOut : .doneWithdrawn
      Console.say(key, ["id": .text(withdrawn.id), "name": .text(withdrawn.displayName)])
    }
  }
}
