package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Mail {
  /// - Parameters:
  ///   - displayName: Of whom it goes to; empty where they were erased.
  ///   - email: The address of the same.
  package init(_ mail: Mail, displayName: String, email: String) {
    self.init()
    name = mail.name.description
    registration = ResourceName.registration(mail.registration, of: mail.event).description
    (kind, state) = (mail.kind.wire, mail.state.wire)
    (self.displayName, self.email) = (displayName, email)
    createTime = Google_Protobuf_Timestamp(mail.createdAt)
    if mail.state == .waiting { dueTime = Google_Protobuf_Timestamp(mail.dueAt) }
    attempts = Int32(clamping: mail.attempts)
    if let sentAt = mail.sentAt { sendTime = Google_Protobuf_Timestamp(sentAt) }
    guard let fault = mail.fault else { return }
    self.fault = fault.cause.wire
    replyCode = Int32(clamping: fault.code ?? 0)
    replyStatus = fault.status
  }
}
