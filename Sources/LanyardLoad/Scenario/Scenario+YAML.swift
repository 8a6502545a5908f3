package import Foundation
import LanyardDomain
import LanyardTexts

extension Scenario {
  /// Reads a scenario from YAML; the manual's article on load tests has the keys.
  ///
  /// - Parameter folder: where recorded days lie that it replays; nil where there is no such place.
  package init(yaml: String, name: String, folder: URL? = nil) throws(ScenarioFaults) {
    self = try ScenarioReader.scenario(yaml: yaml, name: name, folder: folder)
  }

  /// Checks values against one another, as reading does, after some were changed.
  package func check() throws(ScenarioFaults) { try ScenarioReader.check(self) }

  /// Reads a scenario file; its name is the file's.
  package init(file: URL) throws(ScenarioFaults) {
    let name = file.deletingPathExtension().lastPathComponent
    func fault(_ key: Sentence.Key, _ facts: [String: Sentence.Fact] = [:], line: Int? = nil) -> ScenarioFaults {
      ScenarioFaults(scenario: name, faults: [.init(line: line, path: "", reason: Sentence(key, facts))], unlisted: 0)
    }
    let bytes: [UInt8]
    do {
      let values = try file.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
      guard values.isRegularFile == true else { throw fault(.scenarioNoFile) }
      guard values.fileSize ?? 0 <= ScenarioReader.sizeLimit else {
        throw fault(ScenarioReader.tooLong.key, ScenarioReader.tooLong.facts)
      }
      bytes = Array(try Data(contentsOf: file))
    } catch let faults as ScenarioFaults {
      throw faults
    } catch {
      throw fault(.scenarioFileMissing, ["file": .text(YAMLValue.shown(file.path))])
    }
    if let place = TextPosition.ofFirstFault(inUTF8: bytes) {
      throw fault(.scenarioNoUTF8, ["column": .count(place.column)], line: place.line)
    }
    let folder = file.deletingLastPathComponent()
    let text = bytes.starts(with: TextMarks.utf8) ? bytes.dropFirst(TextMarks.utf8.count) : bytes[...]
    try self.init(yaml: String(decoding: text, as: UTF8.self), name: name, folder: folder)
  }
}
