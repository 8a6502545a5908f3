import Foundation
import LanyardDomain
import LanyardTexts
import LanyardYAML

/// Reads a scenario from YAML: all of its faults, each with its line and key.
struct ScenarioReader {
  private static let keys = [
    "summary", "people", "place", "lanes", "room_capacity", "service", "service_variation", "loop", "phases", "mix",
    "watchers", "offline", "faults", "targets", "search", "seed",
  ]

  var scenario: Scenario
  var check = YAMLCheck()
  /// Where recorded days lie; nil where there is no such place.
  let folder: URL?
  /// The faults that were read, each with its path.
  var faults: [(path: String, fault: ScheduledFault)] = []
  var spells: [(path: String, spell: Scenario.OfflineSpell)] = []
  /// Whether how many lanes there are, and how long the phases last, could be read: only then is it known what goes past them.
  private var hasLanes = true
  /// Whether it could be read how long one person keeps a lane: only then is it known whether anybody waits.
  private(set) var hasService = true
  /// Whether a closed loop is meant, and could not be read.
  private(set) var hasBadLoop = false
  var hasLengths = true

  /// The scenario that the text holds.
  static func scenario(yaml: String, name: String, folder: URL?) throws(ScenarioFaults) -> Scenario {
    var reader = ScenarioReader(scenario: Scenario(name: name), folder: folder)
    if let document = reader.document(yaml) { reader.read(document) }
    guard reader.check.count == 0 else { throw reader.check.error(name) }
    return reader.scenario
  }

  private mutating func read(_ document: YAMLValue) {
    guard let fields = document.fields(Self.keys, &check) else { return }
    readPeople(fields)
    readDoors(fields)
    let phases = noting { $0.readPhases(fields) }
    let mix = noting { $0.readMix(fields) }
    let watchers = noting { $0.readWatchers(fields) }
    readOffline(fields)
    readFaults(fields)
    readTargets(fields)
    noting { $0.readSearch(fields) }
    noteBesideSearch(fields)
    check(arrivals: phases, targets: mix && watchers)
  }

  /// What a scenario's values have to do with one another, once more, where some have been changed since it was read.
  static func check(_ scenario: Scenario) throws(ScenarioFaults) {
    var reader = ScenarioReader(scenario: scenario, folder: nil)
    reader.faults = scenario.faults.enumerated().map { ("faults[\($0)]", $1) }
    reader.spells = scenario.offline.enumerated().map { ("offline[\($0)]", $1) }
    reader.checkSearch("search")
    reader.check(arrivals: true, targets: true)
    guard reader.check.count == 0 else { throw reader.check.error(scenario.name) }
  }

  /// - Parameters:
  ///   - arrivals: Whether all phases could be read.
  ///   - targets: Whether the mix and the watchers could be read, which targets are of.
  private mutating func check(arrivals: Bool, targets: Bool) {
    checkDoors()
    if targets { checkTargets() }
    if hasLanes { checkLanes() }
    if hasLengths { checkTimes() }
    if arrivals {
      checkArrivals()
      checkGrowth()
    }
    checkOverlaps()
  }

  /// Whether reading this brought no fault.
  @discardableResult
  private mutating func noting(_ read: (inout ScenarioReader) -> Void) -> Bool {
    let before = check.count
    read(&self)
    return check.count == before
  }

  private mutating func readPeople(_ fields: YAMLFields) {
    if let value = fields.value("summary", &check) {
      scenario.summary = value.line(limit: 300, .whatQuestion, &check) ?? ""
    }
    if let value = fields.value("people", &check) {
      scenario.people = value.whole(Scenario.peopleRange, .whatPeople, &check) ?? scenario.people
    }
    if let value = fields.value("seed", &check) {
      if let seed = value.text.flatMap({ UInt64($0) }) {
        scenario.seed = seed
      } else {
        check.add(value.path, .scenarioNoSeed, ["shown": value.shown, "limit": .text("\(UInt64.max)")])
      }
    }
  }

  private mutating func readDoors(_ fields: YAMLFields) {
    if let value = fields.value("place", &check) {
      scenario.place = value.choice(&check) ?? scenario.place
    }
    if let value = fields.value("lanes", &check) {
      let lanes = value.whole(Scenario.laneRange, .whatLanes, &check)
      hasLanes = lanes != nil
      scenario.lanes = lanes ?? scenario.lanes
    }
    if let value = fields.value("room_capacity", &check) {
      scenario.roomCapacity = value.whole(Scenario.peopleRange, .whatRoomCapacity, &check)
    }
    if let value = fields.value("service", &check) {
      let span = value.span(upTo: .seconds(3600), .whatService, suchAs: "4s", orNothing: true, &check)
      hasService = span != nil
      scenario.service = span ?? scenario.service
    }
    if let value = fields.value("service_variation", &check) {
      scenario.serviceVariation = value.number(0...3, .whatVariation, suchAs: "0.5", &check) ?? 0
    }
    if let value = fields.value("loop", &check) { hasBadLoop = !noting { $0.readLoop(value) } && value.isMapping }
  }

  private mutating func readLoop(_ value: YAMLValue) {
    if value.text == "open" { return scenario.loop = .open }
    guard value.isMapping else {
      return check.add(value.path, .scenarioNoLoop, ["shown": value.shown])
    }
    let advice = Sentence.write(.whatWindow, suchAs: "{closed: {window: 32}}")
    guard
      let closed = value.fields(["closed"], &check)?.value("closed", required: advice, &check)?
        .fields(["window"], &check)?.value("window", required: advice, &check)?
        .whole(1...512, .whatWindow, &check)
    else { return }
    scenario.loop = .closed(window: closed)
  }

  private mutating func readMix(_ fields: YAMLFields) {
    guard let mix = fields.value("mix", &check) else { return }
    let kinds = Mix.Kind.allCases
    let before = check.count
    guard let weights = mix.fields(kinds.map(\.rawValue), &check) else { return }
    scenario.mix.weights = [:]
    for kind in kinds {
      guard let value = weights.value(kind.rawValue, &check) else { continue }
      scenario.mix.weights[kind] = value.number(0...1_000_000, .whatWeight, suchAs: "1.5", &check)
    }
    if check.count == before && !scenario.mix.weights.values.contains(where: { $0 > 0 }) {
      check.add(mix.path, .scenarioNoWeight)
    }
  }

  private mutating func readWatchers(_ fields: YAMLFields) {
    let watchers = fields.value("watchers", &check)?.fields(["rosters", "attendance", "screens"], &check)
    guard let watchers else { return }
    if let value = watchers.value("rosters", &check) {
      scenario.watchers.rosters = value.whole(0...1_000, .whatRosters, &check) ?? 0
    }
    if let value = watchers.value("attendance", &check) {
      scenario.watchers.attendance = value.whole(0...1_000, .whatAttendance, &check) ?? 0
    }
    if let value = watchers.value("screens", &check) {
      scenario.watchers.screens = value.whole(0...1_000, .whatScreens, &check) ?? 0
    }
  }

  private mutating func readTargets(_ fields: YAMLFields) {
    let keys = [
      "p50", "p99", "p999", "registrations_p99", "attendance_p99", "p99_growth", "errors", "server_memory",
      "lanes_silent", "wait_p95",
    ]
    guard let targets = fields.value("targets", &check)?.fields(keys, &check) else { return }
    func span(_ name: String, suchAs example: String) -> Duration? {
      targets.value(name, &check)?.span(upTo: .seconds(3600), .whatLongest, suchAs: example, &check)
    }
    scenario.targets.p50 = span("p50", suchAs: "5ms")
    scenario.targets.p99 = span("p99", suchAs: "50ms")
    scenario.targets.p999 = span("p999", suchAs: "250ms")
    scenario.targets.registrationsP99 = span("registrations_p99", suchAs: "1s")
    scenario.targets.attendanceP99 = span("attendance_p99", suchAs: "1s")
    if let value = targets.value("p99_growth", &check) {
      scenario.targets.p99Growth = value.number(1...1_000, .whatGrowth, suchAs: "2", &check)
    }
    if let value = targets.value("server_memory", &check) {
      scenario.targets.serverMemory = value.whole(1...1_000_000, .whatMemory, &check)
    }
    // They are measured when all is over, and a search looks at each step.
    for key in ["attendance_p99", "p99_growth", "server_memory"] where fields.has("search") && targets.has(key) {
      check.add("targets.\(key)", .scenarioBesideSearch)
    }
    scenario.targets.lanesSilent = span("lanes_silent", suchAs: "4s")
    scenario.targets.waitP95 = span("wait_p95", suchAs: "3m")
    if fields.has("search"), targets.has("wait_p95") { check.add("targets.wait_p95", .scenarioBesideSearch) }
    if let value = targets.value("errors", &check) {
      let share = value.share(.whatErrors, suchAs: "0.1%", &check)
      scenario.targets.errorShare = share ?? 0
    }
  }

  /// What cannot stand beside a search, whether the search itself can be read or not.
  private mutating func noteBesideSearch(_ fields: YAMLFields) {
    guard fields.has("search") else { return }
    for key in ["faults", "offline"] where fields.has(key) {
      check.add(key, .scenarioBesideSearch)
    }
    if fields.has("loop"), scenario.loop != .open || hasBadLoop {
      check.add("loop", .scenarioClosedBesideSearch)
    }
  }

  private mutating func readSearch(_ fields: YAMLFields) {
    guard let value = fields.value("search", &check),
      let search = value.fields(["from", "factor", "step", "steps"], &check)
    else { return }
    let before = check.count
    let from = search.value("from", required: .write(.whatFirstRate, suchAs: "500"), &check)?
      .number(0.01...Double(Scenario.rateLimit), .whatFirstRate, suchAs: "500", &check)
    let factor = search.value("factor", required: .write(.whatFactor, suchAs: "1.25"), &check)?
      .number(1.01...10, .whatFactor, suchAs: "1.25", &check)
    let step = search.value("step", required: .write(.whatStepLength, suchAs: "15s"), &check)?
      .span(upTo: Scenario.lengthLimit, .whatStepLength, suchAs: "15s", &check)
    let steps = search.value("steps", required: .write(.whatSteps, suchAs: "20"), &check)?
      .whole(1...100, .whatSteps, &check)
    guard check.count == before, let from, let factor, let step, let steps else { return }
    scenario.search = Scenario.Search(from: from, factor: factor, step: step, steps: steps)
    checkSearch(value.path, isRead: true)
  }
}
