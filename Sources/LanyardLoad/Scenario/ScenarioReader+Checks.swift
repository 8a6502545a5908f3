import Foundation
import LanyardDomain

/// What values have to do with one another.
extension ScenarioReader {
  mutating func checkDoors() {
    if scenario.roomCapacity != nil && scenario.place != .rooms {
      check.add("room_capacity", "is of rooms, and place is entrances; write place: rooms or take it out")
    }
    for kind in [Mix.Kind.wrongDoor, .copied] where scenario.mix.weights[kind, default: 0] > 0 && scenario.lanes < 2 {
      check.add("mix.\(kind.rawValue)", "takes two lanes, and there is one; write lanes: 2 or more, or take it out")
    }
    if scenario.mix.weights[.wrongDoor, default: 0] > 0 && scenario.place != .entrances {
      check.add("mix.wrong-door", "is of entrances, and place is rooms; write place: entrances or take it out")
    }
    if scenario.targets.registrationsP99 != nil && scenario.mix.weights[.registers, default: 0] == 0 {
      check.add(
        "targets.registrations_p99",
        "is of registrations, and nobody registers; give mix a weight such as registers: 1, or take it out"
      )
    }
  }

  /// Every lane that something happens to has to be there.
  mutating func checkLanes() {
    let lanes = scenario.lanes
    for (path, spell) in spells where spell.lanes > lanes {
      check.add("\(path).lanes", "is \(spell.lanes), and there are \(lanes) lanes; write 1 to \(lanes)")
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
      check.add("\(path).\(key)", "names lane \(missing + 1), and there are \(lanes); write 1 to \(lanes)")
    }
  }

  /// The run is not too full, and somebody comes.
  mutating func checkArrivals() {
    guard scenario.search == nil, !scenario.phases.isEmpty else { return }
    let arrivals = scenario.phases.reduce(0) { $0 + $1.expectedArrivals }
    if arrivals > Double(Scenario.arrivalLimit) {
      let most = Scenario.arrivalLimit
      check.add("phases", "bring about \(Int(arrivals)) arrivals; lower the rates or lengths to \(most) at the most")
    } else if arrivals == 0 {
      check.add("phases", "bring nobody; give one of them arrivals, such as {constant: 40}")
    }
  }

  /// The run is not too long, and everything happens in it.
  mutating func checkTimes() {
    let length = scenario.length
    guard scenario.search == nil, !scenario.phases.isEmpty else { return }
    if length > Scenario.lengthLimit {
      check.add("phases", "last \(TimeSpan.words(length)) together; shorten them to 7 days at the most")
    }
    let ends =
      spells.map { ($0.path, $0.spell.at, $0.spell.length) } + faults.map { ($0.path, $0.fault.at, $0.fault.length) }
    for (path, at, lasts) in ends {
      if at >= length {
        check.add(
          "\(path).at",
          "is \(TimeSpan.words(at)), and the run ends after \(TimeSpan.words(length)); write less"
        )
      } else if at + lasts > length {
        let end = "\(TimeSpan.words(at + lasts)), and the run after \(TimeSpan.words(length))"
        check.add(path, "ends after \(end); begin it sooner or make it shorter")
      }
    }
  }

  /// - Parameter isRead: Whether it is read from a file, whose keys are compared elsewhere.
  mutating func checkSearch(_ path: String, isRead: Bool = false) {
    guard let search = scenario.search else { return }
    if !isRead, !scenario.faults.isEmpty || !scenario.offline.isEmpty {
      check.add(path, "measures what a sound system carries; take faults and offline out")
    }
    if !isRead, scenario.loop != .open { check.add(path, "sets a rate, which a closed loop has not; write loop: open") }
    if scenario.targets.p50 == nil && scenario.targets.p99 == nil && scenario.targets.p999 == nil {
      check.add(path, "ends where a target breaks; give one, such as targets: {p99: 50ms}")
    }
    if scenario.targets.lanesSilent != nil {
      check.add("targets.lanes_silent", "is not looked at in a search, which ends where answers are late; take it out")
    }
    let last = search.from * pow(search.factor, Double(search.steps - 1))
    if last > 100_000 {
      check.add(
        path,
        "ends at \(Int(last)) scans a second; take fewer steps or a smaller factor, for 100000 at the most"
      )
    }
    if search.step * search.steps > Scenario.lengthLimit {
      check.add(path, "takes \(TimeSpan.words(search.step * search.steps)); shorten it to 7 days at the most")
    }
    let sum = search.from * (pow(search.factor, Double(search.steps)) - 1) / (search.factor - 1)
    let arrivals = sum * (search.step / .seconds(1))
    if last <= 100_000 && arrivals > Double(Scenario.arrivalLimit) {
      let most = Scenario.arrivalLimit
      check.add(path, "brings \(Int(arrivals)) arrivals; take fewer or shorter steps, for \(most) at the most")
    }
  }

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
        case .kill, .freeze: [.server]
        case .fullDisk: [.disk]
        case .cut(let lanes, _), .blackHole(let lanes, _), .slow(let lanes, _, _), .flap(let lanes, _, _):
          lanes.map { .line($0) }
        case .freezeLane(let lane, _): [.lane(lane)]
        case .clockBack: []
        }
      spans.append((path, fault.at, fault.at + fault.length, parts))
    }
    var busy: [Part: (path: String, end: Duration)] = [:]
    for span in spans.sorted(by: { $0.at < $1.at }) {
      if let other = span.parts.lazy.compactMap({ busy[$0] }).first(where: { $0.end > span.at }) {
        let what = "begins after \(TimeSpan.words(span.at)), while \(other.path) still lasts"
        check.add(span.path, "\(what), until \(TimeSpan.words(other.end)), for the same part; move one of them")
      }
      for part in span.parts where (busy[part]?.end ?? .zero) < span.end { busy[part] = (span.path, span.end) }
    }
  }
}
