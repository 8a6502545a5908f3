import ArgumentParser
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension BadgeCommand {
  /// `lanyard badge history`.
  struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "history",
      abstract:
        "Show all badges that somebody has had, the first first: when each was issued and printed, and what became of it.",
      discussion: """
        Organisers see below each badge who did what with it, and when. Times are those of the event's place. --json prints a line \
        for each badge.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var person: PersonArgument
    @Flag(name: .long, help: "Print a line of JSON for each badge.")
    var json = false

    func run() async throws {
      try await server.withConnection { client in
        let name = try await person.find(client).name
        let event = try ResourceName.registration(name, field: "name").event
        let parent = ResourceName.event(event).description
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        let badges = try await Listing.all { token in
          let page = try await service.listBadges(
            .with { ($0.parent, $0.registration, $0.pageToken) = (parent, name, token) }
          )
          return (page.badges, page.nextPageToken)
        }
        if json { return try badges.forEach { Console.line(try $0.jsonString()) } }
        guard !badges.isEmpty else {
          let facts: [String: Sentence.Fact] = ["name": .text(person.person), "registration": .text(name)]
          throw CommandFailure(status: .negative, Sentence(.doneNoBadge, facts))
        }
        let clock = try await EventClock(of: event, client)
        for (number, message) in zip(1..., badges) {
          let badge = try Badge(message)
          Console.line(Self.line(badge, number, clock))
          for entry in try await entries(of: badge, parent, client) { Console.line(Self.line(entry, clock)) }
        }
        Console.line(clock.note)
      }
    }

    /// What was done with a badge; nothing for those who may not read the trail.
    private func entries(
      of badge: Badge,
      _ parent: String,
      _ client: ServerClient
    ) async throws -> [AuditEntry] {
      let feed = Lanyard_V1_FeedService.Client(wrapping: client)
      let name = ResourceName.badge(badge.serial, of: badge.event).description
      do {
        return try await Listing.all { token in
          let page = try await feed.listAuditEntries(
            .with { ($0.parent, $0.resource, $0.pageToken) = (parent, name, token) }
          )
          return (try page.entries.map { try AuditEntry($0) }, page.nextPageToken)
        }
      } catch let error as RPCError where error.code == .permissionDenied {
        return []
      }
    }

    private static func line(_ badge: Badge, _ number: Int, _ clock: EventClock) -> String {
      let phrasebook = Phrasebook.ofSystem
      func time(_ key: Sentence.Key, _ time: Instant) -> String {
        phrasebook.text(Sentence(key, ["time": clock.fact(time)]))
      }
      var parts = [
        "\(number)", "\(badge.serial)", "\(BadgeNumber(badge.serial, issue: number))",
        phrasebook.text(badge.state.title),
        time(.listBadgeIssued, badge.issuedAt),
      ]
      if let printedAt = badge.printedAt { parts.append(time(.listBadgePrinted, printedAt)) }
      return (parts + [badge.revocationNote].filter { !$0.isEmpty }).joined(separator: "  ")
    }

    private static func line(_ entry: AuditEntry, _ clock: EventClock) -> String {
      "    \(clock.text(entry.madeAt))  \(entry.name)  \(Phrasebook.ofSystem.text(entry.act.actor.sentence))"
    }
  }
}
