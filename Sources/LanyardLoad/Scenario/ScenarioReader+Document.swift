import Foundation
import LanyardDomain
import Yams

extension ScenarioReader {
  /// The longest scenario file, in bytes.
  static let sizeLimit = 1 << 20

  /// The one document of the text.
  mutating func document(_ yaml: String) -> YAMLValue? {
    guard yaml.utf8.count <= Self.sizeLimit else {
      check.add("", "is longer than 1 MiB; take comments out or make several scenarios of it")
      return nil
    }
    if let alias = Self.firstAlias(yaml) {
      check.add(
        "",
        line: alias.line,
        "\(alias.text) would stand for a value elsewhere, which is not read; write the value"
      )
      return nil
    }
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        check.add("", "is empty; write phases, such as phases: [{length: 30s, arrivals: {constant: 40}}]")
        return nil
      }
      return YAMLValue(node: node, path: "")
    } catch let error as YamlError {
      noteYAML(error)
    } catch {
      check.add("", "is not YAML: \(error)")
    }
    return nil
  }

  private mutating func noteYAML(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      check.add("", line: mark.line, "this is not YAML: \(problem); look at this line and the one before it")
    case .composer(_, _, let mark, _):
      check.add("", line: mark.line, "another document begins here; keep one in a file")
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { yaml.prefix($0).count(where: \.isNewline) + 1 }
      check.add("", line: line, "a character that no text holds: \(problem); take it out")
    case .duplicatedKeysInMapping(let keys, let context):
      let shown = keys.map { YAMLValue.shown($0) }.joined(separator: ", ")
      check.add("", line: context.mark.line, "\(shown) is given twice; keep one of them")
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      check.add("", "is not YAML: \(error)")
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
