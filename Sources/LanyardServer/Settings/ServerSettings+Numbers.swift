extension ServerSettings {
  /// Where the number of a setting goes.
  package enum NumberField: Sendable {
    case count(any WritableKeyPath<ServerSettings, Int> & Sendable)
    case seconds(any WritableKeyPath<ServerSettings, Duration> & Sendable)
  }

  package mutating func set(_ field: NumberField, to number: Int) {
    switch field {
    case .count(let path): self[keyPath: path] = number
    case .seconds(let path): self[keyPath: path] = .seconds(number)
    }
  }
}
