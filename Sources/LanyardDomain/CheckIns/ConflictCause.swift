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
  /// A scan was taken back, and who reported it might not do that any more. It ends where somebody who may takes it back too.
  case undoneWithoutRight

  package var kind: ConflictKind {
    switch self {
    case .refused: .againstRules
    case .withoutRight, .undoneWithoutRight: .withoutRight
    }
  }

  /// Whether it ends where a scan of it is taken back; not where that is what it is about.
  package var endsWithItsScans: Bool {
    switch self {
    case .refused, .withoutRight: true
    case .undoneWithoutRight: false
    }
  }

  /// What the rules refuse it for; nil where they do not.
  package var reason: RefusalReason? {
    if case .refused(let reason) = self { reason } else { nil }
  }
}

extension ConflictCause: RawRepresentable {
  /// Those that no rule refuses.
  package static let withoutReason: [ConflictCause] = [.withoutRight, .undoneWithoutRight]

  package init?(rawValue: String) {
    let refused = RefusalReason(rawValue: rawValue).map { Self.refused($0) }
    guard let cause = Self.withoutReason.first(where: { $0.rawValue == rawValue }) ?? refused else { return nil }
    self = cause
  }

  package var rawValue: String {
    switch self {
    case .refused(let reason): reason.rawValue
    case .withoutRight: "WITHOUT_RIGHT"
    case .undoneWithoutRight: "UNDONE_WITHOUT_RIGHT"
    }
  }
}
