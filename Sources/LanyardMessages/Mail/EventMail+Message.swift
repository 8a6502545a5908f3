package import LanyardAPI
package import LanyardDomain

extension EventMail.Reach: WireValue {
  package static let wirePrefix = "MAIL_REACH_"

  package var wire: Lanyard_V1_MailReach {
    switch self {
    case .nobody: .nobody
    case .asked: .asked
    case .everyone: .everyone
    }
  }
}

extension Lanyard_V1_MailReach: WireEnum {
  package typealias Value = EventMail.Reach
}
