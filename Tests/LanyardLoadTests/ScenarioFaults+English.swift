import LanyardDomain
import LanyardLoad
import LanyardTexts
import LanyardYAML

extension ScenarioFaults.Fault {
  /// As it is told in English.
  var english: String { Phrasebook.of(.english).text(sentence) }
}
