package import LanyardDomain

/// What an import made of one event.
package struct ImportedEvent: Hashable, Sendable {
  package let slug: String
  package let sessions: Int
  package let checkpoints: Int
  package let isChanged: Bool
  /// Badges that count and do not last for all of its days.
  package let badgesEndingEarly: Int
  /// What was to be asked before it was made.
  package var questions: [ImportQuestion] = []

  package init(slug: String, sessions: Int, checkpoints: Int, isChanged: Bool, badgesEndingEarly: Int = 0) {
    self.slug = slug
    self.sessions = sessions
    self.checkpoints = checkpoints
    self.isChanged = isChanged
    self.badgesEndingEarly = badgesEndingEarly
  }
}
