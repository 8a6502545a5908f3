import LanyardDomain

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
    for entry in value.entries(limit: Self.spellLimit, "spells without the network", &check) {
      guard let fields = entry.fields(["at", "length", "lanes"], &check) else { continue }
      let at = moment(fields)
      let length = span(fields, "length", "how long it lasts", suchAs: "2m")
      let lanes = fields.value("lanes", required: "write how many lanes, from the first, such as 4", &check)?
        .whole(1...512, "how many lanes, from the first", &check)
      guard let at, let length, let lanes else { continue }
      spells.append((entry.path, Scenario.OfflineSpell(at: at, length: length, lanes: lanes)))
    }
    scenario.offline = spells.map(\.spell)
  }

  /// What breaks, and when.
  mutating func readFaults(_ fields: YAMLFields) {
    guard let value = fields.value("faults", &check) else { return }
    for entry in value.entries(limit: Self.faultLimit, "what breaks and when", &check) {
      let before = check.count
      guard let fields = entry.fields(["at"] + Self.kinds, &check) else { continue }
      let at = moment(fields)
      guard check.count == before,
        let (name, value) = fields.only(of: Self.kinds, "write what breaks, such as {at: 30s, freeze: 5s}", &check)
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
      return span(fields, "after", "how long after that it starts again", suchAs: "5s", upTo: Self.hour)
        .map { .kill(after: $0) }
    case "freeze":
      return value.span(upTo: Self.hour, "how long the server stands still", suchAs: "5s", &check).map { .freeze($0) }
    case "full_disk":
      return value.span(upTo: Scenario.lengthLimit, "how long it is full", suchAs: "10s", &check).map { .fullDisk($0) }
    case "clock_back":
      return value.span(upTo: .seconds(86_400), "how far it is set back", suchAs: "2m", &check).map { .clockBack($0) }
    case "freeze_lane":
      guard let fields = value.fields(["lane", "for"], &check) else { return nil }
      let lane = fields.value("lane", required: "write which lane, counted from 1", &check)?
        .whole(1...512, "a lane, counted from 1", &check)
      let length = span(fields, "for", "how long it stands still", suchAs: "5s", upTo: Self.hour)
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
    let length = span(fields, "for", "how long it lasts", suchAs: "30s")
    switch name {
    case "cut":
      guard let lanes, let length else { return nil }
      return .cut(lanes: lanes, length)
    case "black_hole":
      guard let lanes, let length else { return nil }
      return .blackHole(lanes: lanes, length)
    case "slow":
      let delay = span(fields, "by", "how much longer everything takes", suchAs: "200ms", upTo: .seconds(60))
      guard let lanes, let length, let delay else { return nil }
      return .slow(lanes: lanes, by: delay, length)
    default:
      let period = span(fields, "every", "how often the line breaks", suchAs: "2s", upTo: Self.hour)
      guard let lanes, let length, let period else { return nil }
      return .flap(lanes: lanes, every: period, length)
    }
  }

  /// Numbers of lanes, counted from 1 in the file and from 0 in the scenario.
  private mutating func lanes(_ fields: YAMLFields) -> [Int]? {
    let advice = "list lanes, counted from 1, such as [1, 2]"
    guard let value = fields.value("lanes", required: advice, &check) else { return nil }
    let before = check.count
    var lanes: [Int] = []
    for entry in value.entries(limit: 512, "lanes, counted from 1, such as [1, 2]", &check) {
      guard let lane = entry.whole(1...512, "a lane, counted from 1", &check) else { continue }
      if lanes.contains(lane - 1) { check.add(entry.path, "is \(lane) again; keep one of them") }
      lanes.append(lane - 1)
    }
    if lanes.isEmpty && check.count == before { check.add(value.path, "has no entry; \(advice)") }
    return check.count == before ? lanes : nil
  }

  private mutating func moment(_ fields: YAMLFields) -> Duration? {
    let what = "when it begins, from the start of the run"
    return fields.value("at", required: "write \(what), such as 30s", &check)?
      .span(upTo: Scenario.lengthLimit, what, suchAs: "30s", orNothing: true, &check)
  }

  private mutating func span(
    _ fields: YAMLFields,
    _ name: String,
    _ what: String,
    suchAs example: String,
    upTo limit: Duration = Scenario.lengthLimit
  ) -> Duration? {
    fields.value(name, required: "write \(what), such as \(example)", &check)?
      .span(upTo: limit, what, suchAs: example, &check)
  }
}
