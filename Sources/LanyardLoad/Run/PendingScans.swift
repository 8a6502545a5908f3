import LanyardDomain

/// Scans of one lane from when they are given to it until they have their answers, in their order. What has its answer takes
/// no room for long.
struct PendingScans: Sendable {
  private var scans: [PlannedScan] = []
  /// Those before `first` have their answers; those from `next` on were not handed on yet.
  private var (first, next) = (0, 0)

  /// Whether every scan has its answer.
  var isEmpty: Bool { first == scans.count }

  mutating func append(_ more: [PlannedScan]) { scans += more }

  /// The next that was not handed on yet, which is sent at this moment; nil where there is none.
  mutating func handOn(at now: Duration) -> PlannedScan? {
    guard next < scans.count else { return nil }
    scans[next].observation.sent = now
    next += 1
    return scans[next - 1]
  }

  /// Those that were handed on and have no answer yet, which are sent again.
  mutating func sendAgain() -> [PlannedScan] {
    for index in first..<next { scans[index].isSentAgain = true }
    return Array(scans[first..<next])
  }

  /// Those of these ids that have no answer yet were kept from the line for a time.
  mutating func holdUp(_ ids: Set<UUIDBytes>, by time: Duration) {
    for index in first..<next where ids.contains(scans[index].observation.id) { scans[index].observation.heldUp = time }
  }

  /// The first that was handed on and has no answer; its answer has come.
  mutating func takeFirst() -> PlannedScan? {
    guard first < next else { return nil }
    defer { passFirst() }
    return scans[first]
  }

  /// The one of this id; its answer has come. Nil where none of them waits for it.
  mutating func take(_ id: UUIDBytes) -> PlannedScan? {
    // Answers come in the order of the scans, but for a server that is broken.
    guard let index = scans[first..<next].firstIndex(where: { $0.observation.id == id }) else { return nil }
    if index == first { return takeFirst() }
    next -= 1
    return scans.remove(at: index)
  }

  /// All that have no answer, which none waits for any more.
  mutating func giveUp() -> [PlannedScan] {
    defer { self = PendingScans() }
    return Array(scans[first...])
  }

  private mutating func passFirst() {
    first += 1
    // Moving the rest costs more than some room.
    guard first >= 1_024, first * 2 > scans.count else { return }
    scans.removeFirst(first)
    next -= first
    first = 0
  }
}
