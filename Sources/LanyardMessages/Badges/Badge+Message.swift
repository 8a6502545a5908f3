package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Badge {
  package init(_ badge: Badge) {
    self.init()
    name = ResourceName.badge(badge.serial, of: badge.event).description
    registration = ResourceName.registration(badge.registration, of: badge.event).description
    code = badge.code
    state = badge.state.wire
    if let printedAt = badge.printedAt { printTime = Google_Protobuf_Timestamp(printedAt) }
    revocationNote = badge.revocationNote
    verificationKey = ResourceName.verificationKey(badge.keyID).description
    issueTime = Google_Protobuf_Timestamp(badge.issuedAt)
    validFromTime = Google_Protobuf_Timestamp(badge.validity.lowerBound)
    expireTime = Google_Protobuf_Timestamp(badge.validity.upperBound)
    attention = badge.mark.attention.wire
    attentionNote = badge.mark.note
    etag = badge.etag
    listedNeeds = badge.listedNeeds
  }
}

extension BadgeState: WireValue {
  package static let wirePrefix = "STATE_"

  package var wire: Lanyard_V1_Badge.State {
    switch self {
    case .active: .active
    case .replaced: .replaced
    case .revoked: .revoked
    case .notActivated: .notActivated
    case .held: .held
    }
  }
}

extension Lanyard_V1_Badge.State: WireEnum {
  package typealias Value = BadgeState
}
