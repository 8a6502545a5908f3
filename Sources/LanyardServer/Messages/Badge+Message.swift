import LanyardAPI
import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Badge {
  init(_ badge: Badge) {
    self.init()
    name = ResourceName.badge(badge.serial, of: badge.event).description
    registration = ResourceName.registration(badge.registration, of: badge.event).description
    code = badge.code
    state = State(badge.state)
    verificationKey = ResourceName.verificationKey(badge.keyID).description
    issueTime = Google_Protobuf_Timestamp(badge.issuedAt)
    validFromTime = Google_Protobuf_Timestamp(badge.validity.lowerBound)
    expireTime = Google_Protobuf_Timestamp(badge.validity.upperBound)
    attention = Lanyard_V1_Attention(badge.mark.attention)
    attentionNote = badge.mark.note
    etag = badge.etag
  }
}

extension Lanyard_V1_Badge.State {
  init(_ state: BadgeState) {
    switch state {
    case .active: self = .active
    case .replaced: self = .replaced
    case .revoked: self = .revoked
    case .notActivated: self = .notActivated
    }
  }
}

extension Lanyard_V1_Attention {
  init(_ attention: Attention) {
    switch attention {
    case .none: self = .unspecified
    case .specialNeeds: self = .specialNeeds
    case .escort: self = .escort
    }
  }

  /// What is to be seen to.
  ///
  /// - Throws: `InvalidInput` where the value is not known here.
  func attention(field: String) throws(InvalidInput) -> Attention {
    switch self {
    case .unspecified: return .none
    case .specialNeeds: return .specialNeeds
    case .escort: return .escort
    case .UNRECOGNIZED:
      throw InvalidInput(
        field: field,
        reason: "is not known; say ATTENTION_SPECIAL_NEEDS or ATTENTION_ESCORT, or nothing"
      )
    }
  }
}
