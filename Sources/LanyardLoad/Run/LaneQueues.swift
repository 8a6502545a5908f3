/// Who waits at which lane: by the plan, who has come and is not through yet; and who is kept by an answer that is late.
struct LaneQueues: Sendable {
  private let steps: [RunStep]
  private let lanes: Int
  /// The longest that anybody waits until they are due, and is served then.
  private let longest: (wait: Duration, service: Duration)
  /// When the last is through.
  let end: Duration

  /// - Parameter steps: In the order in which they are due.
  init(_ steps: [RunStep], lanes: Int) {
    self.steps = steps
    self.lanes = lanes
    end = steps.map { $0.due + $0.service }.max() ?? .zero
    longest = (
      steps.map { $0.due - ($0.arrived ?? $0.due) }.max() ?? .zero,
      steps.map(\.service).max() ?? .zero
    )
  }

  /// People at each lane at a moment, those that it serves too; looks only at who may be there then.
  func waiting(at moment: Duration) -> [Int] {
    var waiting = Array(repeating: 0, count: lanes)
    let first = steps.partitionPoint { $0.due < moment - longest.service }
    for step in steps[first...] {
      if step.due > moment + longest.wait { break }
      guard step.lane < lanes, let arrived = step.arrived, arrived <= moment, moment < step.due + step.service else {
        continue
      }
      waiting[step.lane] += 1
    }
    return waiting
  }

  /// The same at the end of each of so many stretches of time, with those who wait for an answer that is late.
  func atEnds(of width: Duration, count: Int, _ observations: [Observation]) -> [[Int]] {
    var changes = Array(repeating: Array(repeating: 0, count: lanes), count: count + 1)
    /// The first stretch at whose end a moment has come.
    func stretch(_ moment: Duration) -> Int { Int(min(max((moment / width).rounded(.up) - 1, 0), Double(count))) }
    func add(_ from: Duration, _ to: Duration, _ lane: Int) {
      guard lane < lanes, .zero < to, from < to else { return }
      changes[stretch(from)][lane] += 1
      // Who leaves at the very end of a stretch is not there any more.
      changes[stretch(to)][lane] -= 1
    }
    for step in steps { if let arrived = step.arrived { add(arrived, step.due + step.service, step.lane) } }
    for observation in observations {
      if let answered = observation.answered { add(observation.through, answered, observation.lane) }
    }
    var (now, queues) = (Array(repeating: 0, count: lanes), [[Int]]())
    for change in changes.prefix(count) {
      for lane in 0..<lanes { now[lane] += change[lane] }
      queues.append(now)
    }
    return queues
  }
}
