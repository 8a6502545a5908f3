import LanyardDomain

/// The lines in which people stand, by the plan of a run: one for all lanes of the entrance, or one before each room.
struct DoorLines {
  /// Index of the door of each lane; a last one beyond those of the scenario is at the door that is wrong for most.
  let doorOfLane: [Int]
  /// The lane at the door that does not admit all; nil where there is none.
  let narrowLane: Int?
  /// The lanes of each line.
  let lanes: [[Int]]
  /// The line of each lane but the narrow one.
  private let lineOfLane: [Int: Int]
  /// Whether people keep a lane for any time.
  private let isServed: Bool
  /// When each lane is free again.
  private var free: [Duration]

  init(_ scenario: Scenario, _ venue: Venue) {
    let played = venue.doors.indices.filter { venue.doors[$0].isPlayed }
    let wide = played.filter { venue.doors[$0].admits == nil }
    let narrow = played.first { venue.doors[$0].admits != nil }
    let doorOfLane = (0..<scenario.lanes).map { wide[$0 % wide.count] }
    self.doorOfLane = doorOfLane + [narrow].compactMap(\.self)
    narrowLane = narrow == nil ? nil : scenario.lanes
    var (lanes, numbers) = ([[Int]](), [String: Int]())
    for (lane, door) in doorOfLane.enumerated() {
      // A room may have more doors than one.
      let line = scenario.place == .entrances ? "" : venue.doors[door].area
      let number = numbers[line] ?? lanes.count
      numbers[line] = number
      if number == lanes.count { lanes.append([]) }
      lanes[number].append(lane)
    }
    self.lanes = lanes
    lineOfLane = Dictionary(
      uniqueKeysWithValues: lanes.enumerated().flatMap { line, lanes in lanes.map { ($0, line) } }
    )
    isServed = scenario.service > .zero
    free = Array(repeating: .zero, count: self.doorOfLane.count)
  }

  /// Whether there is more than one room, so that people change rooms.
  var areSeveral: Bool { lanes.count > 1 }

  /// The line in which somebody stands who is scanned at a lane.
  func line(of lane: Int) -> Int? { lineOfLane[lane] }

  /// The lane of a line that is free first; where nobody is served for any time, lanes take turns by chance.
  func lane(in line: Int, at moment: Duration, _ generator: inout SeededGenerator) -> Int {
    let lanes = lanes[line]
    let lane =
      isServed
      ? lanes.min { max(free[$0], moment) < max(free[$1], moment) } : lanes.randomElement(using: &generator)
    return lane ?? 0
  }

  /// When it is the turn of somebody who comes to a lane at a moment: at once where nobody is served for any time.
  func turn(at moment: Duration, _ lane: Int) -> Duration { isServed ? max(moment, free[lane]) : moment }

  /// Somebody keeps a lane until a moment.
  mutating func keep(_ lane: Int, until moment: Duration) { free[lane] = moment }
}
