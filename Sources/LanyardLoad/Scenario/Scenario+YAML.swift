package import Foundation
import LanyardDomain
import LanyardTexts
import LanyardYAML

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
    func fault(_ key: Sentence.Key, _ facts: [String: Sentence.Fact] = [:]) -> ScenarioFaults {
      ScenarioFaults(scenario: name, faults: [.init(line: nil, path: "", reason: Sentence(key, facts))], unlisted: 0)
    }
    let bytes: [UInt8]
    do {
      let values = try file.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
      guard values.isRegularFile == true else { throw fault(.yamlNoFile) }
      guard values.fileSize ?? 0 <= ScenarioReader.sizeLimit else {
        throw fault(ScenarioReader.tooLong.key, ScenarioReader.tooLong.facts)
      }
      bytes = Array(try Data(contentsOf: file))
    } catch let faults as ScenarioFaults {
      throw faults
    } catch {
      throw fault(.yamlFileMissing, ["file": .text(YAMLValue.shown(file.path))])
    }
    var check = YAMLCheck()
    guard let yaml = check.text(of: bytes) else { throw check.error(name) }
    try self.init(yaml: yaml, name: name, folder: file.deletingLastPathComponent())
  }
}
