import ArgumentParser
import LanyardAPI
import LanyardMessages
import SwiftProtobuf

extension BadgeCommand {
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
      try Console.line("\(held.serial)  \(held.state.shortName)")
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
      try Console.line("\(released.serial)  \(released.state.shortName)")
    }
  }
}
