import LanyardDomain

/// Makes of a scenario what is done when: who comes to which lane with what, and which answers are right.
///
/// It remembers from phase to phase who has been where. One seed gives one plan, and the same kinds of arrivals at the same times
/// whatever people the venue has.
package struct RunPlanner {
  /// Where somebody who was let in stands.
  private struct Visitor {
    let badge: Int
    /// Where they were scanned last.
    var lane: Int
    var isInside: Bool
    /// When the last scan was due.
    var since: Duration
    /// Where people change rooms: the lines of the rooms that they have come to. A scan that comes late, or a room that was full, may
    /// leave them in any of these.
    var rooms: Set<Int> = []
  }

  /// An arrival that was not played as its kind.
  package struct Unplayed: Sendable {
    /// Of `good` nobody came at all; of any other a good one came instead.
    package let kind: Mix.Kind
    /// When it was to come, from the start of the run.
    package var due: Duration
  }

  /// Between two scans of one badge by one operator.
  private static let repeatTime = Duration.seconds(4)
  private static let walk = Duration.seconds(3)
  /// How many people are looked at to find one who is ready to go out or to come in again.
  private static let visitorLimit = 1_000

  private let scenario: Scenario
  /// Lanes in processes of their own, which let people in by their badge only.
  private let frozenLanes: Set<Int>
  private let venue: Venue
  private var lines: DoorLines
  /// When somebody comes, and of which kind: nothing else draws from it.
  private var arrivals: SeededGenerator
  /// Who that is, and all that they do.
  private var generator: SeededGenerator
  /// Indices of badges that nobody has shown yet, of which kind.
  private var fresh: [Int]
  private let replaced: [Int]
  private let revoked: [Int]
  private var visitors: [Visitor] = []
  private var nextVisitor = 0
  /// How many people register on the spot in what was planned so far; their badges follow those of the venue.
  private var registrants = 0
  private let canBeFull: Bool
  /// The arrivals for which what they need is not there.
  package private(set) var unplayed: [Unplayed] = []

  package init(_ scenario: Scenario, _ venue: Venue) {
    self.scenario = scenario
    frozenLanes = scenario.frozenLanes
    self.venue = venue
    arrivals = SeededGenerator(seed: scenario.seed)
    // Another sequence: times and people have nothing to do with one another.
    generator = SeededGenerator(seed: ~scenario.seed)
    lines = DoorLines(scenario, venue)
    func badges(_ state: Venue.BadgeState) -> [Int] { venue.badges.indices.filter { venue.badges[$0].state == state } }
    let active = badges(.active)
    fresh = active.filter { !venue.inside.contains(venue.badges[$0].person) }
    replaced = badges(.replaced)
    revoked = badges(.revoked)
    canBeFull = venue.doors.contains { $0.capacity != nil }
    fresh.shuffle(using: &generator)
    // Who is inside already goes out first, where a lane can tell that somebody goes out.
    let lanes = (0..<scenario.lanes).filter { !frozenLanes.contains($0) }
    guard !lanes.isEmpty else { return }
    visitors = active.filter { venue.inside.contains(venue.badges[$0].person) }.enumerated().map { number, badge in
      Visitor(badge: badge, lane: lanes[number % lanes.count], isInside: true, since: .zero)
    }
  }

  /// Index of the door of each lane; a last one beyond those of the scenario is at the door that is wrong for most.
  package var doorOfLane: [Int] { lines.doorOfLane }

  /// What is done in a phase that begins at `start`, in the order in which it is due.
  package mutating func steps(of phase: Phase, from start: Duration) -> [RunStep] {
    var steps: [RunStep] = []
    for moment in phase.arrivalTimes(&arrivals) {
      let first = steps.count
      arrive(at: start + .seconds(moment), kind: kind(), &steps)
      // Whatever else they do, somebody came once.
      if first < steps.count, steps[first].coming == nil { steps[first].coming = .new }
    }
    return steps.sorted { $0.due < $1.due }
  }

  private mutating func kind() -> Mix.Kind {
    let weights = Mix.Kind.allCases.map { ($0, scenario.mix.weights[$0] ?? 0) }
    var draw = Double.random(in: 0..<weights.reduce(0) { $0 + $1.1 }, using: &arrivals)
    for (kind, weight) in weights {
      if draw < weight { return kind }
      draw -= weight
    }
    return .good
  }

  private mutating func arrive(at moment: Duration, kind: Mix.Kind, _ steps: inout [RunStep]) {
    switch kind {
    case .forged: show(.forged, .refused(.forged), at: moment, &steps)
    case .unreadable: show(.unreadable, .refused(.unreadable), at: moment, &steps)
    case .replaced:
      guard let badge = replaced.randomElement(using: &generator) else { return pass(for: kind, at: moment, &steps) }
      show(.badge(badge), .refused(.replaced), at: moment, &steps)
    case .revoked:
      guard let badge = revoked.randomElement(using: &generator) else { return pass(for: kind, at: moment, &steps) }
      show(.badge(badge), .refused(.revoked), at: moment, &steps)
    case .registers:
      let badge = venue.badges.count + registrants
      registrants += 1
      let lane = lane(at: moment)
      add(.register(badge: badge), in: entered, at: moment, lane, &steps)
    case .good: pass(at: moment, &steps)
    case .repeated, .wrongDoor, .reentry, .byName, .copied:
      if let badge = newcomer(for: kind) { return comeFirst(badge, as: kind, at: moment, &steps) }
      guard [.repeated, .reentry].contains(kind), comeAgain(as: kind, at: moment, &steps) else {
        return pass(for: kind, at: moment, &steps)
      }
    }
  }

  /// A badge that nobody has shown yet; nil where there is none that suits.
  private mutating func newcomer(for kind: Mix.Kind) -> Int? {
    if kind == .wrongDoor {
      guard let narrow = lines.narrowLane, let admits = venue.doors[doorOfLane[narrow]].admits else { return nil }
      // Only the last few are looked at: those of a group that is admitted there are kept for others.
      let last = fresh.indices.suffix(50).last { !admits.contains(venue.people[venue.badges[fresh[$0]].person].group) }
      return last.map { fresh.remove(at: $0) }
    }
    return fresh.popLast()
  }

  /// Somebody comes who has not been here.
  private mutating func comeFirst(_ badge: Int, as kind: Mix.Kind, at moment: Duration, _ steps: inout [RunStep]) {
    let home = lane(at: moment)
    if kind == .copied { return copy(badge, at: moment, home, &steps) }
    var kind = kind
    if frozenLanes.contains(home), [.byName, .reentry].contains(kind) {
      unplayed.append(Unplayed(kind: kind, due: moment))
      kind = .good
    }
    let last = comeIn(badge, as: kind, in: entered, at: moment, home, &steps)
    // Nobody knows when who was found by name is through, so nothing that depends on it is planned.
    guard !frozenLanes.contains(home), kind != .byName else { return }
    let rooms = Set([lines.line(of: home)].compactMap(\.self))
    visitors.append(Visitor(badge: badge, lane: home, isInside: true, since: last, rooms: rooms))
  }

  /// The scans of somebody who comes in at a lane; returns when the last is due.
  ///
  /// - Parameter right: What is right at the first of them.
  private mutating func comeIn(
    _ badge: Int,
    as kind: Mix.Kind,
    in right: Set<Answer>,
    at moment: Duration,
    _ home: Int,
    _ steps: inout [RunStep]
  ) -> Duration {
    var last: Duration
    switch kind {
    case .wrongDoor:
      let wrong = add(
        .scan(.badge(badge)),
        in: [.refused(.notAdmittedHere)],
        at: moment,
        lines.narrowLane ?? home,
        &steps
      )
      last = follow(badge, in: right, after: wrong + pause(Self.walk), home, &steps)
    case .byName: last = add(.lookUp(badge: badge), in: right, at: moment, home, &steps)
    case .good, .replaced, .revoked, .forged, .unreadable, .repeated, .reentry, .copied, .registers:
      last = add(.scan(.badge(badge)), in: right, at: moment, home, &steps)
    }
    if kind == .repeated {
      var again: Set<Answer> = [.refused(.alreadyInside)]
      // Where a scan at another room comes in between, it has taken them out of this one.
      if canBeFull || lines.areSeveral { again.formUnion(entered) }
      last = add(.scan(.badge(badge)), in: again, at: last + pause(Self.repeatTime), home, &steps)
    }
    if kind == .reentry {
      last = follow(badge, isOut: true, in: [.wentOut], after: last + pause(Self.repeatTime), home, &steps)
      last = follow(badge, in: entered, after: last + pause(Self.repeatTime), home, &steps)
    }
    return last
  }

  /// Two lanes read one badge at the same moment. Nobody knows which lets its bearer in, who is not scanned again.
  private mutating func copy(_ badge: Int, at moment: Duration, _ home: Int, _ steps: inout [RunStep]) {
    let others = (0..<scenario.lanes).filter { $0 != home }
    let other = others.randomElement(using: &generator) ?? home
    let isOneArea = venue.doors[doorOfLane[other]].area == venue.doors[doorOfLane[home]].area
    let right = isOneArea ? entered.union([.refused(.alreadyInside)]) : entered
    let due = add(.scan(.badge(badge)), in: right, at: moment, home, &steps)
    steps.append(step(.scan(.badge(badge)), in: right, due: due, arrived: nil, other))
  }

  /// A later scan of somebody who was here; it keeps nobody waiting at the lane. Returns when it is due.
  private mutating func follow(
    _ badge: Int,
    isOut: Bool = false,
    in expected: Set<Answer>,
    after moment: Duration,
    _ lane: Int,
    _ steps: inout [RunStep]
  ) -> Duration {
    steps.append(step(.scan(.badge(badge)), isOut: isOut, in: expected, due: moment, arrived: nil, lane))
    return moment
  }

  /// A good badge in place of what cannot be played.
  private mutating func pass(for kind: Mix.Kind, at moment: Duration, _ steps: inout [RunStep]) {
    unplayed.append(Unplayed(kind: kind, due: moment))
    pass(at: moment, &steps)
  }

  /// A good badge: the next that nobody has shown yet, else that of somebody who has been here.
  private mutating func pass(at moment: Duration, _ steps: inout [RunStep]) {
    if let badge = fresh.popLast() { return comeFirst(badge, as: .good, at: moment, &steps) }
    if comeAgain(as: .good, at: moment, &steps) { return }
    guard !visitors.isEmpty else { return unplayed.append(Unplayed(kind: .good, due: moment)) }
    // Everybody is in the midst of something: who comes back later keeps no lane free until then.
    let index = nextVisitor % visitors.count
    nextVisitor = index + 1
    var visitor = visitors[index]
    let later = max(moment, visitor.since)
    if let room = nextRoom(of: visitor) {
      let right = enter(room, at: later, &visitor)
      visitor.since = follow(visitor.badge, in: right, after: later, visitor.lane, &steps)
    } else {
      let (isOut, right) = turnRound(&visitor)
      visitor.since = follow(visitor.badge, isOut: isOut, in: right, after: later, visitor.lane, &steps)
    }
    steps[steps.count - 1].coming = .again
    visitors[index] = visitor
  }

  /// Somebody who has been here goes to another room, or where there is none goes out, or comes in again.
  ///
  /// - Returns: Whether anybody is ready to. For what somebody does on the way in, that is only who is on it.
  private mutating func comeAgain(as kind: Mix.Kind, at moment: Duration, _ steps: inout [RunStep]) -> Bool {
    guard let index = nextReady(as: kind, at: moment) else { return false }
    // Who does something on the way in is sought ahead of whose turn it is, which stays where it was.
    if kind == .good || lines.areSeveral { nextVisitor = index + 1 }
    var visitor = visitors[index]
    let first = steps.count
    if let room = nextRoom(of: visitor) {
      let right = enter(room, at: moment, &visitor)
      visitor.since = comeIn(visitor.badge, as: kind, in: right, at: moment, visitor.lane, &steps)
    } else {
      let (isOut, right) = turnRound(&visitor)
      visitor.since =
        isOut
        ? add(.scan(.badge(visitor.badge)), isOut: true, in: right, at: moment, visitor.lane, &steps)
        : comeIn(visitor.badge, as: kind, in: right, at: moment, visitor.lane, &steps)
    }
    steps[first].coming = .again
    visitors[index] = visitor
    return true
  }

  /// The next visitor whose last scan is over when it would be their turn; nil where none is found.
  private func nextReady(as kind: Mix.Kind, at moment: Duration) -> Int? {
    (nextVisitor..<nextVisitor + min(visitors.count, Self.visitorLimit)).lazy.map { $0 % visitors.count }
      .first { index in
        let visitor = visitors[index]
        if lines.areSeveral { return visitor.since <= moment }
        return (kind == .good || !visitor.isInside) && visitor.since <= lines.turn(at: moment, visitor.lane)
      }
  }

  /// The line of another room than somebody was scanned at last, if possible one to which they have not come; nil where people do not
  /// change rooms.
  private mutating func nextRoom(of visitor: Visitor) -> Int? {
    guard lines.areSeveral else { return nil }
    // At a lane in a process of its own nothing can be planned of them any more.
    let others = lines.lanes.indices.filter { line in
      line != lines.line(of: visitor.lane) && frozenLanes.isDisjoint(with: lines.lanes[line])
    }
    let new = others.filter { !visitor.rooms.contains($0) }
    return (new.isEmpty ? others : new).randomElement(using: &generator)
  }

  /// Somebody stands before a room; returns what is right as they come in.
  private mutating func enter(_ room: Int, at moment: Duration, _ visitor: inout Visitor) -> Set<Answer> {
    visitor.lane = lines.lane(in: room, at: moment, &generator)
    visitor.isInside = true
    return visitor.rooms.insert(room).inserted ? entered : entered.union([.refused(.alreadyInside)])
  }

  /// Somebody goes out who is inside, or else comes in; returns what is right.
  private func turnRound(_ visitor: inout Visitor) -> (isOut: Bool, right: Set<Answer>) {
    defer { visitor.isInside.toggle() }
    return visitor.isInside ? (true, [.wentOut]) : (false, entered)
  }

  /// A badge, or what is shown for one, with an answer that nothing changes.
  private mutating func show(
    _ subject: Observation.Subject,
    _ verdict: Answer,
    at moment: Duration,
    _ steps: inout [RunStep]
  ) {
    add(.scan(subject), in: [verdict], at: moment, lane(at: moment), &steps)
  }

  /// What a good badge is answered on its way in.
  private var entered: Set<Answer> { canBeFull ? Self.perhapsFull : Self.admitted }
  private static let admitted: Set<Answer> = [.admitted]
  private static let perhapsFull: Set<Answer> = [.admitted, .refused(.full)]

  /// A pause that a person makes, in a scenario that is played at its own speed.
  private func pause(_ length: Duration) -> Duration { length / scenario.speed }

  /// The lane at which somebody is scanned who may go to any: of the entrance the one that is free first, or that of a room by chance.
  private mutating func lane(at moment: Duration) -> Int {
    let line = lines.areSeveral ? Int.random(in: lines.lanes.indices, using: &generator) : 0
    return lines.lane(in: line, at: moment, &generator)
  }

  /// Adds a step at the lane's next free moment; returns when it is due.
  @discardableResult
  private mutating func add(
    _ act: RunStep.Act,
    isOut: Bool = false,
    in expected: Set<Answer>,
    at moment: Duration,
    _ lane: Int,
    _ steps: inout [RunStep]
  ) -> Duration {
    let due = lines.turn(at: moment, lane)
    var step = step(act, isOut: isOut, in: expected, due: due, arrived: moment, lane)
    step.service = .seconds(serviceTime())
    lines.keep(lane, until: due + step.service)
    steps.append(step)
    return due
  }

  private func step(
    _ act: RunStep.Act,
    isOut: Bool = false,
    in expected: Set<Answer>,
    due: Duration,
    arrived: Duration?,
    _ lane: Int
  ) -> RunStep {
    RunStep(due: due, arrived: arrived, service: .zero, lane: lane, act: act, isOut: isOut, expected: expected)
  }

  private mutating func serviceTime() -> Double {
    var model = QueueModel(arrivals: 1, window: 1, service: scenario.service / .seconds(1))
    model.serviceVariation = scenario.serviceVariation
    return model.serviceTime(&generator)
  }
}
