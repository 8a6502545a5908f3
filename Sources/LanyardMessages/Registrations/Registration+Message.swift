package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Registration {
  package init(_ registration: Registration) {
    self.init()
    let details = registration.details
    name = ResourceName.registration(registration.id, of: registration.event).description
    state = registration.state.wire
    take(details.person, details.answers)
    stakeholderGroup = details.stakeholderGroup
    guestRole = details.guestRole
    participation = details.participation.wire
    days = details.days.map(\.description)
    displayName = details.displayName
    createTime = Google_Protobuf_Timestamp(registration.createdAt)
    updateTime = Google_Protobuf_Timestamp(registration.updatedAt)
    etag = registration.etag
    if let erasedAt = registration.erasedAt { eraseTime = Google_Protobuf_Timestamp(erasedAt) }
  }

  /// What a person says of themselves, as it is sent to be registered.
  package init(_ form: RegistrationForm) {
    self.init()
    take(form.person, form.answers)
    stakeholderGroup = form.stakeholderGroup
    guestRole = form.guestRole
    if let way = form.participation { participation = way.wire }
    days = form.days
  }

  private mutating func take(_ person: Person, _ answers: Answers) {
    for field in PersonField.allCases { self[keyPath: field.message] = person[field] }
    for question in Question.allCases {
      switch question {
      case .accessibilityNeeds: accessibilityNeeds = answers.accessibilityNeeds
      case .photoConsent: photoConsent = answers.photoConsent
      }
    }
    self.answers = answers.own
  }

  /// What the message says of the person; output-only fields are passed over (AIP-203).
  ///
  /// - Throws: `InvalidInput` where the participation is not known to this version; what is not stated the form's own checks
  ///   tell.
  package func form(under prefix: String) throws(InvalidInput) -> RegistrationForm {
    var form = RegistrationForm()
    for field in PersonField.allCases { form.person[field] = self[keyPath: field.message] }
    form.stakeholderGroup = stakeholderGroup
    form.guestRole = guestRole
    form.participation = try Participation.stated(participation, field: "\(prefix)participation")
    form.days = days
    for question in Question.allCases {
      switch question {
      case .accessibilityNeeds: form.answers.accessibilityNeeds = accessibilityNeeds
      case .photoConsent: form.answers.photoConsent = photoConsent
      }
    }
    form.answers.own = answers
    return form
  }

  /// Name of the first field of what it says of the person in which another differs, or which this version cannot read; nil
  /// where none does. An address is one person's however it is written.
  package func firstDifference(from other: Self) -> String? {
    do throws(InvalidInput) {
      let (one, another) = (try form(under: ""), try other.form(under: ""))
      let fields = RegistrationField.all(answering: Set(answers.keys).union(other.answers.keys).sorted())
      return fields.first { !$0.isSame(one.text(of: $0), another.text(of: $0)) }?.name
    } catch {
      return error.violations.first?.field
    }
  }
}

extension Registration {
  /// - Throws: `InvalidInput` where any of it is not known to this version.
  package init(_ message: Lanyard_V1_Registration, under prefix: String = "") throws(InvalidInput) {
    let named = try ResourceName.registration(message.name, field: "\(prefix)name")
    let form = try message.form(under: prefix)
    var days: [LocalDate] = []
    for (index, day) in message.days.enumerated() {
      days.append(try LocalDate(day, field: "\(prefix)days[\(index)]"))
    }
    self.init(
      id: named.id,
      event: named.event,
      state: try RegistrationState(message.state, field: "\(prefix)state"),
      details: RegistrationDetails(
        person: form.person,
        stakeholderGroup: form.stakeholderGroup,
        guestRole: form.guestRole,
        participation: try Participation(message.participation, field: "\(prefix)participation"),
        days: days,
        answers: form.answers
      ),
      createdAt: try message.createTime.instant(field: "\(prefix)create_time"),
      updatedAt: try message.updateTime.instant(field: "\(prefix)update_time"),
      revision: try EntityTag.revision(message.etag, field: "\(prefix)etag"),
      erasedAt: try message.hasEraseTime ? message.eraseTime.instant(field: "\(prefix)erase_time") : nil
    )
  }
}

extension PersonField {
  /// Where the contract has it.
  fileprivate var message: WritableKeyPath<Lanyard_V1_Registration, String> {
    switch self {
    case .email: \.email
    case .title: \.title
    case .givenName: \.givenName
    case .familyName: \.familyName
    case .badgeName: \.badgeName
    case .organisation: \.organisation
    case .position: \.position
    case .country: \.country
    case .language: \.language
    }
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
    case .emailPending: .emailPending
    }
  }
}

extension Lanyard_V1_Registration.State: WireEnum {
  package typealias Value = RegistrationState
}
