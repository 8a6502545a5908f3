import Crypto
import Foundation

/// Ties a form to the browser that it was given to: the browser has a random cookie, and the form what only who knows the
/// cookie can make. Another site can neither read the one nor make the other.
struct FormSeal: Sendable {
  private static let length = 32
  private static let purpose = Data("form".utf8)

  /// What the cookie holds.
  let cookie: String
  /// Whether the browser has it not yet.
  let isNew: Bool

  /// A new one.
  init() {
    var generator = SystemRandomNumberGenerator()
    cookie = (0..<Self.length / 2).map { _ in String(format: "%02x", UInt8.random(in: 0...255, using: &generator)) }
      .joined()
    isNew = true
  }

  /// That of a browser; nil where what it sent is none.
  init?(cookie: String?) {
    guard let cookie, cookie.utf8.count == Self.length, cookie.utf8.allSatisfy({ (0x30...0x66).contains($0) }) else {
      return nil
    }
    (self.cookie, isNew) = (cookie, false)
  }

  /// What stands in the form.
  var text: String { Self.digest(of: cookie).map { String(format: "%02x", $0) }.joined() }

  /// Whether a form that came back is the one that was given to this browser; takes the same time whatever differs.
  func closes(_ text: String?) -> Bool {
    guard let text, !isNew else { return false }
    let (own, other) = (Array(self.text.utf8), Array(text.utf8))
    guard own.count == other.count else { return false }
    return zip(own, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func digest(of cookie: String) -> HMAC<SHA256>.MAC {
    HMAC<SHA256>.authenticationCode(for: purpose, using: SymmetricKey(data: Data(cookie.utf8)))
  }
}
