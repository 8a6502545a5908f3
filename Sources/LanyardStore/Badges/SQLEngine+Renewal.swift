package import LanyardDomain

extension SQLEngine {
  package func outdatedBadges(
    of event: String,
    _ way: OutdatedBadges,
    limit: Int
  ) async throws(StoreError) -> (badges: [Badge], count: Int) {
    try await read { session in
      let row = try EventRow.find(event, session)
      guard let days = row.event.span else { return ([], 0) }
      return (
        try BadgeRow.outdated(of: row.key, days, way, limit: limit, session).map(\.badge),
        try BadgeRow.countOutdated(of: row.key, days, way, session)
      )
    }
  }

  package func renew(_ act: Act, of event: String, limit: Int) async throws(StoreError) -> RenewedBadges {
    try await write(act, of: .event(event)) { session, trail in
      let found = try EventRow.find(event, session)
      guard let days = found.event.span else { return RenewedBadges(badges: [], remaining: 0) }
      var renewed: [Badge] = []
      for var row in try BadgeRow.outdated(of: found.key, days, .byRecord, limit: limit, session) {
        guard let validity = row.badge.validity(renewedFor: days) else { continue }
        try trail.record(.renewed(row.badge, to: validity))
        try row.renew(validity, revision: trail.feed.next(of: found.key).value, session)
        renewed.append(row.badge)
      }
      let remaining = try BadgeRow.countOutdated(of: found.key, days, .byRecord, session)
      return RenewedBadges(badges: renewed, remaining: remaining)
    }
  }

  package func replace(
    _ act: Act,
    _ drafts: [(old: BadgeSerial, draft: BadgeDraft)],
    of event: String,
    _ way: OutdatedBadges
  ) async throws(StoreError) -> RenewedBadges {
    try await write(act, of: .event(event)) { session, trail in
      try Self.check(drafts.map(\.draft), session)
      let found = try EventRow.find(event, session)
      let badges = try drafts.compactMap { old, draft -> Badge? in
        let row = try BadgeRow.find(old, of: event, session)
        // Who ended it meanwhile has seen to it.
        guard row.badge.state.isCurrent else { return nil }
        let state = row.badge.stateOfRenewal
        return try Self.replace(row, of: event, found.key, with: draft, beginning: state, trail, session)
      }
      let remaining = try found.event.span.map { try BadgeRow.countOutdated(of: found.key, $0, way, session) }
      return RenewedBadges(badges: badges, remaining: remaining ?? 0)
    }
  }
}

/// Badges that last for all days of their event again.
package struct RenewedBadges: Hashable, Sendable {
  package let badges: [Badge]
  /// How many do not yet.
  package let remaining: Int

  package init(badges: [Badge], remaining: Int) {
    (self.badges, self.remaining) = (badges, remaining)
  }
}
