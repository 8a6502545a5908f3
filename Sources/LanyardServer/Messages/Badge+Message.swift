import LanyardAPI
import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Badge {
  init(_ badge: Badge) {
    self.init()
    name = ResourceName.badge(badge.serial, of: badge.event)
    registration = ResourceName.registration(badge.registration, of: badge.event)
    code = badge.code
    switch badge.state {
    case .active: state = .active
    case .replaced: state = .replaced
    case .revoked: state = .revoked
    case .notActivated: state = .notActivated
    }
    verificationKey = ResourceName.verificationKey(badge.keyID)
    issueTime = Google_Protobuf_Timestamp(badge.issuedAt)
    validFromTime = Google_Protobuf_Timestamp(badge.validity.lowerBound)
    expireTime = Google_Protobuf_Timestamp(badge.validity.upperBound)
  }
}
