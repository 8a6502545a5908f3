/// What an import made of one event.
package struct ImportedEvent: Hashable, Sendable {
  package let slug: String
  package let sessions: Int
  package let checkpoints: Int
  package let isChanged: Bool

  package init(slug: String, sessions: Int, checkpoints: Int, isChanged: Bool) {
    self.slug = slug
    self.sessions = sessions
    self.checkpoints = checkpoints
    self.isChanged = isChanged
  }
}
