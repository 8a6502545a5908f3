import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension BadgeCommand {
  /// `lanyard badge renew`.
  struct RenewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "renew",
      abstract: "Make badges last for all days of the event, after days were added.",
      discussion: """
        Badges of confirmed registrations, neither replaced nor revoked, are renewed on record: the codes that people have \
        go on working, at lanes too once they have heard. Only a lane that does not know a badge at all goes by the days \
        in its code. With --replace other badges take their places, whose codes say the new days: print and hand them out, \
        since the old ones stop working at once. That goes for those too that were renewed on record before, whose codes say \
        the old days. Renewing or replacing again changes nothing.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Flag(name: .long, help: "Issue other badges in their places.")
    var replace = false
    @Option(
      name: .long,
      help:
        "With --replace: only those that this key signed, as `lanyard keys list` shows it, so that it can be retired."
    )
    var key: String?
    @Flag(name: .long, help: "Print a line of JSON for each badge.")
    var json = false

    func run() async throws {
      let (count, remaining) = try await server.withConnection { client in
        let event = try await event.slug(client)
        let request = Lanyard_V1_RenewBadgesRequest.with {
          ($0.parent, $0.replace) = (ResourceName.event(event).description, replace)
          $0.verificationKey = key.map(KeyName.name) ?? ""
        }
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        var count = 0
        while true {
          let answer = try await service.renewBadges(request)
          count += answer.badges.count
          for badge in try answer.badges.map({ try Badge($0) }) where json {
            try Console.json(["serial": badge.serial.description, "code": badge.code, "registration": badge.holder])
          }
          // What a call does not renew, the next would not either.
          if answer.remaining == 0 || answer.badges.isEmpty { return (count, answer.remaining) }
        }
      }
      if !json { Console.say(replace ? .doneRenewedByOthers : .doneRenewed, ["count": .count(count)]) }
      if remaining > 0 {
        Console.error(Sentence(.doneStillEndEarly, ["count": .count(Int(remaining))]), .ofSystem)
        throw ExitStatus.negative
      }
    }
  }
}
