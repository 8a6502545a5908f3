import LanyardTexts

/// What somebody does with their own registration by the press of a button. Each is a page that says what it does, so that it
/// works without scripts, and a form on it.
enum OwnStep: String, Sendable, CaseIterable {
  case remote, onsite, cancel, restore, erase
  /// Takes the personal link from this browser.
  case leave

  /// The last part of its address.
  var path: String { rawValue }

  var heading: Sentence.Key {
    switch self {
    case .remote: .portalSwitchToRemote
    case .onsite: .portalSwitchToOnsite
    case .cancel: .portalCancel
    case .restore: .portalRestore
    case .erase: .portalErase
    case .leave: .portalForget
    }
  }

  /// What comes of it.
  var consequence: Sentence.Key {
    switch self {
    case .remote: .portalSwitchToRemoteText
    case .onsite: .portalSwitchToOnsiteText
    case .cancel: .portalCancelText
    case .restore: .portalRestoreText
    case .erase: .portalEraseText
    case .leave: .portalForgetText
    }
  }

  /// More of it that one has to know before.
  var warning: Sentence.Key? {
    switch self {
    case .cancel: .portalCancelMore
    case .erase: .portalEraseMore
    default: nil
    }
  }

  var isRisky: Bool { self == .cancel || self == .erase }
}
