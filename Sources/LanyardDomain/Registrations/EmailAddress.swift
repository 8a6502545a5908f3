/// Rules for e-mail addresses (RFC 5321 lengths, RFC 6531 for other scripts).
package enum EmailAddress {
  /// What is wrong with an address; nil where it can be written to as far as its form tells.
  package static func fault(of address: String) -> String? {
    guard !address.isEmpty else { return "is empty; give an address such as name@example.org" }
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return "needs one @ between a name and a domain" }
    let (local, domain) = (parts[0], parts[1])
    guard (1...64).contains(local.utf8.count) else { return "needs 1 to 64 bytes before the @" }
    guard !address.contains(where: { $0.isWhitespace || "<>()[],;:\\\"".contains($0) }) else {
      return "holds a space or a character that addresses do not have; give the bare address"
    }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty && $0.first != "-" && $0.last != "-" }) else {
      return "needs a domain such as example.org after the @"
    }
    return nil
  }

  /// The address as it is compared: without case.
  package static func key(_ address: String) -> String { address.lowercased() }
}
