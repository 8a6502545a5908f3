package import BadgeCodes
package import LanyardDomain
package import LanyardMail

/// What a server runs with. A field that is documented by a setting is what the setting's help says, within its range.
package struct ServerSettings: Sendable {
  /// `Setting.grpc`
  package var endpoint = Endpoint.loopback(port: 0)
  /// `Setting.certificate`
  package var certificatePath: String
  /// `Setting.privateKey`
  package var privateKeyPath: String
  /// `Setting.certificateRefresh`
  package var certificateRefresh = Duration.seconds(Setting.certificateRefresh.number.fallback)
  /// `Setting.maximumMessageBytes`
  package var maximumMessageBytes = Setting.maximumMessageBytes.number.fallback
  /// `Setting.maximumStreams`
  package var maximumStreams = Setting.maximumStreams.number.fallback
  /// `Setting.maximumConnectionsPerAddress`; one more takes the place of the oldest.
  package var maximumConnectionsPerAddress = Setting.maximumConnectionsPerAddress.number.fallback
  /// `Setting.maximumStrangers`; as with those of one address.
  package var maximumStrangers = Setting.maximumStrangers.number.fallback
  /// `Setting.maximumConnectionsPerCaller`
  package var maximumConnectionsPerCaller = Setting.maximumConnectionsPerCaller.number.fallback
  /// `Setting.handshakeTimeout`; in whole seconds, as the four that follow.
  package var handshakeTimeout = Duration.seconds(Setting.handshakeTimeout.number.fallback)
  /// `Setting.strangerTimeout`
  package var strangerTimeout = Duration.seconds(Setting.strangerTimeout.number.fallback)
  /// `Setting.silenceTimeout`
  package var silenceTimeout = Duration.seconds(Setting.silenceTimeout.number.fallback)
  /// `Setting.signOfLifeTimeout`
  package var signOfLifeTimeout = Duration.seconds(Setting.signOfLifeTimeout.number.fallback)
  /// `Setting.stopTimeout`
  package var stopTimeout = Duration.seconds(Setting.stopTimeout.number.fallback)
  /// What the ends of devices' certificates are compared with: the true time, in a rehearsal too.
  package var certificateClock = ServerClock.system
  /// `Setting.maximumWatchesPerCaller`
  package var maximumWatchesPerCaller = Setting.maximumWatchesPerCaller.number.fallback
  /// `Setting.maximumHealthWatches`: that needs no credential, so strangers must not pile them up.
  package var maximumHealthWatches = Setting.maximumHealthWatches.number.fallback
  /// `Setting.maximumSearches`
  package var maximumSearches = Setting.maximumSearches.number.fallback
  /// `Setting.searchesPerMinute`
  package var searchesPerMinute = Setting.searchesPerMinute.number.fallback
  /// `Setting.rosterPatience`
  package var rosterPatience = Duration.seconds(Setting.rosterPatience.number.fallback)
  /// What `Setting.badgeKeyFile` holds; nil where the keys that sign badges are not encrypted.
  package var keySecret: KeySecret?
  /// What `Setting.mailServer` and those that go with it say; nil where mails wait.
  package var mailServer: MailServer?
  /// `Setting.mailsPerMinute`
  package var mailsPerMinute = Setting.mailsPerMinute.number.fallback
  /// `Setting.webAddress`; nil where mails have no links.
  package var webAddress: WebAddress?
  /// What the secrets of personal links are derived from: of the data, so that links last as long as it does.
  package var linkSecret = LinkSecret.random()
  /// `Setting.publicCallsPerMinute`
  package var publicCallsPerMinute = Setting.publicCallsPerMinute.number.fallback
  /// Issues the certificates of devices, for as long as `Setting.deviceCertificateDays` says; nil where this server enrols
  /// none.
  package var deviceAuthority: DeviceAuthority?

  package init(certificatePath: String, privateKeyPath: String) {
    self.certificatePath = certificatePath
    self.privateKeyPath = privateKeyPath
  }
}
