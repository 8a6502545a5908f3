import Histogram

/// What happened when, in stretches that widen with the length of a run, so that a week takes no more room than a morning.
struct RunTimeline: Sendable {
  /// What happened in one stretch.
  struct Stretch: Sendable {
    var due = 0
    var answered = 0
    var failed = 0
    var offline = 0
    /// Microseconds of the answers of the server; nil where there were none, since each takes some kilobytes.
    var times: Histogram<UInt32>?

    mutating func record(_ time: Duration) {
      times = times ?? Histogram(numberOfSignificantValueDigits: .two)
      times?.record(time)
    }

    fileprivate mutating func add(_ other: Stretch) {
      due += other.due
      answered += other.answered
      failed += other.failed
      offline += other.offline
      guard let more = other.times else { return }
      times = times ?? Histogram(numberOfSignificantValueDigits: .two)
      times?.add(more)
    }
  }

  /// The most stretches; where there would be more, each two become one.
  static let limit = 1_200
  /// How many of the last seconds are also kept apart, for the screen.
  static let recentLimit = 16

  /// How many seconds each stretch has.
  private(set) var width = 1
  /// From the start on, without a gap.
  private(set) var stretches: [Stretch] = []
  private var recent: [Int: Stretch] = [:]
  private var newest = 0

  /// Changes what a moment belongs to; what was before the start belongs to nothing.
  mutating func change(at moment: Duration, _ body: (inout Stretch) -> Void) {
    guard moment >= .zero else { return }
    let second = Int(moment / .seconds(1))
    while second / width >= Self.limit { widen() }
    while stretches.count <= second / width { stretches.append(Stretch()) }
    body(&stretches[second / width])
    if second > newest {
      newest = second
      recent = recent.filter { $0.key > second - Self.recentLimit }
    }
    if second > newest - Self.recentLimit { body(&recent[second, default: Stretch()]) }
  }

  /// Whole seconds one by one, of which only the last few are known.
  func seconds(_ range: Range<Int>) -> [Stretch] { range.map { recent[$0] ?? Stretch() } }

  private mutating func widen() {
    width *= 2
    stretches = stride(from: 0, to: stretches.count, by: 2).map { index in
      var stretch = stretches[index]
      if index + 1 < stretches.count { stretch.add(stretches[index + 1]) }
      return stretch
    }
  }
}
