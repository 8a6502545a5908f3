import LanyardAPI
import LanyardDomain
import LanyardStore
import SwiftProtobuf

extension Lanyard_V1_Registration {
  init(_ registration: Registration) {
    self.init()
    let details = registration.details
    name = ResourceName.registration(registration.id, of: registration.event).description
    state = State(registration.state)
    email = details.email
    title = details.title
    givenName = details.givenName
    familyName = details.familyName
    organisation = details.organisation
    position = details.position
    country = details.country
    stakeholderGroup = details.stakeholderGroup
    guestRole = details.guestRole
    participation = Lanyard_V1_Participation(details.participation)
    language = details.language
    accessibilityNeeds = details.accessibilityNeeds
    photoConsent = details.photoConsent
    displayName = details.displayName
    createTime = Google_Protobuf_Timestamp(registration.createdAt)
    updateTime = Google_Protobuf_Timestamp(registration.updatedAt)
    etag = registration.etag
  }

  /// What the message says of the person; output-only fields are passed over (AIP-203).
  var form: RegistrationForm {
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
    form.participation = participation.participation
    form.language = language
    form.accessibilityNeeds = accessibilityNeeds
    form.photoConsent = photoConsent
    return form
  }
}

extension Lanyard_V1_Registration.State {
  init(_ state: RegistrationState) {
    switch state {
    case .submitted: self = .submitted
    case .confirmed: self = .confirmed
    case .waitlisted: self = .waitlisted
    case .rejected: self = .rejected
    case .cancelled: self = .cancelled
    }
  }

  /// Nil where it is not stated or not known here.
  var state: RegistrationState? {
    switch self {
    case .submitted: .submitted
    case .confirmed: .confirmed
    case .waitlisted: .waitlisted
    case .rejected: .rejected
    case .cancelled: .cancelled
    case .unspecified, .UNRECOGNIZED: nil
    }
  }
}
