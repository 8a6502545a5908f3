package import LanyardAPI
package import LanyardDomain
package import SwiftProtobuf

extension Lanyard_V1_UpdateRegistrationRequest {
  /// Asks for the change of these fields, to what a form says.
  ///
  /// - Parameters:
  ///   - name: Of the registration.
  ///   - etag: Which it must still have.
  package init(_ form: RegistrationForm, changing fields: [RegistrationField], of name: String, etag: String) {
    self.init()
    registration = Lanyard_V1_Registration(form)
    (registration.name, registration.etag) = (name, etag)
    updateMask = .init(of: fields)
  }
}

extension RegistrationChange {
  /// The changes that the mask of a request names, which keep the rules of the event; all that who registers may send where it
  /// has none.
  ///
  /// - Throws: `InvalidInput`.
  package init(_ request: Lanyard_V1_UpdateRegistrationRequest, for event: Event) throws(InvalidInput) {
    let asked = event.questions.asked.map(\.id)
    // An answer to no question of the event is one of all, and refused.
    let others = request.registration.answers.keys.filter { !asked.contains($0) }.sorted()
    let answers = asked + others.prefix([EventQuestion].answerLimit)
    let fields = try request.updateMask.registrationFields(answering: answers)
    do throws(InvalidInput) {
      let form = try request.registration.form(under: "")
      try self.init(of: fields, form, for: event)
    } catch {
      throw InvalidInput(error.violations.map { $0.under("registration") })
    }
  }
}

extension Google_Protobuf_FieldMask {
  /// What stands for the answers to all questions of the event.
  private static let allAnswers = "answers"

  /// The fields of a registration that a request changes, each once, in their order; `answers` stands for those to all of these
  /// questions, and so does a mask that names nothing.
  ///
  /// - Throws: `InvalidInput` where it names one that is none.
  package func registrationFields(answering questions: [String]) throws(InvalidInput) -> [RegistrationField] {
    let all = paths.isEmpty || paths.contains(Self.allAnswers)
    var others = self
    others.paths.removeAll { $0 == Self.allAnswers }
    let named: [RegistrationField] =
      others.paths.isEmpty && !paths.isEmpty ? [] : try others.fields(of: RegistrationField.self, emptyMeansAll: true)
    let fields = Set(named)
    let single = named.filter { if case .ownAnswer = $0 { true } else { false } }
    let answers = (all ? questions.map(RegistrationField.ownAnswer) : []) + single
    var seen: Set<RegistrationField> = []
    return RegistrationField.allCases.filter(fields.contains) + answers.filter { seen.insert($0).inserted }
  }
}
