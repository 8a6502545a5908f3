package import LanyardDomain

extension BadgeReading {
  /// What a text is that is no genuine code.
  package init(_ error: BadgeCodeError) {
    switch error {
    case .unreadable: self = .unreadable
    case .unknownKey: self = .unknownKey
    case .forged: self = .forged
    }
  }
}
