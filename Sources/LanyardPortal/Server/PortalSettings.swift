package import LanyardDomain

/// What the pages are served with.
package struct PortalSettings: Sendable {
  /// The most bytes of a form that is sent.
  static let formLimit = 64 * 1024
  /// The most bytes of a request's headers.
  static let headerLimit = 32 * 1024
  /// How long a connection may be without a request, or a request's headers and handshake may take.
  static let idleTime = Duration.seconds(20)

  /// Where to listen.
  package var endpoint: Endpoint
  /// Whether all is as if it were another moment, which every page says.
  package var isRehearsal: Bool
  /// The most connections open at once from one address: many people at a venue share one.
  package var connectionsPerAddress = 2048
  /// The most connections open at once from all addresses.
  package var connections = 8192

  package init(endpoint: Endpoint, isRehearsal: Bool) {
    (self.endpoint, self.isRehearsal) = (endpoint, isRehearsal)
  }
}
