import GRPCCore
import GRPCProtobuf
import HTTPTypes
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// What the service found wrong with a form, in words that say what to do.
struct FormFaults: Sendable {
  /// By the names of the fields.
  private(set) var byField: [String: String] = [:]
  /// What is wrong with no field that the form has.
  private(set) var others: [String] = []

  /// What is wrong with the form as a whole.
  init(other: String) { others = [other] }

  /// Nil where the error is none of the form's: then it is the page's.
  init?(_ error: RPCError, of typed: TypedRegistration, in text: PageText) {
    guard let details = error.details else { return nil }
    switch ErrorReason(rawValue: details.info.reason) {
    case .invalidField:
      for violation in details.fields {
        let name = String(violation.field.split(separator: ".").last ?? "")
        guard byField[name] == nil else { continue }
        guard let field = RegistrationField(rawValue: name), TypedRegistration.fields.contains(field) else {
          others.append("\(violation.field): \(violation.violationDescription)")
          continue
        }
        byField[name] = Self.told(field, typed, violation.violationDescription, text)
      }
    default:
      // A decision of the service that the visitor can act on, such as that registering has not begun.
      guard [.failedPrecondition, .alreadyExists, .aborted, .resourceExhausted].contains(error.code) else { return nil }
      others = [error.message]
    }
    if byField.isEmpty && others.isEmpty { return nil }
  }

  private static func told(
    _ field: RegistrationField,
    _ typed: TypedRegistration,
    _ fault: String,
    _ text: PageText
  ) -> String {
    switch field {
    case .person(.email): return text(typed[field].isEmpty ? .portalFaultNoEmail : .portalFaultEmail)
    case .person(.givenName) where typed[field].isEmpty: return text(.portalFaultNoName)
    case .stakeholderGroup: return text(.portalFaultGroup)
    case .participation: return text(.portalFaultParticipation)
    // The question stands beside it.
    case .ownAnswer: return fault
    default: return text(.portalFault, ["field": .text(text(field.label)), "fault": .text(fault)])
    }
  }
}

extension HTTPResponse.Status {
  /// Of a form that comes back with what is wrong with it.
  init(refusing error: RPCError) { self = error.code == .resourceExhausted ? .tooManyRequests : .unprocessableContent }
}

extension RegistrationField {
  /// What the form calls it.
  var label: Sentence.Key {
    switch self {
    case .person(.email): .portalEmail
    case .person(.title): .portalTitle
    case .person(.givenName): .portalGivenName
    case .person(.familyName): .portalFamilyName
    case .person(.badgeName): .portalBadgeName
    case .person(.organisation): .portalOrganisation
    case .person(.position): .portalPosition
    case .person(.country): .portalCountry
    case .person(.language): .portalLanguage
    case .stakeholderGroup: .portalGroup
    case .guestRole: .portalRole
    case .participation: .portalPlace
    case .days: .portalDays
    case .answer(.accessibilityNeeds): .portalNeeds
    case .answer(.photoConsent): .portalPhotos
    case .ownAnswer: .portalQuestion
    }
  }
}
