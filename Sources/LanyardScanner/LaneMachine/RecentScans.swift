import LanyardDomain

/// What is remembered of scans so that they can be taken back, latest last: all that the lane that made them may still take
/// back, and the last ones, which a supervisor may, whatever their age.
struct RecentScans<Scan> {
  private var entries: [(scan: Scan, at: DeviceMoment)] = []
  /// The most that are remembered; nil where all that are fresh are.
  private let limit: Int?

  init(limit: Int? = nil) { self.limit = limit }

  /// Those that are remembered, latest last.
  var all: [Scan] { entries.map(\.scan) }

  /// Those that are fresh enough for whoever made them to take them back, latest last.
  func fresh(at moment: DeviceMoment) -> [Scan] {
    entries.filter { moment.age(of: $0.at) <= UndoRequest.ownTime }.map(\.scan)
  }

  func contains(_ isMeant: (Scan) -> Bool) -> Bool { entries.contains { isMeant($0.scan) } }

  /// When one was made that is remembered; of several the last.
  func moment(_ isMeant: (Scan) -> Bool) -> DeviceMoment? { entries.last { isMeant($0.scan) }?.at }

  mutating func append(_ scan: Scan, at moment: DeviceMoment) {
    entries.append((scan, moment))
    while entries.count > LaneMachine.memory, moment.age(of: entries[0].at) > UndoRequest.ownTime {
      entries.removeFirst()
    }
    if let limit { entries.removeFirst(max(0, entries.count - limit)) }
  }

  /// Forgets one, of several the last, and returns it.
  mutating func remove(_ isMeant: (Scan) -> Bool) -> Scan? {
    entries.lastIndex { isMeant($0.scan) }.map { entries.remove(at: $0).scan }
  }

  mutating func removeAll(_ isMeant: (Scan) -> Bool) { entries.removeAll { isMeant($0.scan) } }

  /// Changes what is remembered of each.
  mutating func change(_ body: (inout Scan) -> Void) {
    for index in entries.indices { body(&entries[index].scan) }
  }
}

extension RecentScans: Sendable where Scan: Sendable {}
