import BadgeCodes
import Foundation
import LanyardAPI
import LanyardDomain
import LanyardStore
import SwiftProtobuf

extension Lanyard_V1_RosterPlan {
  init(_ plan: VenuePlan, keys: [VerificationKey], isRehearsal: Bool) {
    self.init()
    let slug = plan.event.slug
    event = Lanyard_V1_Event(plan.event)
    checkpoints = plan.checkpoints.values.sorted { $0.id < $1.id }.map { Lanyard_V1_Checkpoint($0, of: slug) }
    sessions = plan.allSessions.map { Lanyard_V1_Session($0.session, of: slug) }
    verificationKeys = keys.map { key in
      .with {
        $0.name = ResourceName.verificationKey(key.id).description
        $0.publicKey = Data(key.rawRepresentation)
      }
    }
    rehearsal = isRehearsal
  }
}

extension Lanyard_V1_RosterEntry {
  /// - Throws: `BadgeCodeError` where the code that is on record cannot be read, or what keeps it from being sealed.
  init(_ badge: RosterBadge) throws {
    self.init()
    serial = badge.serial.rawValue
    registration = badge.registration
    badgeState = Lanyard_V1_Badge.State(badge.holder.badgeState)
    validFromTime = Google_Protobuf_Timestamp(badge.holder.validity.lowerBound)
    expireTime = Google_Protobuf_Timestamp(badge.holder.validity.upperBound)
    registrationState = Lanyard_V1_Registration.State(badge.holder.registrationState)
    participation = Lanyard_V1_Participation(badge.holder.participation)
    stakeholderGroup = badge.holder.group
    guestRole = badge.holder.role
    bookings = badge.bookings.map(\.name.description)
    let person = Lanyard_V1_SealedAttendee.with {
      $0.displayName = badge.displayName
      $0.organisation = badge.organisation
      $0.attention = Lanyard_V1_Attention(badge.mark.attention)
      $0.attentionNote = badge.mark.note
    }
    let seal = RosterSeal(try UnverifiedBadgeCode(reading: badge.code))
    sealed = Data(try seal.seal([UInt8](try person.serializedBytes() as Data)))
  }
}

extension Lanyard_V1_RosterPresence {
  init(_ stand: RosterPresence) {
    self.init()
    registration = stand.registration
    checkpoint = stand.checkpoint
    guard let presence = stand.presence else { return }
    inside = presence.isInside
    admitTime = Google_Protobuf_Timestamp(presence.admittedAt)
    periodStartTime = Google_Protobuf_Timestamp(presence.period)
  }
}
