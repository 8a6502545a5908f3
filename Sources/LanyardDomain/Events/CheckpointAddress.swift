/// Where a checkpoint is found.
package struct CheckpointAddress: Hashable, Sendable {
  /// Slug of the event.
  package let event: String
  /// Resource id of the checkpoint.
  package let checkpoint: String

  package init(event: String, checkpoint: String) {
    self.event = event
    self.checkpoint = checkpoint
  }

  package var name: ResourceName { .checkpoint(checkpoint, of: event) }
}
