package import LanyardTexts

/// What the bearer of a token may do.
package enum Role: String, Sendable, CaseIterable {
  /// Everything.
  case organiser
  /// Registrations and badges at the registration desk, and everything that scanners and viewers may do.
  case desk
  /// Scanning at a checkpoint.
  case scanner
  /// Reading programme and headcounts.
  case viewer
}

extension Sentence.Fact {
  /// What the bearer of a token may do.
  package static func role(_ role: Role) -> Self {
    let key: Sentence.Key =
      switch role {
      case .organiser: .roleOrganiser
      case .desk: .roleDesk
      case .scanner: .roleScanner
      case .viewer: .roleViewer
      }
    return .label(key)
  }
}
