package import LanyardDomain

/// Which scans on record to list; what is nil does not narrow the list.
package struct ScanFilter: Hashable, Sendable {
  /// Id of a checkpoint.
  package var checkpoint: String?
  /// Id of a registration: the scans of its badges.
  package var registration: String?
  package var answer: AnswerKind?
  package var reason: RefusalReason?
  package var direction: Direction?
  /// Id of the device or token that reported them.
  package var reporter: String?
  /// When the first happened, by the server's clock.
  package var start: Instant?
  /// Before when the last happened.
  package var end: Instant?
  /// Whether the newest on record comes first; else it is the order of the ledger.
  package var isNewestFirst = false

  package init() {}

  package init(checkpoint: String?) { self.checkpoint = checkpoint }
}

extension ScanFilter {
  /// What follows from a filter for a statement of scans: as many different ones as there are filters, whatever they ask for.
  ///
  /// - Parameter keys: The store's keys of the checkpoint and the registration, where there are any.
  /// - Returns: Conditions after the bounds of numbers, and the values of their parameters.
  func narrowing(_ keys: (checkpoint: Int64?, registration: Int64?)) -> (conditions: String, values: [any SQLValue]) {
    var conditions: [(text: String, value: any SQLValue)] = []
    if let checkpoint = keys.checkpoint { conditions.append(("scan.checkpoint_id = ?", checkpoint)) }
    if let registration = keys.registration {
      conditions.append(("scan.badge_id IN (SELECT id FROM badge WHERE registration_id = ?)", registration))
    }
    if let answer { conditions.append(("scan.answer = ?", answer.rawValue)) }
    if let reason { conditions.append(("scan.reason = ?", reason.rawValue)) }
    if let direction { conditions.append(("scan.direction = ?", direction.rawValue)) }
    if let reporter { conditions.append(("scan.reporter = ?", reporter)) }
    if let start { conditions.append(("\(PassageSQL.moment) >= ?", start)) }
    if let end { conditions.append(("\(PassageSQL.moment) < ?", end)) }
    return (conditions.map { " AND \($0.text)" }.joined(), conditions.map(\.value))
  }
}
