/// A private key that signs badge codes; it does not show its secret when it is printed.
package struct SigningKey: Sendable {
  /// The number by which payloads name the key.
  package let id: UInt32
  /// The 32 secret bytes, for the place where keys are kept and nowhere else.
  package let rawRepresentation: [UInt8]
  /// The public half, which scanners get.
  package let verificationKey: VerificationKey

  /// Takes the 32 bytes of an Ed25519 private key.
  package init(id: UInt32, rawRepresentation: [UInt8]) throws(BadgeKeyError) {
    self.id = id
    self.rawRepresentation = rawRepresentation
    self.verificationKey = try VerificationKey(
      id: id,
      rawRepresentation: Ed25519.publicKey(of: rawRepresentation)
    )
  }

  /// Makes a new key from the system's random numbers.
  package static func generate(id: UInt32) throws(BadgeKeyError) -> SigningKey {
    try SigningKey(id: id, rawRepresentation: Ed25519.randomPrivateKey())
  }

  /// The badge code's text; the payload has to name this key.
  package func sign(_ payload: BadgePayload) throws(BadgeKeyError) -> String {
    try sign([payload])[0]
  }

  /// The texts of many badge codes, in half the time that each would take by itself.
  package func sign(_ payloads: [BadgePayload]) throws(BadgeKeyError) -> [String] {
    for payload in payloads where payload.keyID != id { throw .otherKey(payload: payload.keyID, signer: id) }
    let encoded = payloads.map(\.encoded)
    let signatures = try Ed25519.sign(encoded.map(BadgeCodeText.signedBytes(payload:)), with: rawRepresentation)
    return zip(encoded, signatures).map(BadgeCodeText.text(payload:signature:))
  }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The key's number only.
  package var description: String { "SigningKey(id: \(id), secret withheld)" }
  /// The same as `description`.
  package var debugDescription: String { description }
  /// Shows nothing but the number, so that `dump` and failure messages do not tell the secret either.
  package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
