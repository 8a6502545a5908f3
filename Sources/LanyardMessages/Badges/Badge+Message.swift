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

extension Badge {
  /// - Throws: `InvalidInput` where any of it is not known to this version.
  package init(_ message: Lanyard_V1_Badge) throws(InvalidInput) {
    let named = try ResourceName.badge(message.name, field: "name")
    let from = try message.validFromTime.instant(field: "valid_from_time")
    let until = try message.expireTime.instant(field: "expire_time")
    guard from < until else { throw InvalidInput(field: "expire_time", .endNotAfterStart) }
    self.init(
      serial: named.serial,
      event: named.event,
      registration: try ResourceName.registration(message.registration, of: named.event, field: "registration"),
      code: message.code,
      state: try BadgeState(message.state, field: "state"),
      keyID: try ResourceName.verificationKey(message.verificationKey, field: "verification_key"),
      issuedAt: try message.issueTime.instant(field: "issue_time"),
      validity: from..<until,
      mark: AttentionMark(
        attention: try Attention.stated(message.attention, field: "attention") ?? Attention.none,
        note: message.attentionNote
      ),
      revision: try EntityTag.revision(message.etag, field: "etag")
    )
    listedNeeds = message.listedNeeds
    printedAt = try message.hasPrintTime ? message.printTime.instant(field: "print_time") : nil
    revocationNote = message.revocationNote
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
