package import LanyardAPI
package import LanyardDomain

extension RefusalReason: WireValue {
  package static let wirePrefix = "REFUSAL_REASON_"

  package var wire: Lanyard_V1_RefusalReason {
    switch self {
    case .unreadable: .unreadable
    case .forged: .forged
    case .unknownKey: .unknownKey
    case .otherEvent: .otherEvent
    case .unknownBadge: .unknownBadge
    case .replaced: .replaced
    case .revoked: .revoked
    case .held: .held
    case .notActivated: .notActivated
    case .cancelled: .cancelled
    case .notConfirmed: .notConfirmed
    case .remoteOnly: .remoteOnly
    case .notYetValid: .notYetValid
    case .expired: .expired
    case .otherDay: .otherDay
    case .outsideHours: .outsideHours
    case .notAdmittedHere: .notAdmittedHere
    case .notBooked: .notBooked
    case .checkpointClosed: .checkpointClosed
    case .alreadyInside: .alreadyInside
    case .tooSoon: .tooSoon
    case .alreadyAdmitted: .alreadyAdmitted
    case .full: .full
    }
  }
}

extension Lanyard_V1_RefusalReason: WireEnum {
  package typealias Value = RefusalReason
}
