package import Foundation
package import LanyardDomain

/// One scan that the lane answered by itself, or an undo; in the order of the lane.
package struct JournalEntry: Hashable, Sendable {
  package let order: Int64
  /// What is to be sent to the server, which only those who wrote it read.
  package let content: Data
  /// When it happened.
  package let moment: DeviceMoment

  package init(order: Int64, content: Data, moment: DeviceMoment) {
    self.order = order
    self.content = content
    self.moment = moment
  }
}

/// One entry that the server will never take.
package struct RefusedEntry: Sendable {
  package let entry: JournalEntry
  package let reason: KeptReason
}
