import LanyardDomain
package import LanyardTexts
package import LanyardYAML

/// Thrown where a scenario cannot be played: every fault that was found in its file, at least one.
package struct ScenarioFaults: Error, Hashable, Sendable {
  package typealias Fault = YAMLFault

  /// The scenario's name.
  package let scenario: String
  package let faults: [Fault]
  /// How many more there were.
  package let unlisted: Int
}

extension ScenarioFaults {
  /// What is wrong, a line each after the first.
  package func lines(in phrasebook: Phrasebook) -> [String] {
    var sentences = faults.map(\.sentence)
    if unlisted > 0 { sentences.append(Sentence(.yamlUnlisted, ["count": .count(unlisted)])) }
    return [phrasebook.text(Sentence(.scenarioUnplayable, ["scenario": .text(scenario)]))]
      + sentences.map { "  " + phrasebook.text($0) }
  }
}

extension YAMLCheck {
  /// The faults of a scenario's file.
  func error(_ scenario: String) -> ScenarioFaults {
    ScenarioFaults(scenario: scenario, faults: faults, unlisted: unlisted)
  }
}
