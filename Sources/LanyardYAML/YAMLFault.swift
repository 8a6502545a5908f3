import LanyardDomain
package import LanyardTexts

/// One fault of a YAML file that a person wrote.
package struct YAMLFault: Hashable, Sendable {
  /// Counted from 1; nil where it is of the whole file.
  package let line: Int?
  /// The keys that lead to it, such as `phases[1].arrivals.constant`; lists are counted from 0. Empty for the whole file.
  package let path: String
  /// What is wrong and what to do.
  package let reason: Sentence

  package init(line: Int?, path: String, reason: Sentence) {
    self.line = line
    self.path = path
    self.reason = reason
  }
}

extension YAMLFault: SpokenError {
  package var sentence: Sentence {
    let facts: [String: Sentence.Fact] = ["field": .text(path), "reason": .sentence(reason)]
    let told = path.isEmpty ? reason : Sentence(.errorFieldAtFault, facts)
    return line.map { Sentence(.yamlAtLine, ["line": .count($0), "fault": .sentence(told)]) } ?? told
  }
}

/// Collects the faults of one YAML file, and knows the line of each of its keys.
package struct YAMLCheck {
  /// The most that are listed.
  package static let limit = 200

  private var listed: [YAMLFault] = []
  /// All faults, those beyond the limit too.
  package private(set) var count = 0
  private var lines: [String: Int] = [:]

  package init() {}

  /// Those that are listed, in the order of the file.
  package var faults: [YAMLFault] {
    // Sorting is stable, so that faults of one line stay in the order in which they were found.
    listed.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// How many are not listed.
  package var unlisted: Int { count - listed.count }

  /// Remembers where a value stands.
  mutating func place(_ path: String, line: Int?) {
    lines[path] = line
  }

  /// Notes a fault of the value that the path leads to, or of what holds it where there is none.
  package mutating func add(_ path: String, _ reason: Sentence) {
    add(path, line: line(of: path), reason)
  }

  /// Notes a fault of the value that the path leads to, by the sentence's key and what stands there.
  package mutating func add(_ path: String, _ key: Sentence.Key, _ facts: [String: Sentence.Fact] = [:]) {
    add(path, Sentence(key, facts))
  }

  /// Notes a fault of a line that no value stands in.
  mutating func add(_ path: String, line: Int?, _ reason: Sentence) {
    count += 1
    guard listed.count < Self.limit else { return }
    listed.append(YAMLFault(line: line, path: path, reason: reason))
  }

  /// Whether reading this brings no fault.
  package mutating func noting(_ read: (inout YAMLCheck) -> Void) -> Bool {
    let before = count
    read(&self)
    return count == before
  }

  private func line(of path: String) -> Int? {
    var path = path[...]
    while !path.isEmpty {
      if let line = lines[String(path)] { return line }
      path = path.lastIndex { $0 == "." || $0 == "[" }.map { path[..<$0] } ?? ""
    }
    return nil
  }
}
