package import LanyardDomain

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

/// The plan of an event, and how far the feed had come at that moment.
package struct RosterHead: Sendable {
  package let plan: VenuePlan
  package let cursor: RosterCursor

  package init(plan: VenuePlan, cursor: RosterCursor) {
    self.plan = plan
    self.cursor = cursor
  }
}

/// What has changed in a roster, as one transaction sees it.
package struct RosterChanges: Sendable {
  package let plan: VenuePlan
  /// Whether the plan has changed: then all presences are to be read anew, since a session that was moved in time takes
  /// those for it along.
  package let isPlanNew: Bool
  package var badges: [RosterBadge] = []
  package var presences: [RosterPresence] = []
  /// The cursor after these changes.
  package let cursor: RosterCursor
  /// Whether nothing more has changed.
  package let isLast: Bool

  package init(
    plan: VenuePlan,
    isPlanNew: Bool,
    badges: [RosterBadge] = [],
    presences: [RosterPresence] = [],
    cursor: RosterCursor,
    isLast: Bool
  ) {
    self.plan = plan
    self.isPlanNew = isPlanNew
    self.badges = badges
    self.presences = presences
    self.cursor = cursor
    self.isLast = isLast
  }
}

/// A code with which one device may enrol.
package struct StoredEnrolmentCode: Hashable, Sendable {
  /// SHA-256 of the code that people type.
  package let hash: [UInt8]
  /// SHA-256 of the code in links; nil where there is none.
  package let linkHash: [UInt8]?
  /// Slug of the event.
  package let event: String
  package let displayName: String
  package let profile: DeviceProfile
  /// Ids of checkpoints; empty means all.
  package let checkpoints: [String]
  package let isSupervisor: Bool
  package let expiresAt: Instant

  package init(
    hash: [UInt8],
    linkHash: [UInt8]? = nil,
    event: String,
    displayName: String,
    profile: DeviceProfile,
    checkpoints: [String],
    isSupervisor: Bool,
    expiresAt: Instant
  ) {
    self.hash = hash
    self.linkHash = linkHash
    self.event = event
    self.displayName = displayName
    self.profile = profile
    self.checkpoints = checkpoints
    self.isSupervisor = isSupervisor
    self.expiresAt = expiresAt
  }
}
