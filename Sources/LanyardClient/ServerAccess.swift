/// Where a server is and how to come in: what every command and every device needs.
package struct ServerAccess: Sendable {
  package let host: String
  package let port: Int
  /// A secret.
  package let token: String
  /// Path of the PEM file with the authority that the server's certificate must come from; nil trusts the system's.
  package let authorityPath: String?

  /// - Parameter address: `HOST:PORT`, with an IPv6 address in brackets.
  package init?(address: String, token: String, authorityPath: String?) {
    guard let colon = address.lastIndex(of: ":"), let port = Int(address[address.index(after: colon)...]),
      (1...65_535).contains(port)
    else { return nil }
    var host = String(address[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    guard !host.isEmpty else { return nil }
    self.host = host
    self.port = port
    self.token = token
    self.authorityPath = authorityPath
  }
}

extension ServerAccess: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The address without the token.
  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: ["host": host, "port": port]) }
}
