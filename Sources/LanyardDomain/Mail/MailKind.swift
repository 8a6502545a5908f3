/// What a mail to a participant says. Its text is made when it is sent, of what is on record then.
package enum MailKind: String, Spelled {
  /// Their address is to be confirmed.
  case verifyAddress = "VERIFY_ADDRESS"
  /// It was received, and waits for a decision.
  case received = "RECEIVED"
  case confirmed = "CONFIRMED"
  /// They wait for a place.
  case waitlisted = "WAITLISTED"
  case rejected = "REJECTED"
  /// A place became free, and it is theirs.
  case movedUp = "MOVED_UP"
  case badgeReady = "BADGE_READY"
  /// Something of it is otherwise than before.
  case changed = "CHANGED"
  case cancelled = "CANCELLED"
  /// They asked for the way to it.
  case personalLink = "PERSONAL_LINK"
  /// The event begins soon.
  case reminder = "REMINDER"
  /// Somebody registered with their address, which has a registration already.
  case alreadyRegistered = "ALREADY_REGISTERED"

  /// Whether it is still to be sent to somebody whose registration stands here: what happened after it has a mail of its own.
  package func fits(_ state: RegistrationState) -> Bool {
    switch self {
    case .verifyAddress: state == .emailPending
    case .received: state == .submitted
    case .confirmed, .movedUp, .badgeReady, .reminder: state == .confirmed
    case .waitlisted: state == .waitlisted
    case .rejected: state == .rejected
    case .cancelled: state == .cancelled
    case .changed: state.isLive
    case .personalLink, .alreadyRegistered: state != .emailPending
    }
  }

  /// Whether it goes to whoever asked for it, whomever the event writes to.
  package var isAskedFor: Bool {
    switch self {
    case .verifyAddress, .personalLink, .alreadyRegistered: true
    case .received, .confirmed, .waitlisted, .rejected, .movedUp, .badgeReady, .changed, .cancelled, .reminder: false
    }
  }

  /// Whether one more of it says nothing beside one that waits already.
  package func isSaid(by waiting: Set<MailKind>) -> Bool {
    switch self {
    case .changed: !waiting.isDisjoint(with: [.changed, .received, .confirmed, .waitlisted, .movedUp])
    case .received, .confirmed, .waitlisted, .rejected, .movedUp, .cancelled, .personalLink, .verifyAddress, .reminder,
      .badgeReady, .alreadyRegistered:
      waiting.contains(self)
    }
  }

  /// What a registration in a state tells its person that just came there; nil where there is nothing to tell.
  ///
  /// - Parameter state: The word of a `RegistrationState`.
  static func telling(of state: String) -> MailKind? {
    switch RegistrationState(rawValue: state) {
    case .emailPending?: .verifyAddress
    case .submitted?: .received
    case .confirmed?: .confirmed
    case .waitlisted?: .waitlisted
    case .rejected?: .rejected
    case .cancelled?: .cancelled
    // A later version may have others, and tells of them itself.
    case nil: nil
    }
  }
}
