import LanyardDomain

/// What a link in a mail is for.
package enum MailLinkPurpose: Sendable {
  /// Confirming that the address is theirs.
  case verifyAddress
  /// Their registration.
  case registration
}

/// Makes the links of mails: of the same mail the same, however often it is composed.
package protocol MailLinks: Sendable {
  /// An address that begins with https; nil where there is no page for it.
  ///
  /// - Parameters:
  ///   - registration: Id of the registration.
  ///   - event: Slug of its event.
  func address(for purpose: MailLinkPurpose, registration: String, of event: String) async throws -> String?
}

/// Where there are no pages.
package struct NoMailLinks: MailLinks {
  package init() {}

  package func address(
    for purpose: MailLinkPurpose,
    registration: String,
    of event: String
  ) async throws -> String? { nil }
}

extension MailKind {
  /// What its link is for; nil where it has none.
  var linkPurpose: MailLinkPurpose? {
    switch self {
    case .verifyAddress: .verifyAddress
    case .received, .confirmed, .waitlisted, .movedUp, .badgeReady, .changed, .personalLink, .reminder,
      .alreadyRegistered:
      .registration
    case .rejected, .cancelled: nil
    }
  }
}
