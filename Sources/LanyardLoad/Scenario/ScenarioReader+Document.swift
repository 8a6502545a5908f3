import Foundation
import LanyardDomain
import LanyardTexts
import Yams

extension ScenarioReader {
  /// The longest scenario file, in bytes.
  static let sizeLimit = 1 << 20
  /// That a file is longer.
  static let tooLong = Sentence(.scenarioFileTooLong, ["mebibytes": .count(sizeLimit >> 20)])

  /// The one document of the text.
  mutating func document(_ yaml: String) -> YAMLValue? {
    guard yaml.utf8.count <= Self.sizeLimit else {
      check.add("", Self.tooLong)
      return nil
    }
    if let alias = Self.firstAlias(yaml) {
      check.add("", line: alias.line, Sentence(.scenarioAlias, ["text": .text(alias.text)]))
      return nil
    }
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        check.add("", .scenarioNothing)
        return nil
      }
      return YAMLValue(node: node, path: "")
    } catch let error as YamlError {
      noteYAML(error)
    } catch {
      check.add("", .scenarioNoYAML, ["cause": .text("\(error)")])
    }
    return nil
  }

  private mutating func noteYAML(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      check.add("", line: mark.line, Sentence(.scenarioNoYAMLHere, ["cause": .text(problem)]))
    case .composer(_, _, let mark, _):
      check.add("", line: mark.line, Sentence(.scenarioOtherDocument))
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { yaml.prefix($0).count(where: \.isNewline) + 1 }
      check.add("", line: line, Sentence(.scenarioOtherCharacter, ["cause": .text(problem)]))
    case .duplicatedKeysInMapping(let keys, let context):
      let shown = Sentence.Fact.list(keys.map { YAMLValue.shown($0) })
      check.add("", line: context.mark.line, Sentence(.scenarioDoubledKeys, ["keys": shown]))
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      check.add("", .scenarioNoYAML, ["cause": .text("\(error)")])
    }
  }

  /// The first `*name` where YAML may take it for an alias. Aliases of aliases make a small file a huge value, so the text is
  /// searched before it is read; one in a comment or between quotes is found too.
  private static func firstAlias(_ yaml: String) -> (line: Int, text: String)? {
    var line = 1
    var before: Unicode.Scalar = "\n"
    let scalars = yaml.unicodeScalars
    for index in scalars.indices {
      let scalar = scalars[index]
      if scalar == "\n" { line += 1 }
      if scalar == "*" && !isName(before) {
        let name = scalars[scalars.index(after: index)...].prefix(60).prefix(while: isName)
        if !name.isEmpty { return (line, "*\(String(name))") }
      }
      before = scalar
    }
    return nil
  }

  /// Whether an anchor's name may hold it.
  private static func isName(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "-_".unicodeScalars.contains(scalar))
  }
}
