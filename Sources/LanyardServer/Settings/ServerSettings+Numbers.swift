extension ServerSettings {
  /// Where the number of a setting goes.
  package enum NumberField: Sendable {
    case count(any WritableKeyPath<ServerSettings, Int> & Sendable)
    case seconds(any WritableKeyPath<ServerSettings, Duration> & Sendable)
  }

  /// The settings that are numbers of a field, and which field that is.
  package static let numbers: [Setting: NumberField] = [
    .certificateRefresh: .seconds(\.certificateRefresh),
    .maximumMessageBytes: .count(\.maximumMessageBytes),
    .maximumStreams: .count(\.maximumStreams),
    .maximumConnectionsPerAddress: .count(\.maximumConnectionsPerAddress),
    .maximumStrangers: .count(\.maximumStrangers),
    .maximumConnectionsPerCaller: .count(\.maximumConnectionsPerCaller),
    .handshakeTimeout: .seconds(\.handshakeTimeout),
    .strangerTimeout: .seconds(\.strangerTimeout),
    .silenceTimeout: .seconds(\.silenceTimeout),
    .signOfLifeTimeout: .seconds(\.signOfLifeTimeout),
    .stopTimeout: .seconds(\.stopTimeout),
    .maximumWatchesPerCaller: .count(\.maximumWatchesPerCaller),
    .maximumHealthWatches: .count(\.maximumHealthWatches),
    .maximumSearches: .count(\.maximumSearches),
    .searchesPerMinute: .count(\.searchesPerMinute),
    .rosterPatience: .seconds(\.rosterPatience),
  ]

  package mutating func set(_ field: NumberField, to number: Int) {
    switch field {
    case .count(let path): self[keyPath: path] = number
    case .seconds(let path): self[keyPath: path] = .seconds(number)
    }
  }
}
