package import LanyardAPI
package import LanyardDomain

extension MailKind: WireValue {
  package static let wirePrefix = "KIND_"

  package var wire: Lanyard_V1_Mail.Kind {
    switch self {
    case .verifyAddress: .verifyAddress
    case .received: .received
    case .confirmed: .confirmed
    case .waitlisted: .waitlisted
    case .rejected: .rejected
    case .movedUp: .movedUp
    case .badgeReady: .badgeReady
    case .changed: .changed
    case .cancelled: .cancelled
    case .personalLink: .personalLink
    case .reminder: .reminder
    case .alreadyRegistered: .alreadyRegistered
    }
  }
}

extension Lanyard_V1_Mail.Kind: WireEnum {
  package typealias Value = MailKind
}

extension MailState: WireValue {
  package static let wirePrefix = "STATE_"

  package var wire: Lanyard_V1_Mail.State {
    switch self {
    case .waiting: .waiting
    case .sent: .sent
    case .bounced: .bounced
    case .givenUp: .givenUp
    case .dropped: .dropped
    }
  }
}

extension Lanyard_V1_Mail.State: WireEnum {
  package typealias Value = MailState
}

extension MailFault.Cause: WireValue {
  package static let wirePrefix = "FAULT_"

  package var wire: Lanyard_V1_Mail.Fault {
    switch self {
    case .refused: .refused
    case .notReached: .notReached
    case .notTrusted: .notTrusted
    case .notSignedIn: .notSignedIn
    case .senderRefused: .senderRefused
    case .cut: .cut
    case .notComposed: .notComposed
    }
  }
}

extension Lanyard_V1_Mail.Fault: WireEnum {
  package typealias Value = MailFault.Cause
}

extension MailWay: WireValue {
  package static let wirePrefix = "SENDING_"

  package var wire: Lanyard_V1_ListMailsResponse.Sending {
    switch self {
    case .on: .on
    case .noServer: .noServer
    case .rehearsal: .rehearsal
    case .failing: .failing
    }
  }
}

extension Lanyard_V1_ListMailsResponse.Sending: WireEnum {
  package typealias Value = MailWay
}
