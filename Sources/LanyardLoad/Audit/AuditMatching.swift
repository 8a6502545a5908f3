import LanyardDomain

/// Which scan of the driver each one on record is, by id; what is lost, double, changed or invented shows here.
struct AuditMatching {
  /// What one scan on record is to the audit.
  enum Role: Equatable {
    /// It was there before the run.
    case before
    /// The driver made it: index of the observation.
    case made(Int)
    /// The first try of one that a lane took back: index of the observation.
    case replaced(Int)
    /// Nobody made it.
    case unknown
    /// The same scan is on record already.
    case repeated
  }

  /// By place in the ledger.
  private(set) var roles: [Role] = []
  /// The first place in the ledger of each observation; nil where it is not on record.
  private(set) var places: [Int?]

  init(_ audit: Audit, _ faults: inout AuditFaults) {
    places = Array(repeating: nil, count: audit.observations.count)
    assign(audit, &faults)
    for index in audit.observations.indices { check(index, audit, &faults) }
  }

  private mutating func assign(_ audit: Audit, _ faults: inout AuditFaults) {
    var known: [UUIDBytes: Role] = [:]
    known.reserveCapacity(audit.observations.count + audit.before.scans.count)
    var before: [UUIDBytes: Int] = [:]
    for (place, scan) in audit.before.scans.enumerated() {
      known[scan.id] = .before
      before[scan.id] = place
    }
    for (index, scan) in audit.observations.enumerated() {
      if let replaced = scan.replacedID { known[replaced] = .replaced(index) }
      known[scan.id] = .made(index)
    }
    var firstTries = FirstTries(audit)
    var replacedPlaces: Set<UUIDBytes> = []
    roles.reserveCapacity(audit.after.scans.count)
    for (place, scan) in audit.after.scans.enumerated() {
      var role = known[scan.id] ?? firstTries.take(scan).map(Role.replaced) ?? .unknown
      switch role {
      case .made(let index):
        if places[index] != nil {
          faults.add(\.double, observation: index, place: place, "A scan is on record twice")
          role = .repeated
        } else {
          places[index] = place
        }
      case .replaced(let index):
        if !replacedPlaces.insert(scan.id).inserted {
          faults.add(\.double, observation: index, place: place, "A scan that was taken back is on record twice")
          role = .repeated
        } else if !scan.isUndone {
          faults.add(\.double, observation: index, place: place, "A scan stands though its lane took it back")
        }
        if scan.isOffline {
          faults.add(\.wrong, observation: index, place: place, "A first try is on record as the lane's own answer")
        }
        for fault in Self.differences(of: scan, from: audit.observations[index], audit) {
          faults.add(\.wrong, observation: index, place: place, "\(fault), with which a lane first tried")
        }
      case .before:
        guard let earlier = before.removeValue(forKey: scan.id) else {
          faults.add(\.double, observation: nil, place: place, "A scan of before the run is on record twice")
          role = .repeated
          break
        }
        if audit.before.scans[earlier] != scan {
          faults.add(\.wrong, observation: nil, place: place, "A scan of before the run was changed")
        }
      case .unknown:
        faults.add(\.invented, observation: nil, place: place, "Nobody of this run made this scan")
      case .repeated: break
      }
      roles.append(role)
    }
    for id in before.keys.sorted(by: { ($0.high, $0.low) < ($1.high, $1.low) }) {
      faults.add(\.lost, observation: nil, place: nil, "Scan \(id) of before the run is gone")
    }
  }

  /// Where, of what and which way a scan is on record that was made otherwise.
  private static func differences(of recorded: RecordedScan, from scan: Observation, _ audit: Audit) -> [String] {
    let badge = if case .badge(let badge) = scan.subject { audit.venue.badges[badge].name } else { "" }
    let parts: [(String, Bool)] = [
      ("at another door", recorded.door == audit.venue.doors[scan.door].name),
      ("of another badge", recorded.badge == badge), ("the other way", recorded.isOut == scan.isOut),
    ]
    return parts.filter { !$0.1 }.map { "A scan is on record \($0.0)" }
  }

  /// Compares a scan that the driver made with what is on record of it.
  private func check(_ index: Int, _ audit: Audit, _ faults: inout AuditFaults) {
    let scan = audit.observations[index]
    let answer: (verdict: Answer, isOffline: Bool)? =
      if case .answered(let verdict, let isOffline) = scan.outcome { (verdict, isOffline) } else { nil }
    if answer != nil { faults.checked() }
    if case .failed(let kind, _) = scan.outcome, Observation.Outcome.unreadKinds.contains(kind) {
      faults.checked()
      faults.add(\.wrong, observation: index, place: places[index], "Its answer cannot be read")
    }
    guard let place = places[index] else {
      // What failed or was never answered need not be on record.
      if answer != nil {
        faults.add(\.lost, observation: index, place: nil, "An answered scan is not on record")
      }
      return
    }
    let recorded = audit.after.scans[place]
    func wrong(_ what: String) { faults.add(\.wrong, observation: index, place: place, what) }
    for fault in Self.differences(of: recorded, from: scan, audit) { wrong(fault) }
    if let readAt = scan.readAt, let onRecord = recorded.readAt, readAt != onRecord {
      wrong("A scan is on record as read at another moment")
    }
    if let clock = audit.clock {
      // Nothing is recorded before it was sent, and nothing is answered before it is recorded.
      let start = clock.start - clock.slack
      let times = start + scan.leftAt...start + (scan.answered ?? scan.leftAt) + clock.slack + clock.slack
      if answer != nil, !times.contains(recorded.happened) { wrong("A scan is on record as of another time") }
    }
    for fault in checkFacts(index, recorded, audit) { wrong(fault) }
    if scan.sent == nil { wrong("It is on record, and was never sent") }
    guard let answer else {
      if case .failed(_, byServer: true) = scan.outcome { wrong("It was answered as not recorded, and is on record") }
      return
    }
    if recorded.isUndone {
      faults.add(\.lost, observation: index, place: place, "An answered scan was taken back")
    }
    if recorded.verdict != answer.verdict {
      wrong("The answer was \(answer.verdict.word), and \(recorded.verdict.word) is on record")
    } else if recorded.isOffline != answer.isOffline {
      wrong("Who answered was the \(answer.isOffline ? "lane" : "server"), and the other is on record")
    }
  }
}

/// First tries that lanes took back and whose ids nobody saw: each scan on record that was taken back may be one of them,
/// where the same was shown at the same door.
private struct FirstTries {
  private struct Shown: Hashable {
    let door: String
    /// Resource name, or, of what is no badge, why it was refused.
    let badge: String
    let isOut: Bool
  }

  private var observations: [Shown: [Int]] = [:]

  init(_ audit: Audit) {
    for (index, scan) in audit.observations.enumerated().reversed() where scan.mayHaveReplaced && scan.replacedID == nil
    {
      let badge =
        switch scan.subject {
        case .badge(let badge): audit.venue.badges[badge].name
        case .forged: RefusalReason.forged.rawValue
        case .unreadable: RefusalReason.unreadable.rawValue
        }
      observations[Shown(door: audit.venue.doors[scan.door].name, badge: badge, isOut: scan.isOut), default: []]
        .append(index)
    }
  }

  /// Each observation has one first try at most.
  mutating func take(_ scan: RecordedScan) -> Int? {
    guard scan.isUndone, !scan.isOffline else { return nil }
    let badge = scan.badge.isEmpty ? scan.verdict.word : scan.badge
    return observations[Shown(door: scan.door, badge: badge, isOut: scan.isOut)]?.popLast()
  }
}
