import LanyardDomain

/// How people wait in line, as a run is planned: who has come and is not served yet. No server makes that shorter.
struct WaitingLine: Sendable {
  /// The most people who wait at once, and when that is first so.
  private(set) var longest = 0
  private(set) var longestAt = Duration.zero
  /// When nobody waits any more after that; nil where somebody still does when the run ends.
  private(set) var emptyAt: Duration?
  /// How many wait when the phases are over.
  let waitingAtEnd: Int
  /// From the end of the phases until nobody waits any more; nil where somebody still does when the run ends.
  let emptyAfter: Duration?
  /// What 19 of 20 people wait at most, from when they come to when it is their turn.
  let wait95: Duration

  /// Nil where nobody comes to a line.
  ///
  /// - Parameters:
  ///   - end: Of the phases.
  ///   - length: When the run ended; who comes later does not count, and who is not served yet has waited until then.
  init?(_ steps: [RunStep], phasesEnd end: Duration, until length: Duration) {
    let come = steps.compactMap { step in
      step.arrived.flatMap { $0 <= length ? (arrived: $0, due: step.due, isPerson: step.coming != nil) : nil }
    }
    let waits = come.filter(\.isPerson).map { min($0.due, length) - $0.arrived }.sorted()
    guard !waits.isEmpty else { return nil }
    wait95 = waits[(waits.count * 19 + 19) / 20 - 1]
    waitingAtEnd = come.count { $0.arrived < min(end, length) && $0.due > min(end, length) }
    let last = come.map(\.due).max() ?? .zero
    emptyAfter = last > length ? nil : max(.zero, last - end)
    let waiting = come.filter { $0.due > $0.arrived }
    let (arrivals, turns) = (waiting.map(\.arrived).sorted(), waiting.map(\.due).sorted())
    var (arrived, served) = (0, 0)
    while served < turns.count, turns[served] <= length {
      if arrived < arrivals.count, arrivals[arrived] < turns[served] {
        arrived += 1
        if arrived - served > longest { (longest, longestAt, emptyAt) = (arrived - served, arrivals[arrived - 1], nil) }
      } else {
        served += 1
        if arrived == served, emptyAt == nil { emptyAt = turns[served - 1] }
      }
    }
    // Who comes while nobody has a turn any more waits as well.
    while arrived < arrivals.count {
      arrived += 1
      if arrived - served > longest { (longest, longestAt, emptyAt) = (arrived - served, arrivals[arrived - 1], nil) }
    }
  }
}
