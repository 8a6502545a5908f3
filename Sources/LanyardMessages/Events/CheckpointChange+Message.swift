package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension CheckpointChange {
  private enum Field: String, CaseIterable {
    case closed, capacity, directions
    case reentry = "re_entry"
    case reentryAllowed = "re_entry_allowed"
  }

  /// The changes that the mask of a request names.
  package init(_ request: Lanyard_V1_UpdateCheckpointRequest) throws(InvalidInput) {
    self.init()
    let new = request.checkpoint
    for field in try request.updateMask.fields(of: Field.self, unlisted: [.reentryAllowed]) {
      switch field {
      case .closed: isClosed = new.closed
      case .reentry: reentry = try Checkpoint.Reentry(new.reEntry, field: "checkpoint.re_entry")
      case .reentryAllowed: reentry = new.reEntryAllowed ? .afterLeaving : .never
      case .capacity:
        capacity = .some(try new.hasCapacity ? Capacity.limit(new.capacity, field: "checkpoint.capacity") : nil)
      case .directions: directions = try Checkpoint.Directions(new.directions, field: "checkpoint.directions")
      }
    }
  }
}
