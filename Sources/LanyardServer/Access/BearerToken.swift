import Crypto
import Foundation
package import LanyardDomain
package import LanyardStore

/// A bearer token: an id that may be seen and a secret of 256 bits that is shown once and stored only as its hash.
package struct BearerToken: Sendable {
  /// Whose it is, which the length of its id tells.
  package enum Kind: Int, Sendable, CaseIterable {
    /// Of somebody with a role.
    case role = 4
    /// Of somebody who signed in with such a token.
    case signIn = 6
    /// A participant's personal link; of these there are thousands, so their ids are longer.
    case personalLink = 8
    /// Confirms the address that somebody registered with.
    case verification = 9

    /// Characters of the id.
    fileprivate var digits: Int { rawValue * 2 }
  }

  package let id: String
  private let secret: [UInt8]

  /// A new token.
  package static func random(_ kind: Kind = .role) -> BearerToken {
    var generator = SystemRandomNumberGenerator()
    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in generator.next() } }
    return BearerToken(id: bytes(kind.rawValue).hexadecimal, secret: bytes(32))
  }

  /// A new token whose secret is derived from its id, so that a mail can have it again though only its hash is stored.
  package static func random(_ kind: Kind, from secret: LinkSecret) -> BearerToken {
    derived(kind, id: random(kind).id, from: secret)
  }

  /// The token of an id.
  package static func derived(_ kind: Kind, id: String, from secret: LinkSecret) -> BearerToken {
    BearerToken(id: id, secret: secret.code(of: "\(kind) \(id)"))
  }

  private init(id: String, secret: [UInt8]) {
    self.id = id
    self.secret = secret
  }

  /// Nil where the text has not the form of a token.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let parts = bytes.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].elementsEqual("lanyard".utf8), parts[2].count == 64,
      Kind.allCases.contains(where: { $0.digits == parts[1].count })
    else { return nil }
    let digits = parts[2].compactMap(Self.digit)
    guard digits.count == 64 else { return nil }
    let secret = stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    self.init(id: String(decoding: parts[1], as: UTF8.self), secret: secret)
  }

  /// The personal link in a text, such as a web address that has it in its end; nil where there is none.
  init?(within text: String) {
    guard let start = text.range(of: "lanyard_") else { return nil }
    self.init(text[start.lowerBound...].prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) })
    guard kind == .personalLink else { return nil }
  }

  /// The token as its bearer sends it. A secret: show it to its bearer only.
  package var text: String { "lanyard_\(id)_\(secret.hexadecimal)" }

  package var kind: Kind { Kind.allCases.first { $0.digits == id.utf8.count } ?? .role }

  /// SHA-256 of its secret.
  package var hash: [UInt8] { [UInt8](SHA256.hash(data: secret)) }

  /// What is stored of it: a token for one event, or for all where none is given.
  package func stored(role: Role, event: String? = nil, label: String, at now: Instant) -> StoredToken {
    StoredToken(
      id: id,
      hash: [UInt8](SHA256.hash(data: secret)),
      role: role,
      event: event,
      label: label,
      createdAt: now
    )
  }

  /// What is stored of it: a personal link of a registration.
  package func stored(
    registration: String,
    of event: String,
    at now: Instant,
    lifetime: Duration
  ) -> StoredPersonalLink {
    StoredPersonalLink(
      id: id,
      hash: [UInt8](SHA256.hash(data: secret)),
      registration: registration,
      event: event,
      createdAt: now,
      expiresAt: now + lifetime
    )
  }

  /// What is stored of it: a sign-in with a token.
  package func stored(signedInWith token: String, at now: Instant) -> StoredSignIn {
    StoredSignIn(
      id: id,
      hash: [UInt8](SHA256.hash(data: secret)),
      token: token,
      createdAt: now,
      expiresAt: now + SignIns.lifetime
    )
  }

  /// What is stored of it: a personal link of a registration that runs out at a moment.
  package func stored(registration: String, of event: String, at now: Instant, until end: Instant) -> StoredPersonalLink
  {
    stored(registration: registration, of: event, at: now, lifetime: end - now)
  }

  /// Whether this token is the one of which this hash was stored; takes the same time whatever differs.
  package func matches(_ hash: [UInt8]) -> Bool {
    SHA256.hash(data: secret) == Data(hash)
  }

  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension BearerToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Names the token and hides its secret.
  package var description: String { "token \(id)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
