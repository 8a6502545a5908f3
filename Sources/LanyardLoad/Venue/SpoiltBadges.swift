import GRPCCore
import LanyardAPI
package import LanyardClient
import SwiftProtobuf

/// Replaces and revokes badges of a venue, so that there are some to scan.
package struct SpoiltBadges: Sendable {
  /// The most of each; one that is worthless may be scanned more than once.
  private static let limit = 50

  private let client: ServerClient

  package init(_ client: ServerClient) {
    self.client = client
  }

  /// Replaces and revokes as many as the mix wants scanned, of those on site.
  package func make(_ mix: Mix, in venue: Venue) async throws {
    let service = Lanyard_V1_BadgeService.Client(wrapping: client)
    let share = min(Self.limit, max(1, venue.badges.count / 20))
    var active = venue.badges.filter { $0.state == .active }
    if (mix.weights[.replaced] ?? 0) > 0 {
      for badge in active.suffix(share) { _ = try await service.replaceBadge(.with { $0.name = badge.name }) }
      active.removeLast(min(share, active.count))
    }
    // Whoever is alone keeps a badge that opens the door.
    if (mix.weights[.revoked] ?? 0) > 0, active.count > 1 {
      for badge in active.suffix(share) { _ = try await service.revokeBadge(.with { $0.name = badge.name }) }
    }
  }
}
