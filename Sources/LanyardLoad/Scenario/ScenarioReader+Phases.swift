import Foundation
import LanyardDomain
import LanyardTexts
import LanyardYAML

extension ScenarioReader {
  private static let phaseLimit = 100
  private static let rates = 0.0...Double(Scenario.rateLimit)

  /// Phases, each with its name, length and arrivals.
  mutating func readPhases(_ fields: YAMLFields) {
    let isSearch = fields.has("search")
    let advice = Sentence.write(.whatHappens, suchAs: "phases: [{length: 30s, arrivals: {constant: 40}}]")
    guard let value = fields.value("phases", required: isSearch ? nil : advice, &check) else {
      return hasLengths = false
    }
    if isSearch {
      check.add(value.path, .scenarioPhasesBesideSearch)
    }
    let before = check.count
    let entries = value.entries(limit: Self.phaseLimit, .whatPhases, &check)
    if entries.isEmpty && check.count == before {
      check.add(value.path, .yamlNoEntry, ["advice": .sentence(advice)])
    }
    for (place, entry) in entries.enumerated() {
      guard let fields = entry.fields(["name", "length", "arrivals"], &check) else {
        hasLengths = false
        continue
      }
      let name = fields.value("name", &check)?.line(limit: 60, .whatPhaseName, &check)
      let length = fields.value("length", required: .write(.whatLength, suchAs: "90m"), &check)?
        .span(upTo: Scenario.lengthLimit, .whatLength, suchAs: "90m", &check)
      if length == nil { hasLengths = false }
      let examples = "{constant: 40}, {ramp: {from: 10, to: 80}}, {surge: {people: 3000}}, {replay: FILE}"
      let advice = Sentence.write(.whatCome, suchAs: examples)
      let arrivals = fields.value("arrivals", required: advice, &check)
        .flatMap { readArrivals($0, advice, length: length, phase: name ?? "phase \(place + 1)") }
      let phase = Phase(
        name: name ?? "phase \(place + 1)",
        length: length ?? .seconds(1),
        arrivals: arrivals ?? .constant(perSecond: 0)
      )
      if scenario.phases.contains(where: { $0.name == phase.name }) {
        check.add("\(entry.path).name", .scenarioDoubledPhase, ["name": .text(phase.name)])
      }
      scenario.phases.append(phase)
    }
  }

  private mutating func readArrivals(
    _ value: YAMLValue,
    _ advice: Sentence,
    length: Duration?,
    phase: String
  ) -> Arrivals? {
    let kinds = ["constant", "ramp", "surge", "replay"]
    guard value.isMapping else {
      check.add(value.path, .yamlOther, ["shown": value.shown, "advice": .sentence(advice)])
      return nil
    }
    let before = check.count
    guard let fields = value.fields(kinds, &check), check.count == before,
      let (kind, value) = fields.only(of: kinds, advice, &check)
    else { return nil }
    switch kind {
    case "constant": return rate(value, suchAs: "40").map { .constant(perSecond: $0) }
    case "ramp": return readRamp(value)
    case "surge":
      let people = Sentence.write(.whatPeopleCome, suchAs: "{surge: {people: 3000}}")
      return value.fields(["people"], &check)?.value("people", required: people, &check)?
        .whole(1...Scenario.arrivalLimit, .whatPeopleCome, &check)
        .map { .surge(people: $0) }
    default:
      return readReplay(value, length: length, phase: phase).map { .replay($0) }
    }
  }

  private mutating func readRamp(_ value: YAMLValue) -> Arrivals? {
    guard let ramp = value.fields(["from", "to"], &check) else { return nil }
    let from = ramp.value("from", required: .write(.whatStartRate, suchAs: "10"), &check)
      .flatMap { rate($0, suchAs: "10") }
    let to = ramp.value("to", required: .write(.whatEndRate, suchAs: "80"), &check)
      .flatMap { rate($0, suchAs: "80") }
    guard let from, let to else { return nil }
    return .ramp(from: from, to: to)
  }

  private mutating func rate(_ value: YAMLValue, suchAs example: String) -> Double? {
    value.number(Self.rates, .whatRate, suchAs: example, &check)
  }

  /// Moments of a recorded day, from its first.
  private mutating func readReplay(_ value: YAMLValue, length: Duration?, phase: String) -> [Duration]? {
    guard let name = value.line(limit: 200, .whatDayFile, &check) else { return nil }
    guard let folder else {
      check.add(value.path, .scenarioReplayNeedsFile)
      return nil
    }
    guard !name.contains("/") && name != ".." else {
      check.add(value.path, .scenarioReplayElsewhere, ["shown": value.shown])
      return nil
    }
    do throws(ReplayFile.Fault) {
      let (moments, recording) = try ReplayFile.day(
        folder.appending(component: name),
        within: length ?? Scenario.lengthLimit
      )
      scenario.recordings[phase] = recording
      guard !moments.isEmpty else {
        check.add(value.path, .scenarioReplayEmpty, ["shown": value.shown])
        return nil
      }
      return moments
    } catch {
      check.add(value.path, .scenarioReplayUnreadable, ["shown": value.shown, "cause": .sentence(error.sentence)])
      return nil
    }
  }
}
