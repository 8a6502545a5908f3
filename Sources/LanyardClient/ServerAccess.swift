package import LanyardDomain

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

  package let endpoint: Endpoint
  package let credential: Credential
  /// Path of the PEM file with the authority that the server's certificate must come from; nil trusts the system's.
  package let authorityPath: String?
  /// How long an answer may take, but for streams; nil waits for ever.
  package var callTimeout: Duration?
  /// BCP 47 tag of the language that the server is asked to answer in; nil leaves it to the server.
  package var language: String?
  /// After how long without a call the connection is closed, until the next call; nil leaves it to the transport.
  package var idleTime: Duration?

  package init(_ endpoint: Endpoint, credential: Credential, authorityPath: String?) {
    self.endpoint = endpoint
    self.credential = credential
    self.authorityPath = authorityPath
  }

  /// Access with a bearer token.
  package init(_ endpoint: Endpoint, token: String, authorityPath: String?) {
    self.init(endpoint, credential: .token(token), authorityPath: authorityPath)
  }
}

extension ServerAccess: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The address without the credential.
  package var description: String { endpoint.description }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: ["endpoint": endpoint.description]) }
}
