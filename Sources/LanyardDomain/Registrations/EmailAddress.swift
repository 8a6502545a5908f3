import Foundation

/// Rules for e-mail addresses (RFC 5321 lengths, RFC 6531 for other scripts).
package enum EmailAddress {
  /// The most bytes of an address.
  package static let limit = 254
  /// The most bytes before the @.
  package static let nameLimit = 64

  /// What is wrong with an address; nil where it can be written to as far as its form tells.
  package static func fault(of address: String) -> Fault? {
    guard !address.isEmpty else { return .address(.missing) }
    guard !address.unicodeScalars.contains(where: { $0.properties.generalCategory == .format }) else {
      return .address(.invisible)
    }
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return .address(.withoutAt) }
    let (local, domain) = (parts[0], parts[1])
    guard (1...nameLimit).contains(local.utf8.count) else { return .address(.withoutName) }
    // By scalars: a character may be a comma with a combining mark.
    let forbidden = "<>()[],;:\\\"".unicodeScalars
    guard !address.unicodeScalars.contains(where: { $0.properties.isWhitespace || forbidden.contains($0) }) else {
      return .address(.forbidden)
    }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard address.utf8.count <= limit else { return .address(.tooLong) }
    guard labels.count >= 2, labels.allSatisfy(isLabel) else { return .address(.withoutDomain) }
    return nil
  }

  /// Whether the text can be a part of a domain: of ASCII only letters, digits and inner hyphens (RFC 1123).
  private static func isLabel(_ text: Substring) -> Bool {
    guard (1...63).contains(text.utf8.count), text.first != "-", text.last != "-" else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      !scalar.isASCII || scalar == "-" || (Character(scalar).isLetter || Character(scalar).isNumber)
    }
  }

  /// The address as it is compared: without case, and the domain as the name service has it, in ASCII (RFC 5890).
  package static func key(_ address: String) -> String {
    let lower = address.lowercased()
    guard let at = lower.utf8.lastIndex(of: UInt8(ascii: "@")) else { return lower }
    let domain = lower[at...].dropFirst()
    guard !domain.utf8.allSatisfy({ $0 < 0x80 }) else { return lower }
    return lower[...at] + asciiForm(of: String(domain))
  }

  /// A domain in ASCII; a label that has no such form stays as it is. Width and other ways to write a letter do not count (UTS 46).
  private static func asciiForm(of domain: String) -> String {
    let mapped = domain.precomposedStringWithCompatibilityMapping.lowercased().precomposedStringWithCanonicalMapping
    let labels = mapped.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "\u{3002}" }
    return labels.map { label in
      if label.allSatisfy(\.isASCII) { return String(label) }
      return Punycode.encoded(label).map { "xn--\($0)" } ?? String(label)
    }.joined(separator: ".")
  }
}
