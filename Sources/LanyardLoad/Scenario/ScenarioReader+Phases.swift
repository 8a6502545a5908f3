import Foundation
import LanyardDomain

extension ScenarioReader {
  private static let phaseLimit = 100
  private static let rates = 0.0...100_000.0

  /// Phases, each with its name, length and arrivals.
  mutating func readPhases(_ fields: YAMLFields) {
    let isSearch = fields.has("search")
    let advice = "list what happens, such as phases: [{length: 30s, arrivals: {constant: 40}}]"
    guard let value = fields.value("phases", required: isSearch ? nil : advice, &check) else {
      return hasLengths = false
    }
    if isSearch {
      check.add(value.path, "cannot stand beside search, which makes its own phases; take one of them out")
    }
    let before = check.count
    let entries = value.entries(limit: Self.phaseLimit, "phases", &check)
    if entries.isEmpty && check.count == before { check.add(value.path, "has no entry; \(advice)") }
    for (place, entry) in entries.enumerated() {
      guard let fields = entry.fields(["name", "length", "arrivals"], &check) else {
        hasLengths = false
        continue
      }
      let name = fields.value("name", &check)?.line(limit: 60, "what it is called, such as doors open", &check)
      let length = fields.value("length", required: "write how long it is, such as 90m", &check)?
        .span(upTo: Scenario.lengthLimit, "how long it is", suchAs: "90m", &check)
      if length == nil { hasLengths = false }
      let advice =
        "write how people come: {constant: 40}, {ramp: {from: 10, to: 80}}, {surge: {people: 3000}} or {replay: FILE}"
      let arrivals = fields.value("arrivals", required: advice, &check)
        .flatMap { readArrivals($0, advice, length: length) }
      let phase = Phase(
        name: name ?? "phase \(place + 1)",
        length: length ?? .seconds(1),
        arrivals: arrivals ?? .constant(perSecond: 0)
      )
      if scenario.phases.contains(where: { $0.name == phase.name }) {
        check.add("\(entry.path).name", "is \"\(phase.name)\", as another phase is called; give each a name of its own")
      }
      scenario.phases.append(phase)
    }
  }

  private mutating func readArrivals(_ value: YAMLValue, _ advice: String, length: Duration?) -> Arrivals? {
    let kinds = ["constant", "ramp", "surge", "replay"]
    guard value.isMapping else {
      check.add(value.path, "is \(value.shown); \(advice)")
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
      let people = "write how many people come, such as {surge: {people: 3000}}"
      return value.fields(["people"], &check)?.value("people", required: people, &check)?
        .whole(1...Scenario.arrivalLimit, "how many people come", &check)
        .map { .surge(people: $0) }
    default:
      return readReplay(value, length: length).map { .replay($0) }
    }
  }

  private mutating func readRamp(_ value: YAMLValue) -> Arrivals? {
    guard let ramp = value.fields(["from", "to"], &check) else { return nil }
    let from = ramp.value("from", required: "write the scans a second at its start, such as 10", &check)
      .flatMap { rate($0, suchAs: "10") }
    let to = ramp.value("to", required: "write the scans a second at its end, such as 80", &check)
      .flatMap { rate($0, suchAs: "80") }
    guard let from, let to else { return nil }
    return .ramp(from: from, to: to)
  }

  private mutating func rate(_ value: YAMLValue, suchAs example: String) -> Double? {
    value.number(Self.rates, "a number of scans a second", suchAs: example, &check)
  }

  /// Moments of a recorded day, from its first.
  private mutating func readReplay(_ value: YAMLValue, length: Duration?) -> [Duration]? {
    guard let name = value.line(limit: 200, "the name of a file beside the scenario's", &check) else { return nil }
    guard let folder else {
      check.add(value.path, "needs a scenario that is a file, for the recorded day to lie beside it")
      return nil
    }
    guard !name.contains("/") && name != ".." else {
      check.add(value.path, "is \(value.shown); put the file beside the scenario's, and write its name alone")
      return nil
    }
    scenario.files.append(folder.appending(component: name).path)
    do throws(ReplayFile.Fault) {
      let moments = try ReplayFile.moments(folder.appending(component: name), within: length ?? Scenario.lengthLimit)
      guard !moments.isEmpty else {
        check.add(value.path, "has no scan in \(value.shown); write another file")
        return nil
      }
      return moments
    } catch {
      check.add(value.path, "cannot be read from \(value.shown): \(error.reason)")
      return nil
    }
  }
}
