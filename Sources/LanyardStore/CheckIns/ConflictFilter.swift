package import LanyardDomain

/// Which conflicts to list; what is nil does not narrow the list.
package struct ConflictFilter: Hashable, Sendable {
  /// What the rules refuse the scan in question for.
  package var reason: RefusalReason?
  package var kind: ConflictKind?
  /// Id of a checkpoint at which one of the scans was.
  package var checkpoint: String?
  /// Id of a registration: those of its badges.
  package var registration: String?
  /// Id of the device or token that reported the scan in question.
  package var reporter: String?
  package var direction: Direction?
  /// What the scan in question came to.
  package var answer: AnswerKind?
  /// When the first scan in question happened, by the server's clock.
  package var start: Instant?
  /// Before when the last happened.
  package var end: Instant?

  package init() {}
}

extension ConflictFilter {
  /// What follows from a filter for a statement of conflicts.
  ///
  /// - Parameter keys: The store's keys of the checkpoint and the registration, where there are any.
  /// - Returns: Conditions after the bounds of numbers, and the values of their parameters.
  func narrowing(_ keys: (checkpoint: Int64?, registration: Int64?)) -> (conditions: String, values: [any SQLValue]) {
    var conditions: [(text: String, values: [any SQLValue])] = []
    if let reason { conditions.append(("conflict.reason = ?", [ConflictCause.refused(reason).rawValue])) }
    if let kind {
      let causes = ConflictCause.withoutReason.map(\.rawValue)
      let marks = causes.map { _ in "?" }.joined(separator: ", ")
      conditions.append(("conflict.reason \(kind == .withoutRight ? "IN" : "NOT IN") (\(marks))", causes))
    }
    if let checkpoint = keys.checkpoint {
      conditions.append(("(scan.checkpoint_id = ? OR earlier.checkpoint_id = ?)", [checkpoint, checkpoint]))
    }
    if let registration = keys.registration {
      conditions.append(("scan.badge_id IN (SELECT id FROM badge WHERE registration_id = ?)", [registration]))
    }
    if let reporter { conditions.append(("scan.reporter = ?", [reporter])) }
    if let direction { conditions.append(("scan.direction = ?", [direction.rawValue])) }
    if let answer { conditions.append(("scan.answer = ?", [answer.rawValue])) }
    if let start { conditions.append(("\(PassageSQL.moment) >= ?", [start])) }
    if let end { conditions.append(("\(PassageSQL.moment) < ?", [end])) }
    return (conditions.map { " AND \($0.text)" }.joined(), conditions.flatMap(\.values))
  }
}
