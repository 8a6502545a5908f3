package import LanyardDomain

/// What has changed in a roster, as one transaction sees it.
package struct RosterChanges: Sendable {
  package let plan: VenuePlan
  /// Whether the plan has changed: then all presences are to be read anew, since a session that was moved in time takes
  /// those for it along.
  package let isPlanNew: Bool
  package var badges: [RosterBadge] = []
  package var presences: [RosterPresence] = []
  /// Scans that were taken back.
  package var undone: [UUIDBytes] = []
  /// How far the feed had come when they were read.
  package let sequence: Int64
  /// The cursor after these changes.
  package let cursor: RosterCursor
  /// Whether nothing more has changed.
  package let isLast: Bool

  package init(
    plan: VenuePlan,
    isPlanNew: Bool,
    badges: [RosterBadge] = [],
    presences: [RosterPresence] = [],
    undone: [UUIDBytes] = [],
    sequence: Int64,
    cursor: RosterCursor,
    isLast: Bool
  ) {
    self.plan = plan
    self.isPlanNew = isPlanNew
    self.badges = badges
    self.presences = presences
    self.undone = undone
    self.sequence = sequence
    self.cursor = cursor
    self.isLast = isLast
  }
}
