/// How an organiser puts people outside who left without being scanned.
package enum SendingOut {
  /// The most people of one call.
  package static let limit = 1000
  /// The most people of one transaction, in which nobody is let in: lanes go on between two.
  package static let step = 128

  /// Out of what somebody is put.
  package enum Place: Hashable, Sendable {
    case everything
    /// The area of a checkpoint.
    case area(of: Key<Checkpoint>)
  }

  /// The doors through which somebody is put outside, in order: out of an entrance is out of everything behind it, and else out
  /// of one area after the other. Empty where the person is not inside.
  ///
  /// - Parameter presences: Where the person stands.
  package static func doors(
    _ presences: [Presence],
    of registration: Key<Registration>,
    from place: Place,
    plan: VenuePlan,
    now: Instant
  ) -> [Door] {
    var fold = AdmissionFold()
    fold.load(presences, of: registration)
    var doors: [Door] = []
    while let door = next(fold.presences(of: registration), from: place, plan, now) {
      doors.append(door)
      _ = fold.follow(.out, of: registration, door: door, plan: plan, at: now)
    }
    return doors
  }

  private static func next(_ presences: [Presence], from place: Place, _ plan: VenuePlan, _ now: Instant) -> Door? {
    let doors = presences.filter(\.isInside).compactMap { presence in
      plan.door(presence.checkpoint, now: now).flatMap { $0.counts(presence) ? $0 : nil }
    }
    switch place {
    case .everything: return doors.first { $0.checkpoint.kind == .entrance } ?? doors.first
    case .area(let checkpoint): return doors.first { $0.area.contains(checkpoint) }
    }
  }
}
