package import LanyardDomain

/// What a server runs with.
package struct ServerSettings: Sendable {
  /// IP address to listen on, and port; port 0 chooses a free one.
  package var endpoint = Endpoint.loopback(port: 8443)
  /// Paths of the PEM files of the server's certificate chain and private key.
  package var certificatePath: String
  package var privateKeyPath: String
  /// How often the files are looked at for a replaced certificate.
  package var certificateRefresh = Duration.seconds(10)
  /// The largest request message, in bytes.
  package var maximumMessageBytes = 4 * 1024 * 1024
  /// The most calls open at once on one connection.
  package var maximumStreams = 256
  /// The most connections open at once from one address on which nobody has shown a credential; one more takes the place
  /// of the oldest.
  package var maximumConnectionsPerAddress = 1024
  /// The same for all addresses together.
  package var maximumStrangers = 4096
  /// The most connections open at once of one token or device.
  package var maximumConnectionsPerCaller = 1024
  /// How long a new connection may take until its TLS handshake is done, and a call until its headers are complete; in
  /// whole seconds, as the four that follow.
  package var handshakeTimeout = Duration.seconds(10)
  /// How long a connection is kept on which nobody has shown a credential and no call succeeds.
  package var strangerTimeout = Duration.seconds(30)
  /// How long a connection may be silent until it is asked for a sign of life, and how long it then has for one.
  package var silenceTimeout = Duration.seconds(30)
  package var signOfLifeTimeout = Duration.seconds(10)
  /// How long a stop waits for what was accepted.
  package var stopTimeout = Duration.seconds(10)
  /// What the ends of devices' certificates are compared with: the true time, in a rehearsal too.
  package var certificateClock = ServerClock.system
  /// The most rosters and health states that one token or device, or one address without either, watches at once.
  package var maximumWatchesPerCaller = 256
  /// The most health states that are watched at once: that needs no credential, so strangers must not pile them up.
  package var maximumHealthWatches = 1000
  /// The most searches for people under way at once.
  package var maximumSearches = 32
  /// The most look-ups of people by name a minute of one caller that nobody passed for.
  package var searchesPerMinute = 30
  /// How long a lane that follows its roster may take nothing of what is sent.
  package var rosterPatience = Duration.seconds(60)
  /// Issues the certificates of devices; nil where this server enrols none.
  package var deviceAuthority: DeviceAuthority?

  package init(certificatePath: String, privateKeyPath: String) {
    self.certificatePath = certificatePath
    self.privateKeyPath = privateKeyPath
  }
}
