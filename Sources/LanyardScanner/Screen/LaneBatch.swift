import LanyardDomain

/// Readings that were handed in together, as from one line, with the answers that came so far.
struct LaneBatch: Sendable {
  private var waiting: Set<UUIDBytes>
  private var answers: [LaneView.Answer] = []

  init(_ scans: [UUIDBytes]) { waiting = Set(scans) }

  func waits(for scan: UUIDBytes) -> Bool { waiting.contains(scan) }

  /// Takes in the answer to one of them.
  mutating func take(_ answer: LaneView.Answer, of scan: UUIDBytes) {
    waiting.remove(scan)
    answers.append(answer)
  }

  /// One of them is not handed in after all.
  mutating func drop(_ scan: UUIDBytes) { waiting.remove(scan) }

  /// The worst answer, of equal ones the last; nil until all are there.
  var worst: LaneView.Answer? { worstPlace.map { answers[$0] } }

  /// The answers beside the worst, the first first.
  var others: [LaneView.Answer] {
    answers.indices.filter { $0 != worstPlace }.map { answers[$0] }
  }

  private var worstPlace: Int? {
    guard waiting.isEmpty else { return nil }
    return answers.indices.max { (answers[$0].weight, $0) < (answers[$1].weight, $1) }
  }
}

extension LaneView.Answer {
  /// How much of an operator's care an answer needs.
  fileprivate var weight: Int {
    switch tone {
    case .neutral, .waiting: 0
    case .out: 1
    case .go: attention == nil ? 2 : 3
    case .lookAgain: 4
    case .stop: 5
    case .callSupervisor: 6
    }
  }
}
