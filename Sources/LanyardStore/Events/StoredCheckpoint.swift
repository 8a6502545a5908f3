package import LanyardDomain

/// A checkpoint with the event that it belongs to.
package struct StoredCheckpoint: Hashable, Sendable {
  /// Slug of the event.
  package let event: String
  package let checkpoint: Checkpoint

  package init(event: String, checkpoint: Checkpoint) {
    self.event = event
    self.checkpoint = checkpoint
  }
}
