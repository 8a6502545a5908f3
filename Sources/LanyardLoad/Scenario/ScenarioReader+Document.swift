import LanyardTexts
import LanyardYAML

extension ScenarioReader {
  /// The longest scenario file, in bytes.
  static let sizeLimit = 1 << 20
  /// That a file is longer.
  static let tooLong = Sentence(.scenarioFileTooLong, ["mebibytes": .count(sizeLimit >> 20)])

  /// The one document of the text.
  mutating func document(_ yaml: String) -> YAMLValue? {
    check.document(yaml, limit: Self.sizeLimit, tooLong: Self.tooLong, empty: Sentence(.scenarioNothing))
  }
}
