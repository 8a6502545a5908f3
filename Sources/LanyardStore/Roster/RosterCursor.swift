/// How far a lane has followed the roster.
package struct RosterCursor: Hashable, Sendable {
  /// Names the data, so that a cursor is not taken for one of another data folder.
  package let store: String
  /// Number of the change feed.
  package let sequence: Int64
  /// Revision of the plan.
  package let plan: Int64

  package init(store: String, sequence: Int64, plan: Int64) {
    self.store = store
    self.sequence = sequence
    self.plan = plan
  }
}
