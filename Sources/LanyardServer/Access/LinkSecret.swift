import Crypto
import Foundation
import LanyardDomain

/// What the secrets of personal links are derived from. It lies beside the database, not in it: neither of the two alone opens a
/// registration.
package struct LinkSecret: Sendable {
  /// Bytes of it.
  private static let length = 32

  private let key: SymmetricKey

  private init(_ key: SymmetricKey) { self.key = key }

  /// A new one.
  package static func random() -> LinkSecret { LinkSecret(SymmetricKey(size: .bits256)) }

  /// From the text that `text` gives; nil where it is none.
  package init?(_ text: some StringProtocol) {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count == Self.length * 2, digits.count == text.utf8.count else { return nil }
    let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    key = SymmetricKey(data: bytes)
  }

  /// In hexadecimal digits. A secret.
  package var text: String { key.withUnsafeBytes { [UInt8]($0) }.hexadecimal }

  /// 32 bytes that nobody can make for a text without the secret.
  func code(of text: String) -> [UInt8] {
    [UInt8](HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
  }
}

extension LinkSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Hides it.
  package var description: String { "LinkSecret" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
