/// Names that a server's certificate can carry.
package enum ServerName {
  /// Whether it is a DNS name of letters, figures and hyphens (RFC 1123); `*` may stand as the first label.
  package static func isValid(_ name: String) -> Bool { SubjectNames.isDNSName(name) }

  /// Whether it is an address of IPv4 or IPv6, as a certificate carries it.
  package static func isAddress(_ text: String) -> Bool { SubjectNames.isIPAddress(text) }
}
