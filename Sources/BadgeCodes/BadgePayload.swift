package import LanyardDomain

/// What a badge code says; no personal data.
package struct BadgePayload: Hashable, Sendable {
  /// The number of the signing key.
  package let keyID: UInt32
  /// The badge's random serial.
  package let serial: UInt64
  /// The event's slug, 1 to 40 characters of `a` to `z`, `0` to `9` and `-`.
  package let event: String
  /// The number, from 1, of the stakeholder group in the event; 0 is none.
  package let stakeholderGroup: Int
  /// Whether the badge is for somebody on site or remote.
  package let participation: Participation
  /// The first second at which the badge is valid, since 1970.
  package let validFrom: Int64
  /// The last second at which the badge is valid, since 1970.
  package let validUntil: Int64

  /// Refuses what a badge code cannot say; times reach from 1970 to 2106.
  package init(
    keyID: UInt32,
    serial: UInt64,
    event: String,
    stakeholderGroup: Int,
    participation: Participation,
    validFrom: Int64,
    validUntil: Int64
  ) throws(BadgePayloadError) {
    guard (1...40).contains(event.utf8.count), event.utf8.allSatisfy(Self.isSlugCharacter) else { throw .event }
    guard UInt32(exactly: stakeholderGroup) != nil else { throw .stakeholderGroup }
    guard UInt32(exactly: validFrom) != nil, UInt32(exactly: validUntil) != nil, validFrom <= validUntil else {
      throw .validity
    }
    self.keyID = keyID
    self.serial = serial
    self.event = event
    self.stakeholderGroup = stakeholderGroup
    self.participation = participation
    self.validFrom = validFrom
    self.validUntil = validUntil
  }

  private static func isSlugCharacter(_ character: UInt8) -> Bool {
    switch character {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }
}

/// The field of a payload that a badge code cannot say.
package enum BadgePayloadError: Error, Hashable, Sendable {
  /// The slug is empty, too long or has other characters.
  case event
  /// The number is negative or beyond 32 bits.
  case stakeholderGroup
  /// A time is outside 1970 to 2106, or the end is before the beginning.
  case validity
}

extension BadgePayloadError: CustomStringConvertible {
  /// What a badge code needs in that field.
  package var description: String {
    switch self {
    case .event: "The event's slug needs 1 to 40 characters of a to z, 0 to 9 and \"-\": choose another slug."
    case .stakeholderGroup: "The stakeholder group's number must not be negative: use 0 for none."
    case .validity: "The validity must begin in 1970 or later, end before 2106 and not end before it begins."
    }
  }
}
