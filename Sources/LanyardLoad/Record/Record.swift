package import LanyardDomain

/// What the server says after the run, all of it.
package struct Record: Sendable {
  /// Headcounts of a door.
  package struct Count: Sendable, Hashable {
    /// People inside now who came in here.
    package var inside: Int
    /// People admitted here today, each counted once.
    package var admitted: Int
    /// Refusals today by reason; nil where nobody asked.
    var refused: [String: Int]?

    package init(inside: Int, admitted: Int) {
      self.inside = inside
      self.admitted = admitted
    }

    /// What a door counts that the server does not name: nobody inside, admitted or refused.
    static var missing: Count {
      var count = Count(inside: 0, admitted: 0)
      count.refused = [:]
      return count
    }
  }

  /// In the order of the ledger.
  package var scans: [RecordedScan]
  /// Ids of the scans that conflicts name, of two admissions the later one, with the reasons.
  package var conflicts: [UUIDBytes: [String]]
  /// By resource name of the checkpoint.
  package var counts: [String: Count]
  package var peopleInside: Int
  /// When the day of the event began on which it was read: scans of before count no more. Nil where all count.
  package var dayStart: Instant?
  /// What the server's clock showed as it was read, and when that was; nil where nobody asked.
  package var readTime: (server: Instant, driver: ContinuousClock.Instant)?

  package init(
    scans: [RecordedScan],
    conflicts: [UUIDBytes: [String]] = [:],
    counts: [String: Count] = [:],
    peopleInside: Int = 0
  ) {
    self.scans = scans
    self.conflicts = conflicts
    self.counts = counts
    self.peopleInside = peopleInside
  }
}
