import LanyardDomain
import LanyardTexts
import LanyardYAML

extension ScenarioReader {
  private static let faultLimit = 200
  private static let spellLimit = 100
  private static let kinds = [
    "kill", "freeze", "cut", "black_hole", "slow", "flap", "freeze_lane", "full_disk", "clock_back",
  ]
  private static let hour = Duration.seconds(3600)

  /// Lanes that are without the network for a while.
  mutating func readOffline(_ fields: YAMLFields) {
    guard let value = fields.value("offline", &check) else { return }
    for entry in value.entries(limit: Self.spellLimit, .whatSpells, &check) {
      guard let fields = entry.fields(["at", "length", "lanes"], &check) else { continue }
      let at = moment(fields)
      let length = span(fields, "length", .whatLength, suchAs: "2m")
      let lanes = fields.value("lanes", required: .write(.whatFirstLanes, suchAs: "4"), &check)?
        .whole(Scenario.laneRange, .whatFirstLanes, &check)
      guard let at, let length, let lanes else { continue }
      spells.append((entry.path, Scenario.OfflineSpell(at: at, length: length, lanes: lanes)))
    }
    scenario.offline = spells.map(\.spell)
  }

  /// What breaks, and when.
  mutating func readFaults(_ fields: YAMLFields) {
    guard let value = fields.value("faults", &check) else { return }
    for entry in value.entries(limit: Self.faultLimit, .whatBreaks, &check) {
      let before = check.count
      guard let fields = entry.fields(["at"] + Self.kinds, &check) else { continue }
      let at = moment(fields)
      guard check.count == before,
        let (name, value) = fields.only(of: Self.kinds, .write(.whatBreaks, suchAs: "{at: 30s, freeze: 5s}"), &check)
      else { continue }
      guard let at, let kind = kind(name, value) else { continue }
      faults.append((entry.path, ScheduledFault(at: at, kind: kind)))
    }
    scenario.faults = faults.map(\.fault)
  }

  private mutating func kind(_ name: String, _ value: YAMLValue) -> ScheduledFault.Kind? {
    switch name {
    case "kill":
      guard let fields = value.fields(["after"], &check) else { return nil }
      return span(fields, "after", .whatRestart, suchAs: "5s", upTo: Self.hour)
        .map { .kill(after: $0) }
    case "freeze":
      return value.span(upTo: Self.hour, .whatStandstill, suchAs: "5s", &check).map { .freeze($0) }
    case "full_disk":
      return value.span(upTo: Scenario.lengthLimit, .whatFull, suchAs: "10s", &check).map { .fullDisk($0) }
    case "clock_back":
      return value.span(upTo: .seconds(86_400), .whatSetBack, suchAs: "2m", &check).map { .clockBack($0) }
    case "freeze_lane":
      guard let fields = value.fields(["lane", "for"], &check) else { return nil }
      let lane = fields.value("lane", required: .write(.whatLane, suchAs: "1"), &check)?
        .whole(Scenario.laneRange, .whatLane, &check)
      let length = span(fields, "for", .whatStandstill, suchAs: "5s", upTo: Self.hour)
      guard let lane, let length else { return nil }
      return .freezeLane(lane - 1, length)
    default:
      return line(name, value)
    }
  }

  /// A fault of some lanes' line to the server.
  private mutating func line(_ name: String, _ value: YAMLValue) -> ScheduledFault.Kind? {
    let more = ["slow": ["by"], "flap": ["every"]][name] ?? []
    guard let fields = value.fields(["lanes"] + more + ["for"], &check) else { return nil }
    let lanes = lanes(fields)
    let length = span(fields, "for", .whatLength, suchAs: "30s")
    switch name {
    case "cut":
      guard let lanes, let length else { return nil }
      return .cut(lanes: lanes, length)
    case "black_hole":
      guard let lanes, let length else { return nil }
      return .blackHole(lanes: lanes, length)
    case "slow":
      let delay = span(fields, "by", .whatDelay, suchAs: "200ms", upTo: .seconds(60))
      guard let lanes, let length, let delay else { return nil }
      return .slow(lanes: lanes, by: delay, length)
    default:
      let period = span(fields, "every", .whatPeriod, suchAs: "2s", upTo: Self.hour)
      guard let lanes, let length, let period else { return nil }
      return .flap(lanes: lanes, every: period, length)
    }
  }

  /// Numbers of lanes, counted from 1 in the file and from 0 in the scenario.
  private mutating func lanes(_ fields: YAMLFields) -> [Int]? {
    let advice = Sentence.write(.whatLaneList, suchAs: "[1, 2]")
    guard let value = fields.value("lanes", required: advice, &check) else { return nil }
    let before = check.count
    var lanes: [Int] = []
    for entry in value.entries(limit: Scenario.laneRange.upperBound, .whatLaneList, &check) {
      guard let lane = entry.whole(Scenario.laneRange, .whatLane, &check) else { continue }
      if lanes.contains(lane - 1) { check.add(entry.path, .scenarioDoubledLane, ["lane": .count(lane)]) }
      lanes.append(lane - 1)
    }
    if lanes.isEmpty && check.count == before {
      check.add(value.path, .yamlNoEntry, ["advice": .sentence(advice)])
    }
    return check.count == before ? lanes : nil
  }

  private mutating func moment(_ fields: YAMLFields) -> Duration? {
    fields.value("at", required: .write(.whatBegin, suchAs: "30s"), &check)?
      .span(upTo: Scenario.lengthLimit, .whatBegin, suchAs: "30s", orNothing: true, &check)
  }

  private mutating func span(
    _ fields: YAMLFields,
    _ name: String,
    _ what: Sentence.Key,
    suchAs example: String,
    upTo limit: Duration = Scenario.lengthLimit
  ) -> Duration? {
    fields.value(name, required: .write(what, suchAs: example), &check)?
      .span(upTo: limit, what, suchAs: example, &check)
  }
}
