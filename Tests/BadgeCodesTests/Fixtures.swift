import BadgeCodes
import LanyardDomain

/// The 17-character event of the examples.
let forum = "wsis-forum-2024-a"

func samplePayload(
  keyID: UInt32 = 7,
  serial: UInt64 = 0x0123_4567_89AB_CDEF,
  event: String = forum,
  stakeholderGroup: Int = 3,
  participation: Participation = .onsite,
  validFrom: Int64 = 1_716_768_000,
  validUntil: Int64 = 1_717_199_999
) throws -> BadgePayload {
  try BadgePayload(
    keyID: keyID,
    serial: serial,
    event: event,
    stakeholderGroup: stakeholderGroup,
    participation: participation,
    validFrom: validFrom,
    validUntil: validUntil
  )
}

func sampleKey(id: UInt32 = 7) throws -> SigningKey {
  try SigningKey(id: id, rawRepresentation: (0..<32).map { UInt8(truncatingIfNeeded: id) &+ $0 })
}

/// The bytes of a hexadecimal text.
func bytes(hexadecimal text: String) -> [UInt8] {
  let figures = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: figures.count, by: 2).map { UInt8(figures[$0] << 4 | figures[$0 + 1]) }
}

/// What a reader makes of a text: the verified badge, or the error.
func verdict(_ text: String, _ ring: VerificationKeyRing) -> Result<VerifiedBadge, BadgeCodeError> {
  Result { () throws(BadgeCodeError) in try ring.verify(UnverifiedBadgeCode(reading: text)) }
}
