/// The badges that one registration has had, and what may become of them. At most one of them is current.
package struct BadgeHistory: Sendable {
  /// What asking for a badge comes to.
  package enum Issue: Hashable, Sendable {
    /// A new badge.
    case new
    /// This one, which is on record.
    case kept(Badge)
  }

  private let registration: ResourceName
  private let state: RegistrationState
  private let badges: [Badge]

  /// - Parameters:
  ///   - registration: Its resource name.
  ///   - state: Where the registration stands.
  ///   - badges: All that it has had, in the order of issue.
  package init(of registration: ResourceName, _ state: RegistrationState, _ badges: [Badge]) {
    self.registration = registration
    self.state = state
    self.badges = badges
  }

  /// What asking for a badge comes to: who has one keeps it, and who was revoked stays so unless it is said otherwise.
  ///
  /// - Throws: `BadgeRefused.notConfirmed`.
  package func issue(renewingRevoked: Bool) throws(BadgeRefused) -> Issue {
    guard state.hasBadge else { throw .notConfirmed(registration, state) }
    if let current = badges.first(where: \.state.isCurrent) { return .kept(current) }
    if !renewingRevoked, let revoked = badges.last(where: { $0.state == .revoked }) { return .kept(revoked) }
    return .new
  }

  /// The badge that a new one takes the place of, with its mark.
  ///
  /// - Throws: `BadgeRefused.notActive` where it is not the current one, or not of this registration; `notConfirmed`.
  package func replace(_ badge: Badge) throws(BadgeRefused) -> Badge {
    guard let current = badges.first(where: \.state.isCurrent), current.serial == badge.serial else {
      throw .notActive(.badge(badge.serial, of: badge.event), badge.state)
    }
    guard state.hasBadge else { throw .notConfirmed(registration, state) }
    return current
  }
}

extension BadgeState {
  /// Whether a badge is the one that its registration has.
  package var isCurrent: Bool {
    switch self {
    case .active, .notActivated, .held: true
    case .replaced, .revoked: false
    }
  }

  /// Where a badge stands once it is revoked: one that was ended already stays as it is.
  package var afterRevoking: BadgeState { isCurrent ? .revoked : self }
}

extension Badge {
  /// Whether it counts: it is the one that its registration has, and that is one which has a badge.
  package func counts(of registration: RegistrationState) -> Bool { state.isCurrent && registration.hasBadge }

  /// Whether it counts and is to be made to last for some days, or to be replaced.
  package func isOutdated(_ way: OutdatedBadges, for days: Range<Instant>, of registration: RegistrationState) -> Bool {
    guard counts(of: registration) else { return false }
    return switch way {
    case .byRecord: !lasts(for: days)
    case .byCode: !codeLasts(for: days)
    case .signed(by: let key): keyID == key
    }
  }

  /// Whether operators are shown something to see to with it: not where another took its place, or it has ended, or its bearer is let
  /// in nowhere.
  package func showsAttention(of registration: RegistrationState) -> Bool {
    counts(of: registration) && mark.showing(listedNeeds) != .none
  }

  /// Whether it lasts for all of some days; one that was replaced or revoked lasts for none, and does not count.
  package func lasts(for days: Range<Instant>) -> Bool {
    !state.isCurrent || validity.lowerBound <= days.lowerBound && validity.upperBound >= days.upperBound
  }

  /// Whether its code lasts for all of some days, which it alone tells a reader that does not know the badge.
  package func codeLasts(for days: Range<Instant>) -> Bool { lasts(for: days) && !(isRenewed && state.isCurrent) }

  /// Its validity once it lasts for all of some days; nil where it does already, or has ended.
  package func validity(renewedFor days: Range<Instant>) -> Range<Instant>? {
    guard !lasts(for: days) else { return nil }
    return min(validity.lowerBound, days.lowerBound)..<max(validity.upperBound, days.upperBound)
  }

  /// Where it stands once it is activated; one that works already stays so.
  ///
  /// - Throws: `BadgeRefused.notActive` where it is held or has ended.
  package func stateAfterActivating() throws(BadgeRefused) -> BadgeState {
    switch state {
    case .active, .notActivated: return .active
    case .held, .replaced, .revoked: throw .notActive(.badge(serial, of: event), state)
    }
  }

  /// Where the badge begins that takes the place of this one: whose bearer the desk has seen need not come again. Who is handed
  /// another for one that is held, as it was lost, can use that one.
  package var stateOfSuccessor: BadgeState { state == .held ? .active : stateOfRenewal }

  /// Where the badge begins that takes the place of this one without anybody having looked at it: as this one stands.
  package var stateOfRenewal: BadgeState {
    switch state {
    case .notActivated, .held: state
    case .active, .replaced, .revoked: .active
    }
  }

  /// Where it stands once it is held for a time.
  ///
  /// - Throws: `BadgeRefused.notActive` where it does not work already.
  package func stateAfterHolding() throws(BadgeRefused) -> BadgeState {
    switch state {
    case .active, .held: return .held
    case .replaced, .revoked, .notActivated: throw .notActive(.badge(serial, of: event), state)
    }
  }

  /// Where it stands once it is released.
  ///
  /// - Throws: `BadgeRefused.notActive` where it was not held.
  package func stateAfterReleasing() throws(BadgeRefused) -> BadgeState {
    switch state {
    case .active, .held: return .active
    case .replaced, .revoked, .notActivated: throw .notActive(.badge(serial, of: event), state)
    }
  }

  /// The mark once it is changed.
  ///
  /// - Parameters:
  ///   - isErased: Whether its bearer was erased.
  ///   - etag: Where given, the badge must still have it.
  /// - Throws: `BadgeRefused.erased`, `changedMeanwhile`.
  package func mark(after change: AttentionChange, isErased: Bool, etag: String?) throws(BadgeRefused) -> AttentionMark
  {
    guard !isErased else { throw .erased(.registration(registration, of: event)) }
    if let etag, etag != self.etag { throw .changedMeanwhile }
    return change.applied(to: mark)
  }
}

/// Which badges are to be made to last, or to be replaced.
package enum OutdatedBadges: Hashable, Sendable {
  /// Those that do not last for all days of their event.
  case byRecord
  /// Those too that were renewed on record, whose codes say other days.
  case byCode
  /// Those that a key signed, whatever their days.
  case signed(by: UInt32)
}

/// Thrown where nothing becomes of what was asked of a badge.
package enum BadgeRefused: Error, Hashable, Sendable {
  /// The registration is not confirmed, but stands so.
  case notConfirmed(ResourceName, RegistrationState)
  /// The badge is not the current one of its registration.
  case notActive(ResourceName, BadgeState)
  /// The person of the registration was erased.
  case erased(ResourceName)
  /// The badge has changed since its etag was read.
  case changedMeanwhile
}
