package import LanyardDomain

/// A badge that is signed and waits to be recorded.
package struct BadgeDraft: Hashable, Sendable {
  package let serial: BadgeSerial
  /// Resource id of the registration.
  package let registration: String
  package let code: String
  package let keyID: UInt32
  package let validity: Range<Instant>

  package init(serial: BadgeSerial, registration: String, code: String, keyID: UInt32, validity: Range<Instant>) {
    self.serial = serial
    self.registration = registration
    self.code = code
    self.keyID = keyID
    self.validity = validity
  }
}
