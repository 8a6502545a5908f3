/// Rules for e-mail addresses (RFC 5321 lengths, RFC 6531 for other scripts).
package enum EmailAddress {
  /// What is wrong with an address; nil where it can be written to as far as its form tells.
  package static func fault(of address: String) -> String? {
    guard !address.isEmpty else { return "is empty; give an address such as name@example.org" }
    guard !address.unicodeScalars.contains(where: { $0.properties.generalCategory == .format }) else {
      return "holds an invisible character; type it anew"
    }
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return "needs one @ between a name and a domain" }
    let (local, domain) = (parts[0], parts[1])
    guard (1...64).contains(local.utf8.count) else { return "needs 1 to 64 bytes before the @" }
    // By scalars: a character may be a comma with a combining mark.
    let forbidden = "<>()[],;:\\\"".unicodeScalars
    guard !address.unicodeScalars.contains(where: { $0.properties.isWhitespace || forbidden.contains($0) }) else {
      return "holds a space or a character that addresses do not have; give the bare address"
    }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard address.utf8.count <= 254 else { return "is longer than 254 bytes; give a shorter address" }
    guard labels.count >= 2, labels.allSatisfy(isLabel) else {
      return "needs a domain such as example.org after the @"
    }
    return nil
  }

  /// Whether the text can be a part of a domain: of ASCII only letters, digits and inner hyphens (RFC 1123).
  private static func isLabel(_ text: Substring) -> Bool {
    guard (1...63).contains(text.utf8.count), text.first != "-", text.last != "-" else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      !scalar.isASCII || scalar == "-" || (Character(scalar).isLetter || Character(scalar).isNumber)
    }
  }

  /// The address as it is compared: without case.
  package static func key(_ address: String) -> String { address.lowercased() }
}
