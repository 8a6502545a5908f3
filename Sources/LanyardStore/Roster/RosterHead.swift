package import LanyardDomain

/// The plan of an event, and how far the feed had come at that moment.
package struct RosterHead: Sendable {
  package let plan: VenuePlan
  package let cursor: RosterCursor

  package init(plan: VenuePlan, cursor: RosterCursor) {
    self.plan = plan
    self.cursor = cursor
  }
}
