import ArgumentParser
import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

extension BadgeCommand {
  /// `lanyard badge activate`.
  struct ActivateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "activate",
      abstract: "Activate a badge at the desk, once its bearer was seen: it works from now on.",
      discussion: """
        Where the programme says `badge_activation`, or the group is one of `activated_stakeholder_groups`, a badge opens \
        nothing before: one that was sent by e-mail, or picked up by somebody else, is worth nothing. At the desk, check who it \
        is, scan the badge (its code is taken here), and hand it over. A badge that takes its place later works at once.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var badge: BadgeOptions

    func run() async throws {
      let activated = try await server.withConnection { client in
        let name = try await badge.name(client)
        return try await Lanyard_V1_BadgeService.Client(wrapping: client).activateBadge(.with { $0.name = name })
      }
      try Badge(activated).showState()
    }
  }

  /// `lanyard badge hold`.
  struct HoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "hold",
      abstract: "Hold a badge for a time: whoever brings it is refused with HELD until it is released.",
      discussion: """
        For a badge that was lost and may be found. Its registration keeps it: `lanyard badge release` makes it work again, \
        `lanyard badge replace` issues another in its place.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var badge: BadgeOptions

    func run() async throws {
      let held = try await server.withConnection { client in
        let name = try await badge.name(client)
        return try await Lanyard_V1_BadgeService.Client(wrapping: client).holdBadge(.with { $0.name = name })
      }
      try Badge(held).showState()
    }
  }

  /// `lanyard badge release`.
  struct ReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "release",
      abstract: "Release a badge that is held: it works again at once."
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var badge: BadgeOptions

    func run() async throws {
      let released = try await server.withConnection { client in
        let name = try await badge.name(client)
        return try await Lanyard_V1_BadgeService.Client(wrapping: client).releaseBadge(.with { $0.name = name })
      }
      try Badge(released).showState()
    }
  }
}
