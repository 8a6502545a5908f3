/// The address of a mail server, such as `smtp://mail.example.org` or `smtps://mail.example.org:465`.
package struct MailServerAddress: Hashable, Sendable, CustomStringConvertible {
  /// How the line is encrypted.
  package enum Encryption: Sendable {
    /// From its first byte.
    case implicit
    /// By STARTTLS, before anything else is said.
    case required
    /// By STARTTLS where the server has it, as one on this machine need not.
    case offered
  }

  private static let (submission, submissions) = (587, 465)
  private static let here: Set = ["localhost", "127.0.0.1", "::1"]

  package let host: String
  package let port: Int
  package let encryption: Encryption

  /// Nil where the text is none.
  package init?(_ text: String) {
    let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let isImplicit = ["smtp": false, "smtps": true][parts[0].lowercased()] else { return nil }
    var rest = parts[1]
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    guard !rest.isEmpty, rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      !rest.contains(where: { "/@?#".contains($0) })
    else { return nil }
    var host = rest
    var port = isImplicit ? Self.submissions : Self.submission
    let end = rest.hasPrefix("[") ? rest.firstIndex(of: "]") : nil
    let tail = rest[(end ?? rest.startIndex)...]
    if let colon = tail.lastIndex(of: ":") {
      guard let number = Int(rest[rest.index(after: colon)...]), (1...65_535).contains(number) else { return nil }
      (host, port) = (rest[..<colon], number)
    }
    if let end { host = rest[rest.index(after: rest.startIndex)..<end] }
    guard !host.isEmpty, end != nil || !host.contains(":") else { return nil }
    self.host = String(host)
    self.port = port
    encryption = isImplicit ? .implicit : Self.here.contains(host.lowercased()) ? .offered : .required
  }

  package var description: String {
    "\(encryption == .implicit ? "smtps" : "smtp")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }
}

/// How mails are sent.
package struct MailServer: Sendable {
  package let address: MailServerAddress
  /// Who mails are from.
  package let sender: String
  /// As whom to sign in; nil where nobody does.
  package var user: String?
  /// What proves it; it is in no description.
  package var password: MailPassword?
  /// A PEM file of the authorities that the server's certificate is compared with; nil for those of the system.
  package var authorityPath: String?

  package init(_ address: MailServerAddress, sender: String) {
    (self.address, self.sender) = (address, sender)
  }
}

/// A password that nothing prints.
package struct MailPassword: Sendable, CustomStringConvertible, CustomReflectable {
  let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
