/// A checkpoint at one moment: its rules with all that follows from the programme and the time.
package struct Door: Sendable {
  /// Whether anyone is admitted now.
  package enum Hours: Hashable, Sendable {
    case open
    /// Nobody is; `opensAt` is the next opening, nil where there is none any more.
    case shut(opensAt: Instant?)
  }

  package let key: Key<Checkpoint>
  package let event: Key<Event>
  package let eventSlug: String
  package let checkpoint: Checkpoint
  /// The session that it leads to now, at a session door.
  package let session: SessionRecord?
  package let hours: Hours
  package let day: VenueDay
  /// Start of the day or session for which admissions count now.
  package let period: Instant
  /// Checkpoints of the same area, this one among them.
  package let area: [Key<Checkpoint>]
  /// The least limit of the area's checkpoints.
  let areaLimit: Int?

  /// How many may be inside; nil where there is no limit.
  package var capacity: Int? {
    [areaLimit, session?.session.capacity].compactMap(\.self).min()
  }

  /// Whether it is for this group and role.
  package func admits(group: String, role: String) -> Bool {
    guard checkpoint.admits.admits(group: group, role: role) else { return false }
    return session.map { AdmissionList(groups: $0.session.admittedGroups).admits(group: group, role: role) } ?? true
  }

  /// The groups and roles that it is for; empty where it is for everyone.
  package var admittedHere: [String] {
    let sessionGroups = session?.session.admittedGroups ?? []
    if sessionGroups.isEmpty { return checkpoint.admits.groups + checkpoint.admits.roles }
    let both = sessionGroups.filter { checkpoint.admits.admits(group: $0, role: "") }
    return both.isEmpty ? sessionGroups : both
  }
}

/// A session with its store's key.
package struct SessionRecord: Hashable, Sendable {
  package let key: Key<Session>
  package let session: Session

  package init(key: Key<Session>, session: Session) {
    self.key = key
    self.session = session
  }
}
