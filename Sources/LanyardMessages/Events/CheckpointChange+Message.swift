package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension CheckpointChange {
  /// The changes that the mask of a request names.
  package init(_ request: Lanyard_V1_UpdateCheckpointRequest) throws(InvalidInput) {
    self.init()
    let new = request.checkpoint
    guard !request.updateMask.paths.isEmpty else {
      throw InvalidInput(
        field: "update_mask",
        reason: "is empty; name closed, capacity, directions or re_entry_allowed"
      )
    }
    for path in request.updateMask.paths {
      switch path {
      case "closed": isClosed = new.closed
      case "re_entry_allowed": allowsReentry = new.reEntryAllowed
      case "capacity":
        guard !new.hasCapacity || (1...1_000_000).contains(new.capacity) else {
          throw InvalidInput(field: "checkpoint.capacity", reason: "is not 1 to 1,000,000; leave it out for no limit")
        }
        capacity = .some(new.hasCapacity ? Int(new.capacity) : nil)
      case "directions": directions = try Checkpoint.Directions(new.directions, field: "checkpoint.directions")
      default:
        throw InvalidInput(
          field: "update_mask",
          reason: "names \(path.prefix(60)); closed, capacity, directions and re_entry_allowed can be changed"
        )
      }
    }
  }
}
