import LanyardDomain
package import LanyardTexts
import Yams

/// The values of one mapping of a YAML text, read by key; each fault is noted under its path.
package struct YAMLFields {
  package let path: String
  private let prefix: String
  private var values: [String: YAMLValue] = [:]

  /// Notes every key that is unknown or given twice.
  init(_ mapping: Node.Mapping, path: String, known: [String], _ check: inout YAMLCheck) {
    self.path = path
    prefix = path.isEmpty ? "" : "\(path)."
    for (key, node) in mapping {
      guard let name = key.scalar?.string else {
        check.add(path, .yamlOtherKey, ["shown": YAMLValue(node: key, path: path).shown])
        continue
      }
      let field = prefix + YAMLValue.shown(name)
      check.place(field, line: key.mark?.line)
      if !known.contains(name) {
        let advice = Sentence(NearestName.advice(for: name, known: known))
        check.add(field, .programmeUnknownKey, ["advice": .sentence(advice)])
      } else if values.updateValue(YAMLValue(node: node, path: field), forKey: name) != nil {
        check.add(field, .programmeDoubledKey)
      }
    }
  }

  /// Whether the key is there.
  package func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of a key; nil where it is missing or empty, which is noted where it is required.
  package func value(_ name: String, required advice: Sentence? = nil, _ check: inout YAMLCheck) -> YAMLValue? {
    if let value = values[name] {
      if !value.isEmpty { return value }
      let reason = advice.map { Sentence(.yamlEmpty, ["advice": .sentence($0)]) }
      check.add(value.path, reason ?? Sentence(.yamlEmptyOptional))
    } else if let advice {
      check.add(prefix + name, .yamlMissing, ["advice": .sentence(advice)])
    }
    return nil
  }

  /// The value of a key; nil where it is missing or empty, and what is noted of an empty one.
  package func value(_ name: String, noted reason: Sentence.Key, _ check: inout YAMLCheck) -> YAMLValue? {
    guard let value = values[name] else { return nil }
    if !value.isEmpty { return value }
    check.add(value.path, reason)
    return nil
  }

  /// The one of these keys that is there; notes where there is none, or more than one.
  package func only(of names: [String], _ advice: Sentence, _ check: inout YAMLCheck) -> (
    name: String, value: YAMLValue
  )? {
    let given = names.compactMap { name in values[name].map { (name, $0) } }
    guard given.count == 1, let one = given.first else {
      let facts: [String: Sentence.Fact] = ["names": .list(names), "advice": .sentence(advice)]
      check.add(path, given.isEmpty ? .yamlNoneOf : .yamlSeveralOf, facts)
      return nil
    }
    guard !one.1.isEmpty else {
      check.add(one.1.path, .yamlEmpty, ["advice": .sentence(advice)])
      return nil
    }
    return one
  }
}
