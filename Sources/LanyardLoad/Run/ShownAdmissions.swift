import LanyardDomain

/// How long after their answers the admissions of one door are shown by those who watch it. What a watcher is told is how many
/// people were admitted there, each once: the n-th of them is shown with the first count that has n.
struct ShownAdmissions {
  /// Resource name of the door.
  let door: String
  /// How many were admitted there before the run.
  let before: Int
  /// When each that the server counts more was answered by it, in that order.
  private(set) var answers: [Duration]

  /// The admissions of each door of the venue. From the first scan on that the server may have counted without an answer, as one
  /// that a lane decided alone, nobody knows when which count is owed, and nothing more is measured there; and nothing at all
  /// where others are counted than the run's own.
  static func ofDoors(
    _ venue: Venue,
    before: Record,
    _ observations: [Observation],
    after: Record
  ) -> [ShownAdmissions] {
    let people = Dictionary(venue.badges.map { ($0.name, $0.person) }, uniquingKeysWith: { $1 })
    var admitted: [String: Set<Int>] = [:]
    for scan in before.scans where scan.verdict == .admitted && scan.undone == nil {
      if let start = before.dayStart, scan.happened < start { continue }
      if let person = people[scan.badge] { admitted[scan.door, default: []].insert(person) }
    }
    let scans = Dictionary(grouping: observations, by: \.door)
    return venue.doors.enumerated().compactMap { index, door in
      ShownAdmissions(
        door.name,
        scans[index] ?? [],
        venue,
        admitted[door.name] ?? [],
        counted: (before.counts[door.name]?.admitted ?? 0, after.counts[door.name]?.admitted ?? 0)
      )
    }
  }

  private init?(
    _ door: String,
    _ scans: [Observation],
    _ venue: Venue,
    _ admitted: Set<Int>,
    counted: (before: Int, after: Int)
  ) {
    (self.door, before, answers) = (door, counted.before, [])
    var (admitted, unknown, firstUnknown) = (admitted, Set<Int>(), Duration?.none)
    for scan in scans.sorted(by: { ($0.answered ?? $0.due) < ($1.answered ?? $1.due) }) where !scan.isOut {
      guard case .badge(let badge) = scan.subject else { continue }
      // Who registered in the run stands after all others.
      let person = venue.badges.indices.contains(badge) ? venue.badges[badge].person : -1 - badge
      switch scan.outcome {
      case .answered(.admitted, offline: false):
        if let answered = scan.answered, admitted.insert(person).inserted { answers.append(answered) }
      case .answered(.admitted, offline: true), .failed, .silent:
        unknown.insert(person)
        firstUnknown = min(firstUnknown ?? scan.due, scan.due)
      case .answered: break
      }
    }
    let least = counted.before + answers.count
    guard (least...least + unknown.count).contains(counted.after) else { return nil }
    if let firstUnknown { answers.removeAll { $0 >= firstUnknown } }
  }

  /// Of each admission when it was answered and how much later a watcher showed it; of one that it never showed, until the end.
  ///
  /// - Parameters:
  ///   - told: What the watcher was told of the door.
  ///   - end: When nobody looked any more; nil leaves out what is not shown.
  func delays(_ told: ToldHeadcounts.Changes, until end: Duration?) -> [(answered: Duration, delay: Duration)] {
    var delays: [(Duration, Duration)] = []
    var place = 0
    for (number, answered) in answers.enumerated() {
      while place < told.count, told[place].admitted <= before + number { place += 1 }
      guard let shown = place < told.count ? told[place].at : end else { break }
      // Where the count comes before the answer, nobody waits for it.
      delays.append((answered, max(.zero, shown - answered)))
    }
    return delays
  }
}

extension RunRecorder.State {
  /// Takes down how long after their answers admissions were shown, as of the operation that watches.
  ///
  /// - Parameter phases: When each begins and ends.
  mutating func note(
    _ doors: [ShownAdmissions],
    by watchers: [ToldHeadcounts.Told],
    until end: Duration,
    phases: [(start: Duration, end: Duration)]
  ) {
    func phase(_ moment: Duration) -> Int { phases.lastIndex { $0.start <= moment } ?? 0 }
    for watcher in watchers {
      let operation = watcher.checkpoint == nil ? RunOperation.attendance : .headcount
      for door in doors where watcher.checkpoint ?? door.door == door.door {
        let end = watcher.isCut ? nil : end
        for (answered, delay) in door.delays(watcher.changes[door.door] ?? [], until: end) {
          let place = phase(answered)
          timings[place, default: [:]][operation, default: RunRecorder.Timings()].add(delay)
          timings[place, default: [:]][operation, default: RunRecorder.Timings()].pushed += 1
          let shown = phase(answered + delay)
          guard phases.indices.contains(shown), answered + delay < phases[shown].end else { continue }
          carried[shown, default: [:]][operation, default: 0] += 1
        }
      }
    }
  }
}
