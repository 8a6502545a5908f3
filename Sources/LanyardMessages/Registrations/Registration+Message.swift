package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Registration {
  package init(_ registration: Registration) {
    self.init()
    let details = registration.details
    name = ResourceName.registration(registration.id, of: registration.event).description
    state = registration.state.wire
    email = details.email
    title = details.title
    givenName = details.givenName
    familyName = details.familyName
    organisation = details.organisation
    position = details.position
    country = details.country
    stakeholderGroup = details.stakeholderGroup
    guestRole = details.guestRole
    participation = details.participation.wire
    language = details.language
    accessibilityNeeds = details.accessibilityNeeds
    photoConsent = details.photoConsent
    displayName = details.displayName
    createTime = Google_Protobuf_Timestamp(registration.createdAt)
    updateTime = Google_Protobuf_Timestamp(registration.updatedAt)
    etag = registration.etag
  }

  /// What the message says of the person; output-only fields are passed over (AIP-203).
  ///
  /// - Throws: `InvalidInput` where the participation is not known to this version; what is not stated the form's own checks
  ///   tell.
  package func form(under prefix: String) throws(InvalidInput) -> RegistrationForm {
    var form = RegistrationForm()
    form.email = email
    form.title = title
    form.givenName = givenName
    form.familyName = familyName
    form.organisation = organisation
    form.position = position
    form.country = country
    form.stakeholderGroup = stakeholderGroup
    form.guestRole = guestRole
    form.participation = try Participation.stated(participation, field: "\(prefix)participation")
    form.language = language
    form.accessibilityNeeds = accessibilityNeeds
    form.photoConsent = photoConsent
    return form
  }
}

extension RegistrationState: WireValue {
  package static let wirePrefix = "STATE_"

  package var wire: Lanyard_V1_Registration.State {
    switch self {
    case .submitted: .submitted
    case .confirmed: .confirmed
    case .waitlisted: .waitlisted
    case .rejected: .rejected
    case .cancelled: .cancelled
    }
  }
}

extension Lanyard_V1_Registration.State: WireEnum {
  package typealias Value = RegistrationState
}
