import LanyardTesting
import Testing

@testable import LanyardDomain

@Suite("A displayed name") struct DisplayNameTests {
  @Test(
    "puts the family name where its script has it",
    arguments: [
      ("Anna", "Müller", "Anna Müller"), ("桃子", "加藤", "加藤桃子"), ("민준", "김", "김민준"), ("Momoko", "加藤", "Momoko 加藤"),
      ("محمد", "روحانی", "محمد روحانی"), ("", "Suharto", "Suharto"), ("Björk", "", "Björk"), ("", "", ""),
    ]
  )
  func joined(_ given: String, _ family: String, _ whole: String) {
    #expect(DisplayName.joined(given: given, family: family) == whole)
  }

  @Test(
    "puts the family name first where its bearer's language does",
    arguments: [
      ("László", "Nagy", "hu", "Nagy László"), ("Minh Anh", "Nguyễn", "vi-VN", "Nguyễn Minh Anh"),
      ("Minh Anh", "Nguyễn", "VI", "Nguyễn Minh Anh"), ("ដារ៉ា", "សុខ", "km", "សុខ ដារ៉ា"),
      ("László", "Nagy", "en", "László Nagy"), ("Momoko", "Katō", "ja", "Momoko Katō"), ("桃子", "加藤", "ja", "加藤桃子"),
      ("Virág", "", "hu", "Virág"), ("Hugo", "Vidal", "vic", "Hugo Vidal"),
    ]
  )
  func byLanguage(_ given: String, _ family: String, _ language: String, _ whole: String) {
    var person = Person()
    (person.givenName, person.familyName, person.language) = (given, family, language)
    #expect(person.displayName == whole)
    person.badgeName = "Prof. X"
    #expect(person.displayName == "Prof. X")
  }
}

@Suite("An e-mail address") struct EmailAddressTests {
  @Test(
    "is taken in every form that mail can reach",
    arguments: ["a@b.org", "first.last+x@sub.example.org", "用户@例子.公司", "o'hara@x-y.ie"]
  )
  func good(_ address: String) { #expect(EmailAddress.fault(of: address) == nil) }

  @Test(
    "is refused where mail cannot reach it",
    arguments: [
      "", "a", "@b.org", "a@", "a@b", "a@b@c.org", "a b@c.org", "a@b..org", "a@-b.org", "a@b-.org", "a,b@c.org",
      "a,\u{301}b@c.org", "<a@b.org>", "a@b.org\n", "a@b_c.org", "a@b/c.org",
      "\(String(repeating: "a", count: 65))@b.org",
      "a@\(String(repeating: "b", count: 64)).org",
      "a@" + Array(repeating: "\(String(repeating: "b", count: 60))", count: 5).joined(separator: "."),
    ]
  )
  func bad(_ address: String) { #expect(EmailAddress.fault(of: address) != nil) }

  @Test("is compared without case") func key() {
    #expect(EmailAddress.key("Ann@B.org") == EmailAddress.key("aNN@b.ORG"))
  }
}

@Suite("A registration's state") struct RegistrationStateTests {
  @Test("follows every step from every state") func steps() throws {
    let table: [RegistrationState: [RegistrationState?]] = [
      .submitted: [.confirmed, .waitlisted, .rejected, .cancelled],
      .confirmed: [.confirmed, .confirmed, nil, .cancelled],
      .waitlisted: [.waitlisted, .waitlisted, .rejected, .cancelled],
      .rejected: [nil, nil, .rejected, nil],
      .cancelled: [nil, nil, nil, .cancelled],
      .emailPending: [nil, nil, nil, .cancelled],
    ]
    let steps: [(RegistrationStep, Bool)] = [(.approve, true), (.approve, false), (.reject, true), (.cancel, true)]
    for state in RegistrationState.allCases {
      for (expected, (step, hasPlace)) in zip(table[state] ?? [], steps) {
        if let expected {
          let next = try state.after(step, hasPlace: hasPlace)
          #expect(next == expected)
        } else {
          #expect(throws: RegistrationStepRefused(step: step, state: state)) {
            try state.after(step, hasPlace: hasPlace)
          }
        }
      }
    }
  }

  @Test("comes back as a new one begins where it was cancelled, and from a rejection only to be decided anew")
  func restored() throws {
    #expect(try RegistrationState.cancelled.after(.restore, hasPlace: true) == .confirmed)
    #expect(try RegistrationState.cancelled.after(.restore, hasPlace: false) == .waitlisted)
    #expect(try RegistrationState.cancelled.after(.restore, hasPlace: true, isReviewed: true) == .submitted)
    #expect(try RegistrationState.rejected.after(.restore, hasPlace: true) == .submitted)
  }

  @Test("begins with review, else with whether there is room") func initial() {
    #expect(RegistrationState.initial(reviewed: true, hasPlace: true) == .submitted)
    #expect(RegistrationState.initial(reviewed: false, hasPlace: true) == .confirmed)
    #expect(RegistrationState.initial(reviewed: false, hasPlace: false) == .waitlisted)
    #expect(RegistrationState.allCases.filter(\.isLive) == [.submitted, .confirmed, .waitlisted])
  }
}

@Suite("A registration form") struct RegistrationFormTests {
  private let event: Event = {
    var event = Event(
      slug: "e",
      title: "E",
      startDate: day("2024-05-27"),
      endDate: day("2024-05-27"),
      timeZone: "Europe/Zurich"
    )
    event.stakeholderGroups = ["Société civile"]
    event.guestRoles = ["Minister"]
    return event
  }()
  private let good: RegistrationForm = {
    var form = RegistrationForm()
    form.email = "a@b.org"
    form.givenName = "Ann"
    form.stakeholderGroup = "Société civile"
    form.participation = .onsite
    return form
  }()

  private func faults(_ change: (inout RegistrationForm) -> Void) -> [FieldViolation] {
    var form = good
    change(&form)
    return violations { () throws(InvalidInput) in _ = try form.validated(for: event) }
  }

  @Test("names each field at fault once") func fields() {
    #expect(faults { _ in }.isEmpty)
    #expect(faults { $0.email = String(repeating: "a", count: 300) + "@b.org" }.map(\.field) == ["email"])
    #expect(faults { $0.email = "" }.map(\.field) == ["email"])
    #expect(faults { $0.givenName = " " }.map(\.field) == ["given_name"])
    #expect(faults { $0.givenName = "a\u{202E}" }.map(\.field) == ["given_name"])
    #expect(faults { $0.language = "english" }.map(\.field) == ["language"])
    #expect(faults { $0.country = "UK" }.map(\.field) == ["country"])
    #expect(faults { $0.stakeholderGroup = "Press" }.map(\.field) == ["stakeholder_group"])
    #expect(faults { $0.guestRole = "Mayor" }.map(\.field) == ["guest_role"])
    #expect(faults { $0.participation = nil }.map(\.field) == ["participation"])
    #expect(faults { $0.participation = .remote }.map(\.field) == ["participation"])
    #expect(
      faults { form in
        form.email = "x"
        form.country = "ch"
        form.position = String(repeating: "a", count: 121)
      }.map(\.field) == ["email", "position", "country"]
    )
  }

  @Test("takes the event's own spelling of a group") func spelling() throws {
    var form = good
    form.stakeholderGroup = "Socie\u{301}te\u{301} civile"
    let group = try form.validated(for: event).stakeholderGroup
    #expect(Array(group.utf8) == Array("Société civile".utf8))
  }

  @Test("tells which field first differs from another") func difference() throws {
    let details = try good.validated(for: event)
    var other = details
    other.email = "A@B.org"
    #expect(details.firstDifference(from: other) == nil)
    other.photoConsent = true
    #expect(details.firstDifference(from: other) == "photo_consent")
    other.familyName = "Lee"
    #expect(details.firstDifference(from: other) == "family_name")
  }

  @Test("checks each text of a person by the limit that is declared", arguments: PersonField.allCases)
  func limits(_ field: PersonField) {
    let found = faults { $0.person[field] = String(repeating: "é", count: field.declaration.limit + 1) }
    #expect(found.map(\.field) == [field.rawValue])
    let others = faults { $0.person[field] = "x\u{202E}" }
    #expect(others.map(\.field) == [field.rawValue])
  }

  @Test("tells a difference in each field by its name", arguments: RegistrationField.allCases)
  func differences(_ field: RegistrationField) throws {
    let details = try good.validated(for: event)
    var other = details
    switch field {
    case .person(let field): other.person[field] += "x"
    case .stakeholderGroup: other.stakeholderGroup += "x"
    case .guestRole: other.guestRole += "x"
    case .participation: other.participation = .remote
    case .days: other.days = [day("2024-05-28")]
    case .answer(let question): #expect(other.answers.take("yes", to: question) == nil)
    case .ownAnswer(let question): other.answers.own[question] = "x"
    }
    #expect(details.firstDifference(from: other) == field.name)
    #expect(RegistrationTable.columns.contains(field.name))
  }

  @Test("knows countries and language tags") func codes() {
    #expect(Country.codes.count >= 249 && Country.codes.isSuperset(of: ["CH", "JP", "SS", "TL", "GB"]))
    #expect(Country.codes.isDisjoint(with: ["EU", "UN", "ZZ", "UK", "AC"]))
    for tag in ["en", "zh-Hans", "gsw", "es-419"] { #expect(LanguageTag.isWellFormed(tag)) }
    for tag in ["", "e", "en_GB", "en-", "english", "ён"] { #expect(!LanguageTag.isWellFormed(tag), "\(tag)") }
  }
}
