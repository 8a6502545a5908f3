/// Where a person stands with a checkpoint, by public ids.
package struct RosterPresence: Hashable, Sendable {
  package let registration: String
  package let checkpoint: String
  /// The checkpoint's area.
  package let area: String
  /// Nil where there is no presence any more.
  package let presence: Presence?

  package init(registration: String, checkpoint: String, area: String, presence: Presence?) {
    self.registration = registration
    self.checkpoint = checkpoint
    self.area = area
    self.presence = presence
  }
}
