import LanyardAPI
import LanyardDomain

extension AuditMatching {
  /// What else is wrong of a scan that the driver made: whom the lane showed, and what is on record beside the answer.
  func checkFacts(_ index: Int, _ recorded: RecordedScan, _ audit: Audit) -> [String] {
    let scan = audit.observations[index]
    guard let record = recorded.facts else { return [] }
    var faults: [String] = []
    let expected = expected(scan.subject, audit)
    if let shown = scan.facts, let expected, let name = shown.name {
      if name != expected.name { faults.append("The lane showed another name than is registered") }
      if let person = shown.person, person != expected.person, name == expected.name {
        faults.append("The lane showed something else of the person than is registered")
      }
    }
    if let expected, record.person != expected.person {
      faults.append("It is on record of a person with other particulars")
    }
    if scan.isLive, let shown = scan.facts, shown.person != nil, let part = shown.difference(from: record) {
      faults.append("The \(part) on record is not that of the answer")
    }
    let reporters = audit.answeredReporters
    if let reporter = record.reporter, !reporters.isEmpty, !reporters.contains(reporter) {
      faults.append("Another reporter is on record than has reported in this run")
    }
    if record.isDoubleReading {
      faults.append("It is on record as a second reading, and no lane of the run is a turnstile")
    }
    if recorded.isOffline { faults += checkOffline(scan, record, audit) }
    return faults
  }

  /// What is on record of a scan that a lane decided by itself.
  private func checkOffline(_ scan: Observation, _ record: ScanFacts, _ audit: Audit) -> [String] {
    var faults: [String] = []
    if let shown = scan.facts, shown.knowsRoster, shown.isNotInRoster != record.isNotInRoster {
      faults.append("Whether the lane had the badge in its roster is on record otherwise")
    }
    if let clock = audit.clock, let answered = scan.answered, let received = record.received {
      // It is uploaded after it was answered, and before it was read back.
      let isEarly = received < clock.start + answered - clock.slack
      let isLate = audit.after.readTime.map { received > $0.server + clock.slack } ?? false
      if isEarly || isLate { faults.append("It is on record as received at another time") }
    }
    return faults
  }

  /// What is to be shown; nil where that is not known.
  private func expected(_ subject: Observation.Subject, _ audit: Audit) -> (name: Int, person: Int)? {
    var attendee = audit.venue.attendee(of: -1)
    if case .badge(let badge) = subject {
      attendee = audit.venue.attendee(of: badge)
      // Nobody was told whose badge that is.
      if attendee.registration.isEmpty { return nil }
    }
    return (ScanFacts.number(attendee.displayName), attendee.hashValue)
  }
}
