import LanyardAPI
import LanyardDomain
import LanyardMessages

/// What somebody typed into the form of a registration, as it is: it comes back whatever is wrong with it.
struct TypedRegistration: Sendable {
  /// The fields of the form, by the names of `lanyard.v1.Registration`.
  static let fields: [RegistrationField] = RegistrationField.allCases.filter { $0 != .days }

  private var texts: [RegistrationField: String] = [:]
  /// Makes sending the form twice harmless.
  var requestID: String

  /// An empty form.
  init(language: Language) {
    requestID = Self.newRequestID()
    texts[.person(.language)] = language.tag
  }

  init(_ form: FormBody) {
    let sent = form["request"]
    requestID = UUIDBytes(sent)?.description ?? Self.newRequestID()
    for field in Self.fields { texts[field] = form[field.name] }
  }

  /// What a registration says.
  init(_ registration: Lanyard_V1_Registration) throws(InvalidInput) {
    requestID = Self.newRequestID()
    let form = try registration.form(under: "")
    for field in Self.fields { texts[field] = form.text(of: field) }
  }

  subscript(field: RegistrationField) -> String {
    get { texts[field] ?? "" }
    set { texts[field] = newValue }
  }

  static func newRequestID() -> String {
    UUIDBytes(high: .random(in: 0...UInt64.max), low: .random(in: 0...UInt64.max)).description
  }

  /// As it is sent to the service, which checks it. A word that the form does not have stands for nothing.
  var message: Lanyard_V1_Registration {
    var form = RegistrationForm()
    for field in PersonField.allCases { form.person[field] = self[.person(field)] }
    form.stakeholderGroup = self[.stakeholderGroup]
    form.guestRole = self[.guestRole]
    form.participation = Participation(rawValue: self[.participation])
    form.answers.accessibilityNeeds = self[.answer(.accessibilityNeeds)]
    form.answers.photoConsent = !self[.answer(.photoConsent)].isEmpty
    return Lanyard_V1_Registration(form)
  }
}
