/// What a conflict is about, in the large.
package enum ConflictKind: String, Sendable, CaseIterable {
  /// The rules answer otherwise.
  case againstRules = "AGAINST_RULES"
  /// It was done by what who reported it might not do any more.
  case withoutRight = "WITHOUT_RIGHT"
}

/// Why what a lane did while it was offline is a conflict; on record it is one word.
package enum ConflictCause: Hashable, Sendable {
  /// What the rules refuse it for.
  case refused(RefusalReason)
  /// Somebody passed by an override, or was found by name, and who reported it might not do that any more.
  case withoutRight

  package var kind: ConflictKind {
    switch self {
    case .refused: .againstRules
    case .withoutRight: .withoutRight
    }
  }

  /// What the rules refuse it for; nil where they do not.
  package var reason: RefusalReason? {
    if case .refused(let reason) = self { reason } else { nil }
  }
}

extension ConflictCause: RawRepresentable {
  package init?(rawValue: String) {
    if rawValue == ConflictKind.withoutRight.rawValue {
      self = .withoutRight
    } else if let reason = RefusalReason(rawValue: rawValue) {
      self = .refused(reason)
    } else {
      return nil
    }
  }

  package var rawValue: String { reason?.rawValue ?? kind.rawValue }
}
