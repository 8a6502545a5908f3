import Foundation
import LanyardDomain
import LanyardTexts
import LanyardYAML

/// What values have to do with one another.
extension ScenarioReader {
  mutating func checkDoors() {
    // Nobody stands in a line where each is served at once, or where lanes ask for the next.
    let isLine = scenario.service > .zero && scenario.loop == .open
    if scenario.targets.waitP95 != nil, scenario.search == nil, hasService, !hasBadLoop, !isLine {
      check.add("targets.wait_p95", .scenarioNobodyWaits)
    }
    if scenario.roomCapacity != nil && scenario.place != .rooms {
      check.add("room_capacity", .scenarioRoomsOnly)
    }
    for kind in [Mix.Kind.wrongDoor, .copied] where scenario.mix.weights[kind, default: 0] > 0 && scenario.lanes < 2 {
      check.add("mix.\(kind.rawValue)", .scenarioTwoLanes)
    }
    if scenario.mix.weights[.wrongDoor, default: 0] > 0 && scenario.place != .entrances {
      check.add("mix.wrong-door", .scenarioEntrancesOnly)
    }
  }

  /// No target asks for what is never measured.
  mutating func checkTargets() {
    func comes(_ kind: Mix.Kind) -> Bool { scenario.mix.weights[kind, default: 0] > 0 }
    if scenario.targets.registrationsP99 != nil, !comes(.registers) {
      check.add("targets.registrations_p99", .scenarioNobodyRegisters)
    }
    // A search has none of these.
    if scenario.targets.attendanceP99 != nil, scenario.search == nil {
      if scenario.watchers.attendance == 0 {
        check.add("targets.attendance_p99", .scenarioNobodyWatches)
      } else if !Mix.Kind.allCases.contains(where: { $0.entersAtLast && comes($0) }) {
        check.add("targets.attendance_p99", .scenarioNobodyEnters)
      }
    }
  }

  /// There are a first phase and a last to compare.
  mutating func checkGrowth() {
    guard scenario.targets.p99Growth != nil, scenario.search == nil, scenario.phases.count == 1 else { return }
    check.add("targets.p99_growth", .scenarioOnePhase)
  }

  /// Every lane that something happens to has to be there.
  mutating func checkLanes() {
    let lanes = scenario.lanes
    for (path, spell) in spells where spell.lanes > lanes {
      check.add("\(path).lanes", .scenarioMoreLanes, ["wanted": .count(spell.lanes), "lanes": .count(lanes)])
    }
    for (path, fault) in faults {
      let (key, named): (String, [Int]) =
        switch fault.kind {
        case .cut(let named, _): ("cut.lanes", named)
        case .blackHole(let named, _): ("black_hole.lanes", named)
        case .slow(let named, _, _): ("slow.lanes", named)
        case .flap(let named, _, _): ("flap.lanes", named)
        case .freezeLane(let lane, _): ("freeze_lane.lane", [lane])
        case .kill, .freeze, .fullDisk, .clockBack: ("", [])
        }
      guard let missing = named.first(where: { $0 >= lanes }) else { continue }
      check.add("\(path).\(key)", .scenarioMissingLane, ["lane": .count(missing + 1), "lanes": .count(lanes)])
    }
  }

  /// The run is not too full, and somebody comes.
  mutating func checkArrivals() {
    guard scenario.search == nil, !scenario.phases.isEmpty else { return }
    let arrivals = scenario.phases.reduce(0) { $0 + $1.expectedArrivals }
    if arrivals > Double(Scenario.arrivalLimit) {
      let facts: [String: Sentence.Fact] = [
        "arrivals": .count(Int(arrivals)), "limit": .count(Scenario.arrivalLimit),
      ]
      check.add("phases", .scenarioManyArrivals, facts)
    } else if arrivals == 0 {
      check.add("phases", .scenarioNobodyComes)
    }
  }

  /// The run is not too long, and everything happens in it.
  mutating func checkTimes() {
    let length = scenario.length
    guard scenario.search == nil, !scenario.phases.isEmpty else { return }
    if length > Scenario.lengthLimit {
      check.add("phases", .scenarioTooLong, ["length": .span(length), "limit": .days(Scenario.lengthLimit)])
    }
    let ends =
      spells.map { ($0.path, $0.spell.at, $0.spell.length) } + faults.map { ($0.path, $0.fault.at, $0.fault.length) }
    for (path, at, lasts) in ends {
      if at >= length {
        check.add("\(path).at", .scenarioAfterEnd, ["at": .span(at), "end": .span(length)])
      } else if at + lasts > length {
        check.add(path, .scenarioEndsLate, ["end": .span(at + lasts), "length": .span(length)])
      }
    }
  }

  /// - Parameter isRead: Whether it is read from a file, whose keys are compared elsewhere.
  mutating func checkSearch(_ path: String, isRead: Bool = false) {
    guard let search = scenario.search else { return }
    if !isRead, !scenario.faults.isEmpty || !scenario.offline.isEmpty {
      check.add(path, .scenarioSearchAlone)
    }
    if !isRead, scenario.loop != .open { check.add(path, .scenarioSearchOpen) }
    if scenario.targets.p50 == nil && scenario.targets.p99 == nil && scenario.targets.p999 == nil {
      check.add(path, .scenarioSearchTarget)
    }
    if scenario.targets.lanesSilent != nil {
      check.add("targets.lanes_silent", .scenarioSilentInSearch)
    }
    let last = search.from * pow(search.factor, Double(search.steps - 1))
    if last > Double(Scenario.rateLimit) {
      // It may be more than an Int holds.
      check.add(
        path,
        .scenarioSearchFast,
        [
          "rate": .text(last.formatted(.number.grouping(.never).precision(.fractionLength(0)))),
          "limit": .count(Scenario.rateLimit),
        ]
      )
    }
    if search.step * search.steps > Scenario.lengthLimit {
      let facts: [String: Sentence.Fact] = [
        "length": .span(search.step * search.steps), "limit": .days(Scenario.lengthLimit),
      ]
      check.add(path, .scenarioSearchLong, facts)
    }
    let sum = search.from * (pow(search.factor, Double(search.steps)) - 1) / (search.factor - 1)
    let arrivals = sum * (search.step / .seconds(1))
    if last <= Double(Scenario.rateLimit) && arrivals > Double(Scenario.arrivalLimit) {
      let facts: [String: Sentence.Fact] = [
        "arrivals": .count(Int(arrivals)), "limit": .count(Scenario.arrivalLimit),
      ]
      check.add(path, .scenarioSearchMany, facts)
    }
  }

  /// What a fault without a length of its own is given: a server whose clock is set back is started again.
  private static let shortestFault = Duration.seconds(1)

  /// One thing breaks in one way at a time.
  mutating func checkOverlaps() {
    enum Part: Hashable {
      case server, disk
      case lane(Int)
      case line(Int)
    }
    var spans: [(path: String, at: Duration, end: Duration, parts: [Part])] = spells.map { path, spell in
      (path, spell.at, spell.at + spell.length, (0..<spell.lanes).map { .line($0) })
    }
    for (path, fault) in faults {
      let parts: [Part] =
        switch fault.kind {
        case .kill, .freeze, .clockBack: [.server]
        case .fullDisk: [.disk]
        case .cut(let lanes, _), .blackHole(let lanes, _), .slow(let lanes, _, _), .flap(let lanes, _, _):
          lanes.map { .line($0) }
        case .freezeLane(let lane, _): [.lane(lane)]
        }
      spans.append((path, fault.at, fault.at + max(fault.length, Self.shortestFault), parts))
    }
    var busy: [Part: (path: String, end: Duration)] = [:]
    for span in spans.sorted(by: { $0.at < $1.at }) {
      if let other = span.parts.lazy.compactMap({ busy[$0] }).first(where: { $0.end > span.at }) {
        let facts: [String: Sentence.Fact] = [
          "at": .span(span.at), "other": .text(other.path), "end": .span(other.end),
        ]
        check.add(span.path, .scenarioOverlap, facts)
      }
      for part in span.parts where (busy[part]?.end ?? .zero) < span.end { busy[part] = (span.path, span.end) }
    }
  }
}
