package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

/// What a mask may name.
private enum Field: String, CaseIterable {
  case closed, capacity, directions
  case reentry = "re_entry"
  case reentryAllowed = "re_entry_allowed"
}

extension CheckpointChange {
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

extension Lanyard_V1_UpdateCheckpointRequest {
  /// Asks for a change of the checkpoint with this name; the mask names what it changes.
  package init(_ change: CheckpointChange, of name: String) {
    self.init()
    checkpoint.name = name
    var fields: [Field] = []
    if let isClosed = change.isClosed { (checkpoint.closed, fields) = (isClosed, fields + [.closed]) }
    if let limit = change.capacity {
      if let limit { checkpoint.capacity = Int32(clamping: limit) }
      fields.append(.capacity)
    }
    if let ways = change.directions { (checkpoint.directions, fields) = (ways.wire, fields + [.directions]) }
    if let reentry = change.reentry { (checkpoint.reEntry, fields) = (reentry.wire, fields + [.reentry]) }
    updateMask = .init(of: fields)
  }
}
