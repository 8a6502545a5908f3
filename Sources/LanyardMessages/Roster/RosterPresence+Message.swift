package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_RosterPresence {
  package init(_ stand: RosterPresence) {
    self.init()
    registration = stand.registration
    checkpoint = stand.checkpoint
    guard let presence = stand.presence else { return }
    inside = presence.isInside
    admitTime = Google_Protobuf_Timestamp(presence.admittedAt)
    periodStartTime = Google_Protobuf_Timestamp(presence.period)
  }
}
