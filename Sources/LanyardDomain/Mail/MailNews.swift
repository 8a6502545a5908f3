/// What a change of an event's feed means to those who are written to.
package struct MailNews: Hashable, Sendable {
  /// Whom it is about.
  package enum Audience: Hashable, Sendable {
    /// The person of the registration of this id.
    case registration(String)
    /// All who are confirmed.
    case everyone
  }

  package let audience: Audience
  package let kind: MailKind
  /// Whether the person is written to from now on, as they registered by themselves or it was told so.
  package let begins: Bool

  package init(_ kind: MailKind, for audience: Audience, begins: Bool = false) {
    (self.kind, self.audience, self.begins) = (kind, audience, begins)
  }

  /// Nil where it tells participants nothing.
  package init?(_ change: FeedChange) {
    guard let telling = Self.tellers[change.name] else { return nil }
    let after = MailFacts.of(change.after)
    guard telling != .reminder else {
      self.init(.reminder, for: .everyone)
      return
    }
    let name = telling == .badge ? after["registration"].flatMap { ResourceName($0) } : change.resource.name
    guard case .registration(let id, _)? = name else { return nil }
    let kind: MailKind?
    switch telling {
    case .state: kind = MailKind.telling(of: after["state"] ?? "")
    case .update: kind = after["state"] == RegistrationState.confirmed.rawValue ? .movedUp : .changed
    case .movingUp: kind = .movedUp
    case .badge: kind = .badgeReady
    // The address is to be confirmed first.
    case .link: kind = after["state"] == RegistrationState.emailPending.rawValue ? .verifyAddress : .personalLink
    case .reminder: kind = .reminder
    }
    guard let kind else { return nil }
    self.init(
      kind,
      for: .registration(id),
      begins: kind == .verifyAddress || after[Change.mailFact] == "true"
    )
  }

  /// How a change tells.
  private enum Telling {
    /// By the state that it led to.
    case state
    case update, movingUp, badge, link, reminder
  }

  /// By the change's name.
  private static let tellers: [String: Telling] = [
    ChangeName.registrationCreated.rawValue: .state,
    ChangeName.registrationConfirmed.rawValue: .state,
    ChangeName.registrationWaitlisted.rawValue: .state,
    ChangeName.registrationRejected.rawValue: .state,
    ChangeName.registrationRestored.rawValue: .state,
    ChangeName.registrationCancelled.rawValue: .state,
    ChangeName.registrationUpdated.rawValue: .update,
    ChangeName.registrationMovedUp.rawValue: .movingUp,
    ChangeName.registrationVerified.rawValue: .state,
    ChangeName.registrationLinkRequested.rawValue: .link,
    ChangeName.badgeIssued.rawValue: .badge,
    ChangeName.eventReminded.rawValue: .reminder,
  ]
}

/// The facts of a change that are words or flags, by their names.
private enum MailFacts {
  static func of(_ json: String?) -> [String: String] {
    // What was recorded is JSON; of what is not, nothing is told.
    guard let json, case .object(let members)? = try? JSONReader.value(of: Array(json.utf8)) else { return [:] }
    return members.reduce(into: [:]) { facts, member in
      switch member.value {
      case .text(let word): facts[member.name] = word
      case .flag(let flag): facts[member.name] = flag ? "true" : "false"
      case .null, .number, .list, .object: break
      }
    }
  }
}
