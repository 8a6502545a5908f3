package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_SignIn {
  package init(_ signedIn: SignedIn) {
    self.init()
    name = ResourceName.signIn(signedIn.id, of: signedIn.token).description
    role = signedIn.role.rawValue
    event = signedIn.event.map { ResourceName.event($0).description } ?? ""
    label = signedIn.label
    createTime = Google_Protobuf_Timestamp(signedIn.createdAt)
    expireTime = Google_Protobuf_Timestamp(signedIn.expiresAt)
  }
}

extension SignedIn {
  /// - Throws: `InvalidInput` where any of it is not known to this version.
  package init(_ message: Lanyard_V1_SignIn) throws(InvalidInput) {
    guard case .signIn(let id, let token)? = ResourceName(message.name) else {
      throw InvalidInput(
        field: "name",
        .otherResourceName(form: ResourceName.signIn("{sign_in}", of: "{token}").description)
      )
    }
    guard let role = Role(rawValue: message.role) else {
      throw InvalidInput(field: "role", .notStated(known: Role.allCases.map(\.rawValue).joined(separator: ", ")))
    }
    self.init(
      id: id,
      token: token,
      role: role,
      event: message.event.isEmpty ? nil : try ResourceName.eventSlug(message.event, field: "event"),
      label: message.label,
      createdAt: try message.createTime.instant(field: "create_time"),
      expiresAt: try message.expireTime.instant(field: "expire_time")
    )
  }
}
