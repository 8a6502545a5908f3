/// Names that a server's certificate can carry.
package enum ServerName {
  /// Whether it is a DNS name of letters, figures and hyphens (RFC 1123); `*` may stand as the first label.
  package static func isValid(_ name: String) -> Bool { SubjectNames.isDNSName(name) }
}
