import LanyardDomain
package import LanyardTexts
import Yams

extension YAMLCheck {
  /// The text of a file's bytes, without the mark that Windows puts before it; nil, which is noted, where they are no UTF-8.
  package mutating func text(of bytes: [UInt8]) -> String? {
    if let place = TextPosition.ofFirstFault(inUTF8: bytes) {
      add("", line: place.line, Sentence(.yamlNoUTF8, ["column": .count(place.column)]))
      return nil
    }
    let text = bytes.starts(with: TextMarks.utf8) ? bytes.dropFirst(TextMarks.utf8.count) : bytes[...]
    return String(decoding: text, as: UTF8.self)
  }

  /// The one document of a text; nil, which is noted, where there is none.
  ///
  /// - Parameters:
  ///   - tooLong: What is wrong with a text of more bytes than the limit.
  ///   - empty: What is wrong with a text that holds nothing.
  package mutating func document(
    _ yaml: String,
    limit: Int,
    tooLong: Sentence,
    empty: Sentence
  ) -> YAMLValue? {
    guard yaml.utf8.count <= limit else {
      add("", tooLong)
      return nil
    }
    if let alias = Self.firstAlias(yaml) {
      add("", line: alias.line, Sentence(.yamlAlias, ["text": .text(alias.text)]))
      return nil
    }
    if let line = YAMLDepth.firstTooDeep(yaml) {
      add("", line: line, Sentence(.yamlTooDeep))
      return nil
    }
    return composed(yaml, empty: empty)
  }

  private mutating func composed(_ yaml: String, empty: Sentence) -> YAMLValue? {
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        add("", empty)
        return nil
      }
      return YAMLValue(node: node, path: "")
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
      guard let name = keys.first, let doubled = DoubledKey(name, firstIn: context.mark.line, of: yaml) else {
        noteYAML(.duplicatedKeysInMapping(duplicates: keys, context: context))
        return nil
      }
      add(doubled.path, line: doubled.line, Sentence(.programmeDoubledKey))
      // Each time there is one less.
      return count < Self.limit ? composed(doubled.rest, empty: empty) : nil
    } catch let error as YamlError {
      noteYAML(error)
    } catch {
      add("", .yamlNoYAML, ["cause": .sentence(.unexpected(error))])
    }
    return nil
  }

  private mutating func noteYAML(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      add("", line: mark.line, Sentence(.yamlNoYAMLHere, ["cause": .text(problem)]))
    case .composer(_, _, let mark, _):
      add("", line: mark.line, Sentence(.yamlOtherDocument))
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { yaml.prefix($0).count(where: \.isNewline) + 1 }
      add("", line: line, Sentence(.yamlOtherCharacter, ["cause": .text(problem)]))
    case .duplicatedKeysInMapping(let keys, let context):
      let shown = Sentence.Fact.list(keys.map { YAMLValue.shown($0) })
      add("", line: context.mark.line, Sentence(.yamlDoubledKeys, ["keys": shown]))
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      add("", .yamlNoYAML, ["cause": .sentence(.unexpected(error))])
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
