package import LanyardDomain

/// Compares all that a driver saw with all that the server has on record, by a model of the rules that was written for
/// this and shares none of the server's: a mistake in the one does not hide in the other. Doors, their
/// areas and limits, and the time zone it takes from the server.
package struct Audit: Sendable {
  /// The most faults that are told in words, as many as a saved report has room for; all are counted.
  package static let told = 100_000

  let venue: Venue
  let before: Record
  let observations: [Observation]
  let after: Record
  /// What the server's clock showed as the run began, and by how much it may be off when a scan is recorded; nil where it
  /// was set back, or nobody knows.
  let clock: (start: Instant, slack: Duration)?
  /// All screens and dashboards, with what they showed at the end; none where nobody waited for that.
  var told: [ToldHeadcounts.Watcher] = []
  /// When each lane's line had a new connection or became another, as far as somebody watched it.
  var lineChanges: [Int: [Duration]] = [:]
  /// How many of the venue's badges there were before the run: those, and what they are worth, every lane knows.
  var badgesBefore: Int
  /// Who reported in the run, by the server's own answers.
  let answeredReporters: Set<Int>

  /// - Parameters:
  ///   - before: What was on record before the first scan: the model begins with what of it is of the day that counts now.
  ///   - observations: Every scan that was made, in any order.
  ///   - after: All that is on record after the run, what was there before included.
  ///   - clock: The server's as the run began, which times on record are compared with; nil compares none.
  package init(
    venue: Venue,
    before: Record,
    observations: [Observation],
    after: Record,
    clock: (start: Instant, slack: Duration)? = nil
  ) {
    self.venue = venue
    self.before = before
    self.observations = observations
    self.after = after
    self.clock = clock
    badgesBefore = venue.badges.count
    answeredReporters = Set(observations.lazy.filter(\.isLive).compactMap { $0.facts?.reporter })
  }

  /// Indices of the people who are inside anywhere by what is on record of the day.
  static func peopleInside(_ venue: Venue, _ record: Record) -> Set<Int> {
    let audit = Audit(venue: venue, before: record, observations: [], after: record)
    var faults = AuditFaults(audit)
    var replay = AuditReplay(audit, AuditMatching(audit, &faults))
    replay.run(&faults)
    return Set(venue.people.indices.filter(replay.model.isInside))
  }

  /// Goes through the whole history once.
  package func report() -> RunReport.Audit {
    var faults = AuditFaults(self)
    let matching = AuditMatching(self, &faults)
    var replay = AuditReplay(self, matching)
    replay.run(&faults)
    let settlement = AuditSettlement(self, matching, replay)
    settlement.checkConflicts(&faults)
    settlement.checkOffline(&faults)
    settlement.checkOrder(&faults)
    settlement.checkCounts(&faults)
    return faults.report
  }
}
