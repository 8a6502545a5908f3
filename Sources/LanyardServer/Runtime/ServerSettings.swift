/// What a server runs with.
package struct ServerSettings: Sendable {
  /// IP address to listen on, and port; port 0 chooses a free one.
  package var host = "127.0.0.1"
  package var port = 8443
  /// Paths of the PEM files of the server's certificate chain and private key.
  package var certificatePath: String
  package var privateKeyPath: String
  /// How often the files are looked at for a replaced certificate.
  package var certificateRefresh = Duration.seconds(10)
  /// The largest request message, in bytes.
  package var maximumMessageBytes = 4 * 1024 * 1024
  /// The most calls open at once on one connection.
  package var maximumStreams = 256
  /// The most connections open at once from one address.
  package var maximumConnectionsPerAddress = 1024
  /// How long a new connection may take until its TLS handshake is done.
  package var handshakeTimeout = Duration.seconds(10)
  /// Issues the certificates of devices; nil where this server enrols none.
  package var deviceAuthority: DeviceAuthority?

  package init(certificatePath: String, privateKeyPath: String) {
    self.certificatePath = certificatePath
    self.privateKeyPath = privateKeyPath
  }
}
