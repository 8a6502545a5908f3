import LanyardDomain

/// One simulated morning: when each person came and when their turn was, both in order.
package struct QueueMorning: Sendable {
  /// In seconds from the start.
  package let arrivals: [Double]
  package let starts: [Double]

  /// Simulates a morning at so many lanes; the same seed brings the same people, however many lanes there are.
  package init(_ model: QueueModel, lanes: Int, seed: UInt64) {
    precondition(lanes > 0, "people need a lane to go to")
    var generator = SeededGenerator(seed: seed)
    let arrivals = model.arrivalTimes(&generator)
    let outage = model.peak..<(model.peak + model.breakdown)
    var free = [Double](repeating: 0, count: lanes)
    var starts: [Double] = []
    starts.reserveCapacity(arrivals.count)
    for arrival in arrivals {
      var (lane, start) = (0, max(arrival, free[0]))
      // The first lane is the one that breaks down; who is being served there is served to the end.
      if outage.contains(start) { start = outage.upperBound }
      for other in 1..<lanes where max(arrival, free[other]) < start {
        (lane, start) = (other, max(arrival, free[other]))
        // Nobody is served before they come.
        if start == arrival { break }
      }
      free[lane] = start + model.serviceTime(&generator)
      starts.append(start)
    }
    self.arrivals = arrivals
    self.starts = starts
  }

  /// How long each waited, in seconds, shortest first.
  package var waits: [Double] { zip(arrivals, starts).map { $1 - $0 }.sorted() }

  /// The most that waited at once, in each of `count` equal parts of the time from the start to `end`, in seconds.
  package func longestQueues(parts count: Int, until end: Double) -> [Int] {
    var longest = [Int](repeating: 0, count: count)
    var (come, gone, part) = (0, 0, 0)
    while come < arrivals.count || gone < starts.count {
      let isArrival = come < arrivals.count && arrivals[come] <= starts[gone]
      let moment = isArrival ? arrivals[come] : starts[gone]
      let now = min(Int(moment / end * Double(count)), count - 1)
      // Who waits when a part begins waits in it too.
      while part < now {
        part += 1
        longest[part] = come - gone
      }
      if isArrival { come += 1 } else { gone += 1 }
      longest[now] = max(longest[now], come - gone - (isArrival && arrivals[come - 1] == starts[come - 1] ? 1 : 0))
    }
    return longest
  }
}
