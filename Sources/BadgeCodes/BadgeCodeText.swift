/// The printed form of a badge code: the prefix, then Base32 of payload and signature.
package enum BadgeCodeText {
  /// What every code begins with; the figure is the version, which the signature covers too.
  static let prefix = "LY1"
  /// The most bytes that are looked at; no code comes near.
  static let maximumLength = 400

  /// The one spelling of a code that was typed or scanned: trimmed of ASCII whitespace and in upper case, unchecked.
  package static func canonical(_ text: String) -> String {
    String(decoding: canonicalBytes(text), as: UTF8.self)
  }

  /// Whether each character is one of printable ASCII, as those of codes are: what holds another, such as NUL, is no code, and
  /// stores would not agree on what it is.
  package static func isPrintable(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }

  /// The same as its ASCII or UTF-8 bytes.
  static func canonicalBytes(_ text: String) -> [UInt8] {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    let lowerCase = UInt8(ascii: "a")...UInt8(ascii: "z")
    let trimmed = text.utf8.drop(while: isSpace)
    guard let last = trimmed.lastIndex(where: { !isSpace($0) }) else { return [] }
    return trimmed[...last].map { lowerCase.contains($0) ? $0 - 0x20 : $0 }
  }

  /// What is signed: the prefix, so that a signature counts for this version and purpose only, then the payload.
  static func signedBytes(payload: [UInt8]) -> [UInt8] {
    prefix.utf8 + payload
  }

  /// The code that a payload and its signature make.
  static func text(payload: [UInt8], signature: [UInt8]) -> String {
    prefix + Base32.encode(payload + signature)
  }
}
