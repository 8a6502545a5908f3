import LanyardDomain
package import LanyardTexts

/// Thrown where a scenario cannot be played: every fault that was found in its file, at least one.
package struct ScenarioFaults: Error, Hashable, Sendable {
  /// One fault of a scenario file.
  package struct Fault: Hashable, Sendable {
    /// Counted from 1; nil where it is of the whole file.
    package let line: Int?
    /// The keys that lead to it, such as `phases[1].arrivals.constant`; lists are counted from 0. Empty for the whole file.
    package let path: String
    /// What is wrong and what to do.
    package let reason: Sentence
  }

  /// The most that are listed.
  package static let limit = 200

  /// The scenario's name.
  package let scenario: String
  package let faults: [Fault]
  /// How many more there were.
  package let unlisted: Int
}

extension ScenarioFaults.Fault: SpokenError {
  package var sentence: Sentence {
    let facts: [String: Sentence.Fact] = ["field": .text(path), "reason": .sentence(reason)]
    let told = path.isEmpty ? reason : Sentence(.errorFieldAtFault, facts)
    return line.map { Sentence(.scenarioAtLine, ["line": .count($0), "fault": .sentence(told)]) } ?? told
  }
}

extension ScenarioFaults {
  /// What is wrong, a line each after the first.
  package func lines(in phrasebook: Phrasebook) -> [String] {
    var sentences = faults.map(\.sentence)
    if unlisted > 0 { sentences.append(Sentence(.scenarioUnlisted, ["count": .count(unlisted)])) }
    return [phrasebook.text(Sentence(.scenarioUnplayable, ["scenario": .text(scenario)]))]
      + sentences.map { "  " + phrasebook.text($0) }
  }
}

/// Collects the faults of one scenario file, and knows the line of each of its keys.
struct ScenarioCheck {
  private(set) var faults: [ScenarioFaults.Fault] = []
  /// All faults, those beyond the limit too.
  private(set) var count = 0
  private var lines: [String: Int] = [:]

  /// Remembers where a value stands.
  mutating func place(_ path: String, line: Int?) {
    lines[path] = line
  }

  /// Notes a fault of the value that the path leads to, or of what holds it where there is none.
  mutating func add(_ path: String, _ reason: Sentence) {
    add(path, line: line(of: path), reason)
  }

  /// Notes a fault of the value that the path leads to, by the sentence's key and what stands there.
  mutating func add(_ path: String, _ key: Sentence.Key, _ facts: [String: Sentence.Fact] = [:]) {
    add(path, Sentence(key, facts))
  }

  /// Notes a fault of a line that no value stands in.
  mutating func add(_ path: String, line: Int?, _ reason: Sentence) {
    count += 1
    guard faults.count < ScenarioFaults.limit else { return }
    faults.append(ScenarioFaults.Fault(line: line, path: path, reason: reason))
  }

  /// The faults in the order of the file.
  func error(_ scenario: String) -> ScenarioFaults {
    // Sorting is stable, so that faults of one line stay in the order in which they were found.
    let sorted = faults.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    return ScenarioFaults(scenario: scenario, faults: sorted, unlisted: count - sorted.count)
  }

  private func line(of path: String) -> Int? {
    var path = path[...]
    while !path.isEmpty {
      if let line = lines[String(path)] { return line }
      path = path.lastIndex { $0 == "." || $0 == "[" }.map { path[..<$0] } ?? ""
    }
    return nil
  }
}
