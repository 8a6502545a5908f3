import LanyardDomain

/// Since when a lane must have heard of what happened at others. The server tells lanes within a second, and on the same line as its
/// answers; it is later only where it, the line or the lane was out of order. So a lane is taken to have heard of all that was
/// before it was answered promptly so many times in a row, a second or more apart, on one connection.
struct LaneHearing {
  /// How many answers show that, and how far apart they are at the least: five seconds, with the first.
  private static let answers = 6
  private static let gap = Duration.seconds(1)
  /// The longest that an answer takes that shows that nothing is out of order.
  private static let promptly = Duration.seconds(1)

  private typealias Exchange = (sent: Duration, answered: Duration)

  /// The server's prompt answers of each lane that decided anything by itself, in the order in which they were sent.
  private var exchanges: [Int: [Exchange]] = [:]
  /// When each lane's line had a new connection or became another, in order.
  private let changes: [Int: [Duration]]

  init(_ audit: Audit) {
    changes = audit.lineChanges.mapValues { $0.sorted() }
    let alone = Set(
      audit.observations.lazy.filter { if case .answered(_, offline: true) = $0.outcome { true } else { false } }.map(
        \.lane
      )
    )
    guard !alone.isEmpty else { return }
    for scan in audit.observations where scan.isLive && alone.contains(scan.lane) {
      guard let sent = scan.sent, let answered = scan.answered, answered <= sent + Self.promptly else { continue }
      exchanges[scan.lane, default: []].append((sent, answered))
    }
    for lane in exchanges.keys { exchanges[lane]?.sort { $0.sent < $1.sent } }
  }

  /// Whether what was at one moment must be known to a lane at another.
  func knows(_ lane: Int, of moment: Duration, at end: Duration) -> Bool {
    guard let exchanges = exchanges[lane] else { return false }
    let changes = changes[lane] ?? []
    var (next, count) = (moment, 0)
    var connected: Duration?
    while case let index = exchanges.partitionPoint({ $0.sent < next }), index < exchanges.count,
      exchanges[index].answered <= end
    {
      let exchange = exchanges[index]
      let change = changes.partitionPoint { $0 <= exchange.answered }
      let latest = change == 0 ? nil : changes[change - 1]
      if let latest, latest > connected ?? moment {
        // All that was shown before was on another connection.
        (connected, count, next) = (latest, 0, latest)
        continue
      }
      count += 1
      if count == Self.answers { return true }
      next = exchange.sent + Self.gap
    }
    return false
  }
}
