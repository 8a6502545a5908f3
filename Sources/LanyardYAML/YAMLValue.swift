import Foundation
import LanyardDomain
package import LanyardTexts
import Yams

/// A value of a YAML text with the path of keys that leads to it.
package struct YAMLValue {
  let node: Node
  package let path: String

  /// Whether nothing is written there.
  package var isEmpty: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// Whether it is keys with values.
  package var isMapping: Bool { node.mapping != nil }

  /// What is written there; nil for lists and keys.
  package var text: String? { node.scalar.map(\.string) }

  /// What is written there, as it can be said in a sentence.
  package var shown: Sentence.Fact {
    switch node {
    case .scalar where isEmpty: .label(.yamlShownEmpty)
    case .scalar(let scalar):
      .sentence(Sentence(.yamlShownText, ["text": .text(Self.shown(scalar.string))]))
    case .mapping: .label(.yamlShownKeys)
    case .sequence: .label(.kindList)
    case .alias: .label(.yamlShownAlias)
    }
  }

  /// A text as it can be printed on a terminal.
  package static func shown(_ text: String) -> String {
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
  package func whole(_ range: ClosedRange<Int>, _ what: Sentence.Key, _ check: inout YAMLCheck) -> Int? {
    if let text, let number = Int(text), range.contains(number) { return number }
    let facts = facts(what).merging(["low": .count(range.lowerBound), "high": .count(range.upperBound)]) { $1 }
    check.add(path, .yamlNoWhole, facts)
    return nil
  }

  /// A number with or without decimals.
  package func number(
    _ range: ClosedRange<Double>,
    _ what: Sentence.Key,
    suchAs example: String,
    _ check: inout YAMLCheck
  ) -> Double? {
    if let text, let number = Self.number(text), range.contains(number) { return number }
    let bounds = ["low": Self.words(range.lowerBound), "high": Self.words(range.upperBound), "example": example]
    check.add(path, .yamlNoNumber, facts(what).merging(bounds.mapValues { .text($0) }) { $1 })
    return nil
  }

  /// A share, 0 to 1, written in percent.
  package func share(_ what: Sentence.Key, suchAs example: String, _ check: inout YAMLCheck) -> Double? {
    if let text, text.hasSuffix("%"), let number = Self.number(String(text.dropLast())), (0...100).contains(number) {
      return number / 100
    }
    check.add(path, .yamlNoShare, facts(what).merging(["example": .text(example)]) { $1 })
    return nil
  }

  /// A length of time such as `90m`; more than nothing unless `orNothing`.
  package func span(
    upTo limit: Duration,
    _ what: Sentence.Key,
    suchAs example: String,
    orNothing: Bool = false,
    _ check: inout YAMLCheck
  ) -> Duration? {
    if let text, let span = TimeSpan(text)?.duration, span <= limit, span > .zero || orNothing { return span }
    let bounds: [String: Sentence.Fact] = ["limit": .span(limit), "example": .text(example)]
    check.add(path, orNothing ? .yamlNoSpan : .yamlNoSpanAboveZero, facts(what).merging(bounds) { $1 })
    return nil
  }

  /// A text of one line.
  package func line(limit: Int, _ what: Sentence.Key, _ check: inout YAMLCheck) -> String? {
    // A folded text (`>`) ends with a line's end.
    guard let text = text?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else {
      check.add(path, .yamlNoLine, facts(what))
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
  package func entries(limit: Int, _ what: Sentence.Key, _ check: inout YAMLCheck) -> [YAMLValue] {
    guard case .sequence(let list) = node else {
      check.add(path, .yamlNoList, facts(what))
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
  package func fields(_ known: [String], _ check: inout YAMLCheck) -> YAMLFields? {
    guard case .mapping(let mapping) = node else {
      check.add(path, .yamlNoKeys, ["shown": shown, "keys": .list(known)])
      return nil
    }
    return YAMLFields(mapping, path: path, known: known, &check)
  }

  /// The names and values of a mapping whose keys its writer chooses, in their order; only the first `limit`, which is noted
  /// where there are more.
  package func named(limit: Int, _ what: Sentence.Key, _ check: inout YAMLCheck) -> [(name: String, value: YAMLValue)] {
    guard case .mapping(let mapping) = node else {
      check.add(path, .yamlNoNames, facts(what))
      return []
    }
    if mapping.count > limit {
      check.add(path, .programmeTooManyEntries, ["count": .count(mapping.count), "limit": .count(limit)])
    }
    return mapping.prefix(limit).compactMap { key, node in
      guard let name = key.scalar?.string else {
        check.add(path, .yamlOtherKey, ["shown": YAMLValue(node: key, path: path).shown])
        return nil
      }
      let path = "\(path).\(Self.shown(name))"
      check.place(path, line: key.mark?.line)
      return (name, YAMLValue(node: node, path: path))
    }
  }

  /// One of the values of an enumeration, by its spelling in the file.
  package func choice<Choice: RawRepresentable & CaseIterable>(
    of _: Choice.Type = Choice.self,
    _ check: inout YAMLCheck
  ) -> Choice? where Choice.RawValue == String {
    if let text, let choice = Choice(rawValue: text) { return choice }
    noteOther(known: Choice.allCases.map(\.rawValue), &check)
    return nil
  }

  /// Notes that it is none of these.
  package func noteOther(known: [String], _ check: inout YAMLCheck) {
    let advice = Sentence(NearestName.advice(for: text ?? "", known: known))
    check.add(path, .yamlOther, ["shown": shown, "advice": .sentence(advice)])
  }

  private static func number(_ text: String) -> Double? {
    let isDecimal = text.utf8.count <= 40 && text.utf8.allSatisfy { "0123456789.eE+-".utf8.contains($0) }
    return isDecimal ? Double(text).flatMap { $0.isFinite ? $0 : nil } : nil
  }

  /// A number without decimals that are none.
  package static func words(_ number: Double) -> String {
    number == number.rounded() ? "\(Int(number))" : "\(number)"
  }

  /// What is written here, and what is to be.
  private func facts(_ what: Sentence.Key) -> [String: Sentence.Fact] { ["shown": shown, "what": .label(what)] }
}

extension Sentence {
  /// Advice to write something in a YAML file.
  package static func write(_ what: Key, suchAs example: String) -> Sentence {
    Sentence(.yamlAdvice, ["what": .label(what), "example": .text(example)])
  }
}

extension Sentence.Fact {
  /// A length of time, as it is written in a YAML file.
  package static func span(_ length: Duration) -> Self { .text(TimeSpan.words(length)) }

  /// How many whole days a limit is.
  package static func days(_ limit: Duration) -> Self { .count(Int(limit.components.seconds / 86_400)) }
}
