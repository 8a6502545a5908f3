extension ScheduledFault {
  /// What broke, in words.
  package var what: String {
    switch kind {
    case .kill: "the server was killed"
    case .freeze: "the server was frozen"
    case .cut(let lanes, _): "\(Self.words(lanes)) cut off"
    case .blackHole(let lanes, _): "\(Self.words(lanes)) on a line that lost everything"
    case .slow(let lanes, let delay, _):
      "\(Self.words(lanes)) slowed down by \(Int((delay / .milliseconds(1)).rounded())) ms"
    case .flap(let lanes, _, _): "\(Self.words(lanes)) cut off again and again"
    case .freezeLane(let lane, _): "lane \(lane + 1) was frozen"
    case .fullDisk: "the server's disk was full"
    case .clockBack(let duration):
      "the server was stopped and started again with its clock set back by \(Int(duration / .seconds(1))) s"
    }
  }

  /// Lanes as people count them, and what follows: `lane 1 was`, `lanes 1, 2 and 5 were`, `12 lanes were`.
  private static func words(_ lanes: [Int]) -> String {
    let numbers = lanes.map { "\($0 + 1)" }
    if numbers.count == 1 { return "lane \(numbers[0]) was" }
    guard let last = numbers.last, numbers.count <= 8 else { return "\(numbers.count) lanes were" }
    return "lanes \(numbers.dropLast().joined(separator: ", ")) and \(last) were"
  }
}
