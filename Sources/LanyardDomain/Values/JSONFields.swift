/// The members of one object of a JSON text, read by name; each fault is noted under the member's path.
struct JSONFields {
  private let prefix: String
  private let members: [String: JSONValue]

  /// Notes every name that is unknown or given twice; the path is empty for the whole document.
  init(_ value: JSONValue, path: String, known: [String], _ check: inout FieldCheck) {
    prefix = path.isEmpty ? "" : "\(path)."
    guard case .object(let all) = value else {
      check.add(path, .noObject(value.kind, keys: known))
      members = [:]
      return
    }
    var members: [String: JSONValue] = [:]
    for member in all {
      let field = prefix + Self.shown(member.name)
      if !known.contains(member.name) {
        check.add(field, .unknownKey(NearestName.advice(for: member.name, known: known)))
      } else if members.updateValue(member.value, forKey: member.name) != nil {
        check.add(field, .doubledKey)
      }
    }
    self.members = members
  }

  /// A name as it can be printed on a terminal.
  private static func shown(_ name: String) -> String {
    let scalars = name.unicodeScalars.prefix(60).map { $0.properties.generalCategory == .control ? "?" : $0 }
    return String(String.UnicodeScalarView(scalars))
  }

  func path(_ name: String) -> String { prefix + name }

  /// The member's value; nil where it is missing or null, which is noted where it is required.
  func value(_ name: String, required: Bool = false, _ check: inout FieldCheck) -> JSONValue? {
    if let value = members[name], value != .null { return value }
    if required { check.add(path(name), .missing) }
    return nil
  }

  func text(_ name: String, limit: Int, required: Bool = false, _ check: inout FieldCheck) -> String {
    guard let value = value(name, required: required, &check) else { return "" }
    guard case .text(let text) = value else {
      check.add(path(name), .noText(value.kind))
      return ""
    }
    let faults = check.count
    let checked = check.text(text, limit: limit, field: path(name))
    if required && checked.isEmpty && check.count == faults { check.add(path(name), .empty) }
    return checked
  }

  func flag(_ name: String, _ check: inout FieldCheck) -> Bool? {
    guard let value = value(name, &check) else { return nil }
    if case .flag(let flag) = value { return flag }
    check.add(path(name), .noFlag(value.kind))
    return nil
  }

  func whole(_ name: String, in range: ClosedRange<Int>, _ check: inout FieldCheck) -> Int? {
    guard let value = value(name, &check) else { return nil }
    if case .number(let digits) = value, let number = Int(digits), range.contains(number) { return number }
    check.add(path(name), .noWholeNumber(low: range.lowerBound, high: range.upperBound))
    return nil
  }

  func date(_ name: String, required: Bool = false, _ check: inout FieldCheck) -> LocalDate? {
    let faults = check.count
    let text = text(name, limit: 40, required: required, &check)
    if let date = LocalDate(text) { return date }
    if check.count == faults && !text.isEmpty { check.add(path(name), .noDay) }
    return nil
  }

  /// The entries of a list with their paths; only the first `limit`, which is noted where there are more.
  func entries(
    _ name: String,
    limit: Int,
    required: Bool = false,
    _ check: inout FieldCheck
  ) -> [(path: String, value: JSONValue)] {
    guard let value = value(name, required: required, &check) else { return [] }
    guard case .list(let list) = value else {
      check.add(path(name), .noList(value.kind))
      return []
    }
    if list.count > limit { check.add(path(name), .tooManyEntries(count: list.count, limit: limit)) }
    return list.prefix(limit).enumerated().map { ("\(path(name))[\($0.offset)]", $0.element) }
  }

  /// A list of texts of 1 to 100 characters, no two alike; where `known` is given, each one of those.
  func texts(
    _ name: String,
    limit: Int,
    required: Bool = false,
    of known: [String]? = nil,
    _ check: inout FieldCheck
  ) -> [String] {
    texts(name, limit: limit, required: required, &check) { text in
      known.flatMap { $0.contains(text) ? nil : .unlisted(text: text, NearestName.advice(for: text, known: $0)) }
    }
  }

  /// A list of values by their spellings, no two alike.
  func values<Value: Spelled & Equatable>(_ name: String, of _: Value.Type, _ check: inout FieldCheck) -> [Value] {
    var values: [Value] = []
    _ = texts(name, limit: Value.allCases.count, &check) { text in
      guard let value = Value(spelling: text) else {
        return .unlisted(text: text, NearestName.advice(for: text, known: Value.spellings))
      }
      guard !values.contains(value) else { return .doubledEntry(text: text) }
      values.append(value)
      return nil
    }
    return values
  }

  /// A list of ids of groups, roles or tracks, no two alike, as rules name them: a label is none.
  func ids(_ name: String, limit: Int, of terms: [Term], _ check: inout FieldCheck) -> [String] {
    texts(name, limit: limit, &check) { terms.fault(ofRuleWith: $0) }
  }

  private func texts(
    _ name: String,
    limit: Int,
    required: Bool = false,
    _ check: inout FieldCheck,
    _ fault: (String) -> DocumentFault?
  ) -> [String] {
    var texts: [String] = []
    for (path, value) in entries(name, limit: limit, required: required, &check) {
      guard case .text(let raw) = value else {
        check.add(path, .noText(value.kind))
        continue
      }
      let faults = check.count
      let text = check.text(raw, limit: 100, field: path)
      guard check.count == faults else { continue }
      if text.isEmpty {
        check.add(path, .emptyEntry)
      } else if texts.contains(text) {
        check.add(path, .doubledEntry(text: text))
      } else if let fault = fault(text) {
        check.add(path, fault)
      } else {
        texts.append(text)
      }
    }
    return texts
  }
}
