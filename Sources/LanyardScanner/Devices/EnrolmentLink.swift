import Foundation
package import LanyardDomain

/// A text with everything that a device needs to enrol: the server, the code, and the authority to trust. Its QR symbol
/// is shown on the organiser's screen.
package struct EnrolmentLink {
  private static let scheme = "lanyard-enrol://"

  package let server: Endpoint
  /// The long code, which nobody guesses.
  package let code: String
  /// PEM of the authority; nil trusts the device's system.
  package let authorityPEM: String?

  package init(server: Endpoint, code: String, authorityPEM: String?) {
    self.server = server
    self.code = code
    self.authorityPEM = authorityPEM
  }

  /// Nil where the text is no link.
  ///
  /// - Throws: `InvalidInput` where it is one to what is no server.
  package init?(_ text: String) throws(InvalidInput) {
    guard text.hasPrefix(Self.scheme), text.utf8.count <= 8192 else { return nil }
    let parts = text.dropFirst(Self.scheme.count).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    server = try Endpoint(String(parts[0]), of: "link")
    code = String(parts[1])
    authorityPEM = parts.count == 3 ? Self.pem(String(parts[2])) : nil
  }

  package var text: String {
    let authority = authorityPEM.map { "/" + Self.base64URL($0) } ?? ""
    return "\(Self.scheme)\(server)/\(code)\(authority)"
  }

  private static func base64URL(_ pem: String) -> String {
    pem.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined().replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
  }

  private static func pem(_ text: String) -> String {
    let plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    let padded = plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)
    var lines: [String] = []
    var rest = padded[...]
    while !rest.isEmpty {
      lines.append(String(rest.prefix(64)))
      rest = rest.dropFirst(64)
    }
    return "-----BEGIN CERTIFICATE-----\n\(lines.joined(separator: "\n"))\n-----END CERTIFICATE-----\n"
  }
}
