import GRPCCore
import Glibc
import LanyardDomain
import LanyardMessages

/// Where somebody comes from who calls, or visits the pages that call, as limits count it.
package struct VisitorAddress: Hashable, Sendable {
  /// What pages in this process say of their visitor's address. Whoever calls from elsewhere is known by their connection, and what
  /// they say of it is passed over.
  package static let metadata = InProcessMetadata.visitor

  /// The address itself.
  package let address: String
  /// The network that it is of: /24 of IPv4, /64 of IPv6.
  package let network: String

  /// - Parameters:
  ///   - peer: As the transport names it.
  ///   - stated: What the caller says; trusted in process alone.
  init(peer: String, stated: String?) {
    let isInside = peer == "in-process" || peer.hasPrefix("in-process:")
    address = isInside ? String((stated ?? peer).prefix(60)) : PeerAddress.host(of: peer)
    network = Self.network(of: address)
  }

  init(_ metadata: Metadata, peer: String) {
    self.init(peer: peer, stated: metadata[stringValues: Self.metadata].first { _ in true })
  }

  private static func network(of address: String) -> String {
    let whole = PeerAddress.network(ofIP: address)
    var v4 = in_addr()
    guard inet_pton(AF_INET, whole, &v4) == 1 else { return whole }
    return whole.split(separator: ".").prefix(3).joined(separator: ".")
  }
}
