import ArgumentParser
import LanyardServer

/// The settings of `lanyard serve` as its command line has them.
struct ServeOptions: ParsableArguments {
  @Option(.grpc) var grpc: String?
  @Option(.rehearseAt) var rehearseAt: String?
  @Option(.certificate) var certificate: String?
  @Option(.privateKey) var privateKey: String?
  @Option(.badgeKeyFile) var badgeKeyFile: String?
  @Option(.certificateRefresh) var certificateRefresh: String?
  @Option(.maximumMessageBytes) var maximumMessageBytes: String?
  @Option(.maximumStreams) var maximumStreams: String?
  @Option(.maximumConnectionsPerAddress) var maximumConnectionsPerAddress: String?
  @Option(.maximumStrangers) var maximumStrangers: String?
  @Option(.maximumConnectionsPerCaller) var maximumConnectionsPerCaller: String?
  @Option(.handshakeTimeout) var handshakeTimeout: String?
  @Option(.strangerTimeout) var strangerTimeout: String?
  @Option(.silenceTimeout) var silenceTimeout: String?
  @Option(.signOfLifeTimeout) var signOfLifeTimeout: String?
  @Option(.stopTimeout) var stopTimeout: String?
  @Option(.maximumWatchesPerCaller) var maximumWatchesPerCaller: String?
  @Option(.maximumHealthWatches) var maximumHealthWatches: String?
  @Option(.maximumSearches) var maximumSearches: String?
  @Option(.rosterPatience) var rosterPatience: String?
  @Option(.deviceCertificateDays) var deviceCertificateDays: String?
  @Option(.searchesPerMinute) var searchesPerMinute: String?
  @Option(.logLevel) var logLevel: String?

  /// The settings whose options were given, with what was given.
  var given: [Setting: String] {
    let options: [Setting: String?] = [
      .grpc: grpc, .rehearseAt: rehearseAt, .certificate: certificate, .privateKey: privateKey,
      .badgeKeyFile: badgeKeyFile, .certificateRefresh: certificateRefresh, .maximumMessageBytes: maximumMessageBytes,
      .maximumStreams: maximumStreams, .maximumConnectionsPerAddress: maximumConnectionsPerAddress,
      .maximumStrangers: maximumStrangers, .maximumConnectionsPerCaller: maximumConnectionsPerCaller,
      .handshakeTimeout: handshakeTimeout, .strangerTimeout: strangerTimeout, .silenceTimeout: silenceTimeout,
      .signOfLifeTimeout: signOfLifeTimeout, .stopTimeout: stopTimeout,
      .maximumWatchesPerCaller: maximumWatchesPerCaller, .maximumHealthWatches: maximumHealthWatches,
      .maximumSearches: maximumSearches, .rosterPatience: rosterPatience,
      .deviceCertificateDays: deviceCertificateDays, .searchesPerMinute: searchesPerMinute, .logLevel: logLevel,
    ]
    return options.compactMapValues(\.self)
  }
}

extension Option<String?> {
  /// The option of a setting. A wrong value is refused with those from other places.
  fileprivate init(_ setting: Setting) {
    self.init(name: .customLong(setting.name), help: ArgumentHelp(setting.optionHelp))
  }
}
