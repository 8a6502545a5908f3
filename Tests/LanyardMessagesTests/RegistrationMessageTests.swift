import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf
import Testing

@Suite("A registration as a message") struct RegistrationMessageTests {
  @Test("Carries each field of a form there and back, under the name that the contract gives it")
  func fields() throws {
    var form = RegistrationForm()
    for field in PersonField.allCases { form.person[field] = "a \(field.rawValue)" }
    (form.stakeholderGroup, form.guestRole, form.participation) = ("group", "role", .remote)
    (form.accessibilityNeeds, form.photoConsent) = ("needs", true)
    let message = Lanyard_V1_Registration(form)
    let back = try message.form(under: "")
    #expect(back.person == form.person && back.answers == form.answers)
    #expect((back.stakeholderGroup, back.guestRole) == ("group", "role") && back.participation == .remote)
    let text = message.textFormatString()
    for field in PersonField.allCases { #expect(text.contains("\(field.rawValue): \"a \(field.rawValue)\"")) }
    for question in Question.allCases { #expect(text.contains("\(question.rawValue):")) }
  }
}
