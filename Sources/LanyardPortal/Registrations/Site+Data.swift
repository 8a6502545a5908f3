import Hummingbird
import LanyardAPI
import LanyardDomain
import LanyardTexts

/// What is on record about somebody, to read.
struct DataPage: Sendable {
  struct Fact: Sendable {
    let name: String
    let value: String
  }

  let event: String
  let facts: [Fact]
  let fileSize: String
}

extension Site {
  func data(_ request: Request, _ visit: Visit) async throws -> Response {
    let own = try await own(request, visit)
    let text = own.text
    let typed = try TypedRegistration(own.registration)
    let fields = TypedRegistration.fields.filter { !typed[$0].isEmpty }
    let file = try await own.calls.personalData(own.registration.name)
    let page = DataPage(
      event: own.slug,
      facts: [DataPage.Fact(name: text(.portalState), value: StateTag(own.registration, in: text).words)]
        + fields.map { DataPage.Fact(name: text($0.label), value: shown($0, typed, own)) },
      fileSize: text(.portalFileSize, ["count": .count(max(1, file.count / 1000))])
    )
    return ownPage("data", page, title: text(.portalMyData), own, request, visit)
  }

  /// Everything as one file.
  func dataFile(_ request: Request, _ visit: Visit) async throws -> Response {
    let own = try await own(request, visit)
    let bytes = try await own.calls.personalData(own.registration.name)
    return .file("\(own.slug).json", type: "application/json", bytes)
  }

  /// A field as people read it.
  private func shown(_ field: RegistrationField, _ typed: TypedRegistration, _ own: OwnVisit) -> String {
    let (text, event, value) = (own.text, own.shown.event, typed[field])
    return switch field {
    case .person(.country): text.phrasebook.country(value)
    case .person(.language): Language(tag: value)?.name ?? value
    case .stakeholderGroup: event.terms.groupLabel(value, in: text.language) ?? value
    case .guestRole: event.terms.roleLabel(value, in: text.language) ?? value
    case .participation: Participation(rawValue: value).map { text($0.title) } ?? value
    case .answer(.photoConsent): text(.portalYes)
    default: value
    }
  }
}
