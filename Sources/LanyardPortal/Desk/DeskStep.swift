import LanyardDomain
import LanyardTexts

/// What the desk does with a person by the press of a button.
enum DeskStep: String, Sendable, CaseIterable {
  case approve, activate, issue, replace, release, hold, onsite, remote, restore, cancel, revoke

  /// What a button's offer goes by.
  struct Situation: Sendable {
    let state: RegistrationState
    let participation: Participation
    /// Where the badge stands that the person has now; nil where they have none.
    let badge: BadgeState?
    let allowsRemote: Bool
    let isOrganiser: Bool
  }

  /// Whether it is something to do now. What the service makes of it, it says itself.
  func isOffered(in now: Situation) -> Bool {
    switch self {
    case .approve: now.state == .submitted
    case .activate: now.badge == .notActivated
    case .issue: now.state == .confirmed && now.badge == nil
    case .replace: now.badge == .active
    case .release: now.badge == .held
    case .hold: now.badge == .active
    case .onsite: now.state.isLive && now.participation == .remote
    case .remote: now.state.isLive && now.participation == .onsite && now.allowsRemote
    case .restore: now.state == .cancelled || now.state == .rejected && now.isOrganiser
    case .cancel: now.state.isLive
    case .revoke: now.badge != nil
    }
  }

  /// Whether it is asked for in a form of its own, which says what comes of it.
  var isRisky: Bool { self == .cancel || self == .revoke }
  /// Whether a reason is asked for, which is kept.
  var takesNote: Bool { self == .revoke }
  /// Whether it is about a badge.
  var isOfBadge: Bool { [.activate, .replace, .release, .hold, .revoke].contains(self) }

  /// The key that presses it, with the browser's own; nil where there is none.
  var accessKey: String? {
    switch self {
    case .activate: "A"
    case .replace: "R"
    default: nil
    }
  }

  var label: Sentence.Key {
    switch self {
    case .approve: .deskApprove
    case .activate: .deskActivate
    case .issue: .deskIssue
    case .replace: .deskReplace
    case .release: .deskRelease
    case .hold: .deskHold
    case .onsite: .deskOnsite
    case .remote: .deskRemote
    case .restore: .deskRestore
    case .cancel: .deskCancel
    case .revoke: .deskRevoke
    }
  }

  /// What comes of a risky one.
  var consequence: Sentence.Key? {
    switch self {
    case .cancel: .deskCancelText
    case .revoke: .deskRevokeText
    default: nil
    }
  }
}
