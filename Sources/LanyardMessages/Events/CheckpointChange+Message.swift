package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension CheckpointChange {
  /// The changes that the mask of a request names.
  package init(_ request: Lanyard_V1_UpdateCheckpointRequest) throws(InvalidInput) {
    self.init()
    let new = request.checkpoint
    guard !request.updateMask.paths.isEmpty else {
      throw InvalidInput(field: "update_mask", .request(.emptyCheckpointMask))
    }
    for path in request.updateMask.paths {
      switch path {
      case "closed": isClosed = new.closed
      case "re_entry": reentry = try Checkpoint.Reentry(new.reEntry, field: "checkpoint.re_entry")
      case "re_entry_allowed": reentry = new.reEntryAllowed ? .afterLeaving : .never
      case "capacity":
        capacity = .some(try new.hasCapacity ? Capacity.limit(new.capacity, field: "checkpoint.capacity") : nil)
      case "directions": directions = try Checkpoint.Directions(new.directions, field: "checkpoint.directions")
      default:
        throw InvalidInput(field: "update_mask", .request(.otherCheckpointPath(path: String(path.prefix(60)))))
      }
    }
  }
}
