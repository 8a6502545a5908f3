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
  var shown: String {
    switch node {
    case .scalar(let scalar): isEmpty ? "empty" : "\"\(Self.shown(scalar.string))\""
    case .mapping: "keys with values"
    case .sequence: "a list"
    case .alias: "an alias"
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
  func whole(_ range: ClosedRange<Int>, _ what: String, _ check: inout ScenarioCheck) -> Int? {
    if let text, let number = Int(text), range.contains(number) { return number }
    check.add(path, "is \(shown); write \(what), \(range.lowerBound) to \(range.upperBound)")
    return nil
  }

  /// A number with or without decimals.
  func number(
    _ range: ClosedRange<Double>,
    _ what: String,
    suchAs example: String,
    _ check: inout ScenarioCheck
  ) -> Double? {
    if let text, let number = Self.number(text), range.contains(number) { return number }
    check.add(path, "is \(shown); write \(what), \(Self.words(range)), such as \(example)")
    return nil
  }

  /// A share, 0 to 1, written in percent.
  func share(_ what: String, suchAs example: String, _ check: inout ScenarioCheck) -> Double? {
    if let text, text.hasSuffix("%"), let number = Self.number(String(text.dropLast())), (0...100).contains(number) {
      return number / 100
    }
    check.add(path, "is \(shown); write \(what), 0% to 100%, such as \(example)")
    return nil
  }

  /// A length of time such as `90m`; more than nothing unless `orNothing`.
  func span(
    upTo limit: Duration,
    _ what: String,
    suchAs example: String,
    orNothing: Bool = false,
    _ check: inout ScenarioCheck
  ) -> Duration? {
    if let text, let span = TimeSpan(text)?.duration, span <= limit, span > .zero || orNothing { return span }
    let range = orNothing ? "up to" : "more than nothing and up to"
    check.add(path, "is \(shown); write \(what), \(range) \(TimeSpan.words(limit)), such as \(example)")
    return nil
  }

  /// A text of one line.
  func line(limit: Int, _ what: String, _ check: inout ScenarioCheck) -> String? {
    // A folded text (`>`) ends with a line's end.
    guard let text = text?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else {
      check.add(path, "is \(shown); write \(what)")
      return nil
    }
    do throws(InvalidInput) {
      return try PlainText.validated(text, limit: limit, field: path)
    } catch {
      for violation in error.violations { check.add(path, violation.reason) }
      return nil
    }
  }

  /// The entries of a list; only the first `limit`, which is noted where there are more.
  func entries(limit: Int, _ what: String, _ check: inout ScenarioCheck) -> [YAMLValue] {
    guard case .sequence(let list) = node else {
      check.add(path, "is \(shown); write a list of \(what)")
      return []
    }
    if list.count > limit { check.add(path, "has \(list.count) entries; at most \(limit) are allowed") }
    return list.prefix(limit).enumerated().map { place, node in
      let path = "\(path)[\(place)]"
      check.place(path, line: node.mark?.line)
      return YAMLValue(node: node, path: path)
    }
  }

  /// The keys and values of a mapping; nil, which is noted, where it is something else.
  func fields(_ known: [String], _ check: inout ScenarioCheck) -> YAMLFields? {
    guard case .mapping(let mapping) = node else {
      check.add(path, "is \(shown); write the keys \(known.joined(separator: ", "))")
      return nil
    }
    return YAMLFields(mapping, path: path, known: known, &check)
  }

  private static func number(_ text: String) -> Double? {
    let isDecimal = text.utf8.count <= 40 && text.utf8.allSatisfy { "0123456789.eE+-".utf8.contains($0) }
    return isDecimal ? Double(text).flatMap { $0.isFinite ? $0 : nil } : nil
  }

  private static func words(_ range: ClosedRange<Double>) -> String {
    func words(_ number: Double) -> String { number == number.rounded() ? "\(Int(number))" : "\(number)" }
    return "\(words(range.lowerBound)) to \(words(range.upperBound))"
  }
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
        check.add(path, "has \(YAMLValue(node: key, path: path).shown) for a key; write a name and a colon")
        continue
      }
      let field = prefix + YAMLValue.shown(name)
      check.place(field, line: key.mark?.line)
      if !known.contains(name) {
        check.add(field, "is not a key that can stand here; \(NearestName.words(for: name, known: known))")
      } else if values.updateValue(YAMLValue(node: node, path: field), forKey: name) != nil {
        check.add(field, "is given twice; keep one of them")
      }
    }
  }

  /// Whether the key is there.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of a key; nil where it is missing or empty, which is noted where it is required.
  func value(_ name: String, required advice: String? = nil, _ check: inout ScenarioCheck) -> YAMLValue? {
    if let value = values[name] {
      if !value.isEmpty { return value }
      check.add(value.path, "is empty; \(advice ?? "give it a value or take the key out")")
    } else if let advice {
      check.add(prefix + name, "is missing; \(advice)")
    }
    return nil
  }

  /// The one of these keys that is there; notes where there is none, or more than one.
  func only(of names: [String], _ advice: String, _ check: inout ScenarioCheck) -> (name: String, value: YAMLValue)? {
    let given = names.compactMap { name in values[name].map { (name, $0) } }
    guard given.count == 1, let one = given.first else {
      let there = given.isEmpty ? "none of" : "more than one of"
      check.add(path, "has \(there) \(names.joined(separator: ", ")); \(advice)")
      return nil
    }
    guard !one.1.isEmpty else {
      check.add(one.1.path, "is empty; \(advice)")
      return nil
    }
    return one
  }
}
