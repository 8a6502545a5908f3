/// Where a server is and how to come in: what every command and every device needs.
package struct ServerAccess: Sendable {
  /// What a caller makes itself known by.
  package enum Credential: Sendable {
    /// Nothing, for what is open to everyone.
    case none
    /// A bearer token. A secret.
    case token(String)
    /// A device's certificate and its private key, both in PEM. The key is a secret.
    case certificate(pem: String, privateKeyPEM: String)
  }

  package let host: String
  package let port: Int
  package let credential: Credential
  /// Path of the PEM file with the authority that the server's certificate must come from; nil trusts the system's.
  package let authorityPath: String?
  /// How long an answer may take, but for streams; nil waits for ever.
  package var callTimeout: Duration?
  /// BCP 47 tag of the language that the server is asked to answer in; nil leaves it to the server.
  package var language: String?
  /// After how long without a call the connection is closed, until the next call; nil leaves it to the transport.
  package var idleTime: Duration?

  /// - Parameter address: `HOST:PORT`, with an IPv6 address in brackets.
  package init?(address: String, credential: Credential, authorityPath: String?) {
    guard let colon = address.lastIndex(of: ":"), let port = Int(address[address.index(after: colon)...]),
      (1...65_535).contains(port)
    else { return nil }
    var host = String(address[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    guard !host.isEmpty else { return nil }
    self.host = host
    self.port = port
    self.credential = credential
    self.authorityPath = authorityPath
  }

  /// Access with a bearer token.
  package init?(address: String, token: String, authorityPath: String?) {
    self.init(address: address, credential: .token(token), authorityPath: authorityPath)
  }
}

extension ServerAccess: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The address without the credential.
  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: ["host": host, "port": port]) }
}
