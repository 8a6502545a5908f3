import CBadgeCode
import LanyardDomain

private typealias Message = Lanyard__Badgecode__V1__BadgeCode

extension BadgePayload {
  /// The protobuf message `lanyard.badgecode.v1.BadgeCode`, in its canonical encoding.
  var encoded: [UInt8] {
    var event = Array(event.utf8CString)
    return event.withUnsafeMutableBufferPointer { event in
      var message = Message()
      lanyard__badgecode__v1__badge_code__init(&message)
      message.key_id = keyID
      message.serial = serial
      message.event = event.baseAddress
      message.stakeholder_group = UInt32(stakeholderGroup)
      message.participation = participation.wire
      message.valid_from = UInt32(validFrom)
      message.valid_until = UInt32(validUntil)
      return Array(unsafeUninitializedCapacity: lanyard__badgecode__v1__badge_code__get_packed_size(&message)) {
        $1 = lanyard__badgecode__v1__badge_code__pack(&message, $0.baseAddress)
      }
    }
  }

  /// Reads what `encoded` makes and refuses every other encoding, so that a payload has only one.
  init(encoded bytes: [UInt8]) throws(BadgeCodeError) {
    guard let message = lanyard__badgecode__v1__badge_code__unpack(nil, bytes.count, bytes) else {
      throw .unreadable(.payload)
    }
    defer { lanyard__badgecode__v1__badge_code__free_unpacked(message, nil) }
    guard let event = message.pointee.event, let participation = Participation(wire: message.pointee.participation)
    else { throw .unreadable(.field) }
    do {
      try self.init(
        keyID: message.pointee.key_id,
        serial: message.pointee.serial,
        event: String(cString: event),
        stakeholderGroup: Int(message.pointee.stakeholder_group),
        participation: participation,
        validFrom: Int64(message.pointee.valid_from),
        validUntil: Int64(message.pointee.valid_until)
      )
    } catch {
      throw .unreadable(.field)
    }
    guard encoded == bytes else { throw .unreadable(.notCanonical) }
  }
}

extension Participation {
  fileprivate var wire: Lanyard__Badgecode__V1__Participation {
    switch self {
    case .onsite: LANYARD__BADGECODE__V1__PARTICIPATION__PARTICIPATION_ONSITE
    case .remote: LANYARD__BADGECODE__V1__PARTICIPATION__PARTICIPATION_REMOTE
    }
  }

  fileprivate init?(wire: Lanyard__Badgecode__V1__Participation) {
    guard let match = Self.allCases.first(where: { $0.wire == wire }) else { return nil }
    self = match
  }
}
