import LanyardDomain

/// Headcounts after the run beside the model's, and refusals beside those on record.
extension AuditSettlement {
  func checkCounts(_ faults: inout AuditFaults) {
    let refused = refusals()
    for (index, door) in audit.venue.doors.enumerated() {
      let count = audit.after.counts[door.name] ?? .missing
      if count.inside != model.inside[index] {
        faults.addMiscount("\(door.displayName) counts \(count.inside) inside; \(model.inside[index]) are")
      }
      if count.admitted != model.admitted[index] {
        faults.addMiscount("\(door.displayName) counts \(count.admitted) admitted; \(model.admitted[index]) were")
      }
      guard let counted = count.refused else { continue }
      let recorded = refused[door.name] ?? [:]
      for reason in Set(counted.keys).union(recorded.keys).sorted() where counted[reason] ?? 0 != recorded[reason] ?? 0
      {
        faults.addMiscount(
          "\(door.displayName) counts \(counted[reason] ?? 0) refused for \(reason); \(recorded[reason] ?? 0) are on record"
        )
      }
    }
    checkOthers(&faults)
    checkTold(&faults)
    if replay.hasPassagesElsewhere {
      faults.addNotCompared("people inside anywhere, since some passed a door that the scenario leaves out")
    } else if audit.after.peopleInside != model.peopleInside {
      faults.addMiscount("\(audit.after.peopleInside) people are counted inside anywhere; \(model.peopleInside) are")
    }
  }

  /// At doors that the venue has not, nobody was scanned: at the most people have left what is behind them, and how many have is
  /// not followed.
  private func checkOthers(_ faults: inout AuditFaults) {
    let known = Set(audit.venue.doors.map(\.name))
    for (name, count) in audit.after.counts.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
      let before = audit.before.counts[name] ?? .missing
      if before.inside > 0 || before.admitted > 0 {
        faults.addNotCompared("whether \(AuditFaults.last(name)), which the scenario leaves out, counts too few")
      }
      if count.inside > before.inside || count.admitted > before.admitted {
        faults.addMiscount(
          "\(AuditFaults.last(name)) counts more than before the run, in which nobody was scanned there"
        )
      }
    }
  }

  /// Whether screens and dashboards showed what is counted.
  private func checkTold(_ faults: inout AuditFaults) {
    let names = Dictionary(audit.venue.doors.map { ($0.name, $0.displayName) }, uniquingKeysWith: { $1 })
    for watcher in audit.told {
      for difference in watcher.differences(from: audit.after, { names[$0] ?? String(AuditFaults.last($0)) }) {
        faults.addMiscount(difference)
      }
    }
  }

  /// By door and reason, of the day that counts.
  private func refusals() -> [String: [String: Int]] {
    var refusals: [String: [String: Int]] = [:]
    for (place, scan) in audit.after.scans.enumerated() where !scan.isUndone {
      guard matching.roles[place] != .repeated, let reason = scan.verdict.refusal?.rawValue,
        audit.after.dayStart.map({ scan.happened >= $0 }) ?? true
      else { continue }
      refusals[scan.door, default: [:]][reason, default: 0] += 1
    }
    return refusals
  }
}
