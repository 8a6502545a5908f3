import Foundation
import LanyardDomain
import LanyardTexts
import Yams

/// A value of a YAML text with the path of keys that leads to it.
struct YAMLValue {
  let node: Node
  let path: String

  /// Whether nothing is written there.
  var isEmpty: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// Whether it is keys with values.
  var isMapping: Bool { node.mapping != nil }

  /// What is written there; nil for lists and keys.
  var text: String? { node.scalar.map(\.string) }

  /// What is written there, as it can be said in a sentence.
  var shown: Sentence.Fact {
    switch node {
    case .scalar where isEmpty: .label(.scenarioShownEmpty)
    case .scalar(let scalar):
      .sentence(Sentence(.scenarioShownText, ["text": .text(Self.shown(scalar.string))]))
    case .mapping: .label(.scenarioShownKeys)
    case .sequence: .label(.kindList)
    case .alias: .label(.scenarioShownAlias)
    }
  }

  /// A text as it can be printed on a terminal.
  static func shown(_ text: String) -> String {
    var scalars = text.unicodeScalars.prefix(60).map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: "?"
      default: scalar
      }
    }
    if text.unicodeScalars.count > 60 { scalars.append("…") }
    return String(String.UnicodeScalarView(scalars))
  }

  /// A whole number without separators.
  func whole(_ range: ClosedRange<Int>, _ what: Sentence.Key, _ check: inout ScenarioCheck) -> Int? {
    if let text, let number = Int(text), range.contains(number) { return number }
    let facts = facts(what).merging(["low": .count(range.lowerBound), "high": .count(range.upperBound)]) { $1 }
    check.add(path, .scenarioNoWhole, facts)
    return nil
  }

  /// A number with or without decimals.
  func number(
    _ range: ClosedRange<Double>,
    _ what: Sentence.Key,
    suchAs example: String,
    _ check: inout ScenarioCheck
  ) -> Double? {
    if let text, let number = Self.number(text), range.contains(number) { return number }
    let bounds = ["low": Self.words(range.lowerBound), "high": Self.words(range.upperBound), "example": example]
    check.add(path, .scenarioNoNumber, facts(what).merging(bounds.mapValues { .text($0) }) { $1 })
    return nil
  }

  /// A share, 0 to 1, written in percent.
  func share(_ what: Sentence.Key, suchAs example: String, _ check: inout ScenarioCheck) -> Double? {
    if let text, text.hasSuffix("%"), let number = Self.number(String(text.dropLast())), (0...100).contains(number) {
      return number / 100
    }
    check.add(path, .scenarioNoShare, facts(what).merging(["example": .text(example)]) { $1 })
    return nil
  }

  /// A length of time such as `90m`; more than nothing unless `orNothing`.
  func span(
    upTo limit: Duration,
    _ what: Sentence.Key,
    suchAs example: String,
    orNothing: Bool = false,
    _ check: inout ScenarioCheck
  ) -> Duration? {
    if let text, let span = TimeSpan(text)?.duration, span <= limit, span > .zero || orNothing { return span }
    let bounds: [String: Sentence.Fact] = ["limit": .span(limit), "example": .text(example)]
    check.add(path, orNothing ? .scenarioNoSpan : .scenarioNoSpanAboveZero, facts(what).merging(bounds) { $1 })
    return nil
  }

  /// A text of one line.
  func line(limit: Int, _ what: Sentence.Key, _ check: inout ScenarioCheck) -> String? {
    // A folded text (`>`) ends with a line's end.
    guard let text = text?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else {
      check.add(path, .scenarioNoLine, facts(what))
      return nil
    }
    do throws(InvalidInput) {
      return try PlainText.validated(text, limit: limit, field: path)
    } catch {
      for violation in error.violations { check.add(path, Sentence(violation.fault)) }
      return nil
    }
  }

  /// The entries of a list; only the first `limit`, which is noted where there are more.
  func entries(limit: Int, _ what: Sentence.Key, _ check: inout ScenarioCheck) -> [YAMLValue] {
    guard case .sequence(let list) = node else {
      check.add(path, .scenarioNoList, facts(what))
      return []
    }
    if list.count > limit {
      check.add(path, .programmeTooManyEntries, ["count": .count(list.count), "limit": .count(limit)])
    }
    return list.prefix(limit).enumerated().map { place, node in
      let path = "\(path)[\(place)]"
      check.place(path, line: node.mark?.line)
      return YAMLValue(node: node, path: path)
    }
  }

  /// The keys and values of a mapping; nil, which is noted, where it is something else.
  func fields(_ known: [String], _ check: inout ScenarioCheck) -> YAMLFields? {
    guard case .mapping(let mapping) = node else {
      check.add(path, .scenarioNoKeys, ["shown": shown, "keys": .list(known)])
      return nil
    }
    return YAMLFields(mapping, path: path, known: known, &check)
  }

  private static func number(_ text: String) -> Double? {
    let isDecimal = text.utf8.count <= 40 && text.utf8.allSatisfy { "0123456789.eE+-".utf8.contains($0) }
    return isDecimal ? Double(text).flatMap { $0.isFinite ? $0 : nil } : nil
  }

  private static func words(_ number: Double) -> String {
    number == number.rounded() ? "\(Int(number))" : "\(number)"
  }

  /// What is written here, and what is to be.
  private func facts(_ what: Sentence.Key) -> [String: Sentence.Fact] { ["shown": shown, "what": .label(what)] }
}

extension Sentence {
  /// Advice to write something in a scenario file.
  static func write(_ what: Key, suchAs example: String) -> Sentence {
    Sentence(.scenarioAdvice, ["what": .label(what), "example": .text(example)])
  }
}

extension Sentence.Fact {
  /// A length of time, as it is written in a scenario file.
  static func span(_ length: Duration) -> Self { .text(TimeSpan.words(length)) }

  /// How many whole days a limit is.
  static func days(_ limit: Duration) -> Self { .count(Int(limit.components.seconds / 86_400)) }
}

/// The values of one mapping of a YAML text, read by key; each fault is noted under its path.
struct YAMLFields {
  let path: String
  private let prefix: String
  private var values: [String: YAMLValue] = [:]

  /// Notes every key that is unknown or given twice.
  init(_ mapping: Node.Mapping, path: String, known: [String], _ check: inout ScenarioCheck) {
    self.path = path
    prefix = path.isEmpty ? "" : "\(path)."
    for (key, node) in mapping {
      guard let name = key.scalar?.string else {
        check.add(path, .scenarioOtherKey, ["shown": YAMLValue(node: key, path: path).shown])
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
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of a key; nil where it is missing or empty, which is noted where it is required.
  func value(_ name: String, required advice: Sentence? = nil, _ check: inout ScenarioCheck) -> YAMLValue? {
    if let value = values[name] {
      if !value.isEmpty { return value }
      let reason = advice.map { Sentence(.scenarioEmpty, ["advice": .sentence($0)]) }
      check.add(value.path, reason ?? Sentence(.scenarioEmptyOptional))
    } else if let advice {
      check.add(prefix + name, .scenarioMissing, ["advice": .sentence(advice)])
    }
    return nil
  }

  /// The one of these keys that is there; notes where there is none, or more than one.
  func only(of names: [String], _ advice: Sentence, _ check: inout ScenarioCheck) -> (name: String, value: YAMLValue)? {
    let given = names.compactMap { name in values[name].map { (name, $0) } }
    guard given.count == 1, let one = given.first else {
      let facts: [String: Sentence.Fact] = ["names": .list(names), "advice": .sentence(advice)]
      check.add(path, given.isEmpty ? .scenarioNoneOf : .scenarioSeveralOf, facts)
      return nil
    }
    guard !one.1.isEmpty else {
      check.add(one.1.path, .scenarioEmpty, ["advice": .sentence(advice)])
      return nil
    }
    return one
  }
}
