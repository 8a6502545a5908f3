/// What becomes of who is inside where hours are changed on the day, so that admissions of now count under another period: whom
/// the hours before count as inside stays inside, and nobody comes back who was out by them, as since a closing.
package struct PeriodChange: Hashable, Sendable {
  /// Under which admissions counted by the hours before.
  package let before: Instant
  /// Under which they count from now on.
  package let after: Instant

  /// The changes at checkpoints, but for doors of rooms, whose people stay with their sessions.
  package static func all(from old: VenuePlan, to new: VenuePlan, now: Instant) -> [Key<Checkpoint>: PeriodChange] {
    let before = old.doors(now: now)
    return new.doors(now: now).compactMapValues { door in
      guard let was = before[door.key], door.checkpoint.kind != .sessionDoor, was.period != door.period else {
        return nil
      }
      return PeriodChange(before: was.period, after: door.period)
    }
  }

  /// What it changes of where people stand with the checkpoint and of how many are inside.
  package func effects(on presences: [(person: Key<Registration>, presence: Presence)]) -> PresenceChanges {
    var changes = PresenceChanges()
    for (person, presence) in presences {
      var changed = presence
      switch presence.period {
      case before: changed.period = after
      case after: changed.isInside = false
      default: continue
      }
      changes.change(presence, to: changed, of: person)
    }
    return changes
  }
}

/// What becomes of presences and of how many are inside.
package struct PresenceChanges: Equatable, Sendable {
  package private(set) var presences: [AdmissionFold.PresenceKey: Presence] = [:]
  /// By how much each has changed.
  package private(set) var occupancy: [AdmissionFold.OccupancyKey: Int] = [:]

  package init() {}

  /// Puts a presence in place of the one of the same person and checkpoint.
  package mutating func change(_ old: Presence, to new: Presence, of person: Key<Registration>) {
    guard new != old else { return }
    presences[.init(registration: person, checkpoint: new.checkpoint)] = new
    for (presence, step) in [(old, -1), (new, 1)] where presence.isInside {
      occupancy[.init(checkpoint: presence.checkpoint, period: presence.period), default: 0] += step
    }
  }
}
