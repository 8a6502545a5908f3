/// A text that reads like a badge code; whether it is one only a `VerificationKeyRing` can tell.
package struct UnverifiedBadgeCode: Hashable, Sendable {
  /// The code in its one spelling, for comparing with the codes that were issued.
  package let text: String
  /// What the code says, unproven.
  let claim: BadgePayload
  /// What the signature has to cover.
  let signedBytes: [UInt8]
  /// The 64 bytes of the signature.
  let signature: [UInt8]

  /// The number of the key that is said to have signed.
  package var keyID: UInt32 { claim.keyID }
  /// The badge's serial as the code has it, unproven.
  package var claimedSerial: UInt64 { claim.serial }
  /// The event's slug as the code has it, unproven.
  package var claimedEvent: String { claim.event }

  /// Whether it says until when it is valid, as each that is issued does: without its end a code may be read as one that does not.
  package var isDated: Bool { claim.validUntil > 0 }

  /// Reads a scanned or typed text: surrounding ASCII whitespace and lower case are allowed, nothing else is.
  package init(reading text: String) throws(BadgeCodeError) {
    let characters = BadgeCodeText.canonicalBytes(text)
    guard characters.count <= BadgeCodeText.maximumLength else { throw .unreadable(.length) }
    guard characters.starts(with: BadgeCodeText.prefix.utf8) else { throw .unreadable(.prefix) }
    let bytes = try Base32.decode(characters.dropFirst(BadgeCodeText.prefix.utf8.count))
    guard bytes.count > Ed25519.signatureLength else { throw .unreadable(.payload) }
    let payload = Array(bytes.dropLast(Ed25519.signatureLength))
    self.claim = try BadgePayload(encoded: payload)
    self.text = String(decoding: characters, as: UTF8.self)
    self.signedBytes = BadgeCodeText.signedBytes(payload: payload)
    self.signature = Array(bytes.suffix(Ed25519.signatureLength))
  }
}
