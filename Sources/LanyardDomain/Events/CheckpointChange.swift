/// Rules of a checkpoint that an organiser changes on the day; what is nil stays.
package struct CheckpointChange: Hashable, Sendable {
  package var isClosed: Bool?
  /// A new limit; `.some(nil)` takes the limit away.
  package var capacity: Int??
  package var directions: Checkpoint.Directions?
  package var reentry: Checkpoint.Reentry?

  package init() {}

  /// The checkpoint with the change made.
  package func applied(to checkpoint: Checkpoint) -> Checkpoint {
    var checkpoint = checkpoint
    if let isClosed { checkpoint.isClosed = isClosed }
    if let capacity { checkpoint.capacity = capacity }
    if let directions { checkpoint.directions = directions }
    if let reentry { checkpoint.reentry = reentry }
    return checkpoint
  }
}
