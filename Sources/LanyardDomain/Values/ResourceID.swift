/// The last part of a resource name: lower-case letters, digits and hyphens (AIP-122).
package enum ResourceID {
  /// The most characters of a resource id.
  package static let limit = 40

  /// Whether `text` is 1 to 40 of a-z, 0-9 and -, beginning and ending with a letter or digit.
  package static func isValid(_ text: String) -> Bool {
    let bytes = text.utf8
    guard (1...limit).contains(bytes.count), bytes.first != hyphen, bytes.last != hyphen else { return false }
    return bytes.allSatisfy { $0 == hyphen || isLetterOrDigit($0) }
  }

  /// The id that a display name suggests: `Entrance lane 1` gives `entrance-lane-1`; nil where the name has no Latin
  /// letter or digit to make one of.
  package static func suggested(by displayName: String) -> String? {
    var id: [UInt8] = []
    for byte in displayName.lowercased().utf8 {
      if isLetterOrDigit(byte) {
        id.append(byte)
      } else if let last = id.last, last != hyphen {
        id.append(hyphen)
      }
    }
    let trimmed = String(decoding: id.prefix(limit), as: UTF8.self)
    let result = trimmed.hasSuffix("-") ? String(trimmed.dropLast()) : trimmed
    return result.isEmpty ? nil : result
  }

  /// An id for a name that suggests none: the same name always gives the same one, wherever it stands in a list.
  package static func made(of name: String, kind: String) -> String {
    // FNV-1a, 32 bits: short, and the same on every machine.
    let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let digits = String(hash, radix: 16)
    return "\(kind)-" + String(repeating: "0", count: 8 - digits.count) + digits
  }

  private static let hyphen = UInt8(ascii: "-")

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
