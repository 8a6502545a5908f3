import ArgumentParser
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension RegistrationsCommand {
  /// `lanyard registrations link`.
  struct LinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "link",
      abstract: "Make a personal link: a token with which a person reads, changes and cancels their own registration.",
      discussion: """
        With it they correct their name, take part remotely or on site while there is a place, and change whatever else their \
        registration says but the e-mail address, the role, and a move into a group that the event reviews: the desk and the \
        organisers change those. They see no other registration.

        It is shown once: hand it to the person and to nobody else. It is valid for \(PersonalLinks.days) days, or until the \
        person is erased. A registration has at most \(PersonalLinks.limit) that are valid; a new one ends the oldest.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var person: PersonArgument
    @Flag(name: .long, help: "Print the link as JSON.")
    var json = false

    func run() async throws {
      let (name, link, clock) = try await server.withConnection { client in
        let name = try await person.find(client).name
        // Before the link is made, since it may be that this machine does not know the event's time zone.
        let event = try ResourceName.registration(name, field: "name").event
        let clock = json ? nil : try await EventClock(of: event, client)
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        return (name, try await service.createPersonalLink(.with { $0.name = name }), clock)
      }
      guard let clock else {
        let end = Instant(shown: link.expireTime).rfc3339()
        return try Console.json(["registration": name, "token": link.token, "expire_time": end])
      }
      Console.say(.listLinkToken, ["token": .text(link.token)])
      Console.say(.doneLinkEnds, ["end": clock.fact(link.expireTime), "name": .text(name)])
    }
  }
}
