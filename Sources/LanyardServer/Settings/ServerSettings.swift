package import LanyardDomain

/// What a server runs with.
package struct ServerSettings: Sendable {
  /// IP address to listen on, and port; port 0 chooses a free one.
  package var endpoint = Endpoint.loopback(port: 0)
  /// Paths of the PEM files of the server's certificate chain and private key.
  package var certificatePath: String
  package var privateKeyPath: String
  /// How often the files are looked at for a replaced certificate.
  package var certificateRefresh = Duration.seconds(Setting.certificateRefresh.number.fallback)
  /// The largest request message, in bytes.
  package var maximumMessageBytes = Setting.maximumMessageBytes.number.fallback
  /// The most calls open at once on one connection.
  package var maximumStreams = Setting.maximumStreams.number.fallback
  /// The most connections open at once from one address on which nobody has shown a credential; one more takes the place
  /// of the oldest.
  package var maximumConnectionsPerAddress = Setting.maximumConnectionsPerAddress.number.fallback
  /// The same for all addresses together.
  package var maximumStrangers = Setting.maximumStrangers.number.fallback
  /// The most connections open at once of one token or device.
  package var maximumConnectionsPerCaller = Setting.maximumConnectionsPerCaller.number.fallback
  /// How long a new connection may take until its TLS handshake is done, and a call until its headers are complete; in
  /// whole seconds, as the four that follow.
  package var handshakeTimeout = Duration.seconds(Setting.handshakeTimeout.number.fallback)
  /// How long a connection is kept on which nobody has shown a credential and no call succeeds.
  package var strangerTimeout = Duration.seconds(Setting.strangerTimeout.number.fallback)
  /// How long a connection may be silent until it is asked for a sign of life, and how long it then has for one.
  package var silenceTimeout = Duration.seconds(Setting.silenceTimeout.number.fallback)
  package var signOfLifeTimeout = Duration.seconds(Setting.signOfLifeTimeout.number.fallback)
  /// How long a stop waits for what was accepted.
  package var stopTimeout = Duration.seconds(Setting.stopTimeout.number.fallback)
  /// What the ends of devices' certificates are compared with: the true time, in a rehearsal too.
  package var certificateClock = ServerClock.system
  /// The most rosters and health states that one token or device, or one address without either, watches at once.
  package var maximumWatchesPerCaller = Setting.maximumWatchesPerCaller.number.fallback
  /// The most health states that are watched at once: that needs no credential, so strangers must not pile them up.
  package var maximumHealthWatches = Setting.maximumHealthWatches.number.fallback
  /// The most searches for people under way at once.
  package var maximumSearches = Setting.maximumSearches.number.fallback
  /// The most look-ups of people by name a minute of one caller that nobody passed for.
  package var searchesPerMinute = Setting.searchesPerMinute.number.fallback
  /// How long a lane that follows its roster may take nothing of what is sent.
  package var rosterPatience = Duration.seconds(Setting.rosterPatience.number.fallback)
  /// Issues the certificates of devices; nil where this server enrols none.
  package var deviceAuthority: DeviceAuthority?

  package init(certificatePath: String, privateKeyPath: String) {
    self.certificatePath = certificatePath
    self.privateKeyPath = privateKeyPath
  }
}
