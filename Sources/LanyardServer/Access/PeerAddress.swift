import Glibc
import LanyardDomain
import NIOCore

/// Addresses as limits count them.
enum PeerAddress {
  /// The address of `ipv4:127.0.0.1:50000`, without its port.
  static func of(_ peer: String) -> String { network(ofIP: host(of: peer)) }

  /// The same, of IPv6 too the whole address.
  static func host(of peer: String) -> String {
    let address = String(peer.drop { $0 != ":" }.dropFirst())
    // A peer that is no IP address, as in process, stands for itself.
    let endpoint = try? Endpoint(address, of: "peer", ports: Endpoint.listenable)
    return endpoint?.host ?? address
  }

  static func of(_ address: SocketAddress?) -> String { network(ofIP: address?.ipAddress ?? "") }

  /// Of IPv6 the first 64 bits, since a stranger has all of them; an IPv4 address is one on a socket of both kinds too.
  static func network(ofIP text: String) -> String {
    var bytes = [UInt8](repeating: 0, count: 16)
    // What is no IPv6 address stands for itself.
    guard inet_pton(AF_INET6, text, &bytes) == 1 else { return text }
    // ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2)
    let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    return isMapped
      ? bytes[12...].map(String.init).joined(separator: ".")
      : bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
  }
}
