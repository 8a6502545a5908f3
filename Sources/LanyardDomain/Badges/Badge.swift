/// One badge of a registration: a record of its own, so that a registration's badges have a history.
package struct Badge: Hashable, Sendable {
  /// 64 random bits that name the badge in its code.
  package var serial: BadgeSerial
  /// Slug of the event.
  package var event: String
  /// Resource id of the registration.
  package var registration: String
  /// The signed code in its text form.
  package var code: String
  package var state: BadgeState
  /// Id of the key that signed it.
  package var keyID: UInt32
  package var issuedAt: Instant
  package var validity: Range<Instant>
  /// Whether it was renewed on record, so that its code says other days.
  package var isRenewed = false
  package var mark: AttentionMark
  /// Which of the event's listed needs its bearer named, in the event's words; empty where there are none.
  package var listedNeeds = ""
  /// When it was last printed, as far as that was said; nil where it was not.
  package var printedAt: Instant?
  /// Why it was revoked, in the words of who did it; may be empty.
  package var revocationNote = ""
  /// Grows with each change; the etag shows it.
  package var revision: Int64

  package init(
    serial: BadgeSerial,
    event: String,
    registration: String,
    code: String,
    state: BadgeState,
    keyID: UInt32,
    issuedAt: Instant,
    validity: Range<Instant>,
    mark: AttentionMark = .none,
    revision: Int64
  ) {
    self.serial = serial
    self.event = event
    self.registration = registration
    self.code = code
    self.state = state
    self.keyID = keyID
    self.issuedAt = issuedAt
    self.validity = validity
    self.mark = mark
    self.revision = revision
  }

  /// The entity tag (AIP-154).
  package var etag: String { EntityTag.of(revision) }
}

/// Where a badge stands.
package enum BadgeState: String, Sendable, CaseIterable {
  case active = "ACTIVE"
  case replaced = "REPLACED"
  case revoked = "REVOKED"
  case notActivated = "NOT_ACTIVATED"
  /// For a time: lost, and perhaps found.
  case held = "HELD"
}

/// The serial of a badge, shown as hexadecimal digits.
package struct BadgeSerial: Hashable, Sendable, CustomStringConvertible {
  /// How many digits each is shown with.
  package static let digits = 16

  package let rawValue: UInt64
  /// The last four digits, by which people tell badges apart.
  package var ending: String { String(description.suffix(4)) }

  package init(_ rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// Nil where the text is not `digits` of 0-9 and a-f.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == Self.digits,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
      let rawValue = UInt64(text, radix: 16)
    else { return nil }
    self.rawValue = rawValue
  }

  /// A new serial.
  package static func random() -> BadgeSerial { BadgeSerial(.random(in: 1...UInt64.max)) }

  package var description: String {
    let digits = String(rawValue, radix: 16)
    return String(repeating: "0", count: Self.digits - digits.count) + digits
  }
}
