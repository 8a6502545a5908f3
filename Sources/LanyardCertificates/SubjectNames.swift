import Glibc

/// The DNS names and IP addresses of a server, checked.
struct SubjectNames {
  /// The names in OpenSSL's notation of a subjectAltName.
  let text: String

  /// DNS names of letters, figures and hyphens (RFC 1123), `*` as the first label; addresses of IPv4 and IPv6.
  init(dnsNames: [String], ipAddresses: [String]) throws(CertificateError) {
    guard !(dnsNames.isEmpty && ipAddresses.isEmpty) else { throw .noSubjectNames }
    // No name gets through that has a comma: in OpenSSL's notation it would begin another name.
    for name in dnsNames where !Self.isDNSName(name) { throw .subjectName(name) }
    for address in ipAddresses where !Self.isIPAddress(address) { throw .subjectName(address) }
    text = (dnsNames.map { "DNS:\($0)" } + ipAddresses.map { "IP:\($0)" }).joined(separator: ",")
  }

  static func isDNSName(_ name: String) -> Bool {
    guard (1...253).contains(name.utf8.count) else { return false }
    var labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if labels.count > 1, labels[0].elementsEqual("*".utf8) { labels.removeFirst() }
    return labels.allSatisfy { label in
      let hyphen = UInt8(ascii: "-")
      return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
        && label.allSatisfy { $0 == hyphen || isLetterOrFigure($0) }
    }
  }

  /// By the C library, whose reading is stricter than OpenSSL's; it would stop at a null character, hence the list.
  static func isIPAddress(_ text: String) -> Bool {
    guard text.utf8.allSatisfy({ "0123456789abcdefABCDEF.:".utf8.contains($0) }) else { return false }
    var address = [UInt8](repeating: 0, count: 16)
    return inet_pton(AF_INET, text, &address) == 1 || inet_pton(AF_INET6, text, &address) == 1
  }

  private static func isLetterOrFigure(_ character: UInt8) -> Bool {
    switch character {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
