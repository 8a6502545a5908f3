import LanyardDomain
import LanyardTexts

/// The fields of the desk's forms: few for who walks in, the rest comes later.
struct DeskFields: Sendable {
  /// Whether the person who walks in showed who they are.
  static let identified = "identified"

  let event: Event
  let typed: TypedRegistration
  /// What is wrong, by the names of the fields.
  let faults: [String: String]
  let text: PageText

  var walkIn: [FieldView] {
    var seen = FieldView(id: "walk-\(Self.identified)", field: Self.identified, label: text(.deskIdentified))
    seen.isBox = true
    seen.choices = [
      FieldView.Choice(id: seen.id, value: "yes", label: seen.label, hint: text(.deskIdentifiedHint), isChosen: false)
    ]
    return [
      person(.givenName, "walk") { $0.accessKey = "W" }, person(.familyName, "walk") { $0.isOptional = true },
      person(.email, "walk") { ($0.type, $0.isLatin) = ("email", true) },
      person(.organisation, "walk") { $0.isOptional = true }, group("walk"), role("walk"), seen,
    ].compactMap { $0 }
  }

  /// What the desk may correct.
  static let correctable: [RegistrationField] = [
    .person(.title), .person(.givenName), .person(.familyName), .person(.badgeName), .person(.email),
    .person(.organisation), .person(.position), .person(.country), .stakeholderGroup, .guestRole,
  ]

  var correction: [FieldView] {
    [
      person(.title, "fix") { $0.isOptional = true }, person(.givenName, "fix"), person(.familyName, "fix"),
      person(.badgeName, "fix") { $0.isOptional = true },
      person(.email, "fix") { ($0.type, $0.isLatin) = ("email", true) },
      person(.organisation, "fix") { $0.isOptional = true }, person(.position, "fix") { $0.isOptional = true },
      country("fix"), group("fix"), role("fix"),
    ].compactMap { $0 }
  }

  private func field(_ name: RegistrationField, _ form: String) -> FieldView {
    var field = FieldView(id: "\(form)-\(name.name)", field: name.name, label: text(name.label))
    (field.fault, field.value, field.autocomplete) = (faults[name.name], typed[name], "off")
    return field
  }

  private func person(_ name: PersonField, _ form: String, _ configure: (inout FieldView) -> Void = { _ in })
    -> FieldView
  {
    var field = field(.person(name), form)
    (field.isInput, field.limit) = (true, name.declaration.limit)
    configure(&field)
    return field
  }

  private func country(_ form: String) -> FieldView {
    select(
      .person(.country),
      form,
      CountryNames.sorted(in: text.phrasebook).map { ($0.code, $0.name) },
      isOptional: true
    )
  }

  private func group(_ form: String) -> FieldView {
    select(.stakeholderGroup, form, choices(of: event.stakeholderGroups, .stakeholderGroup), isOptional: false)
  }

  /// Nil where the event has no guest roles.
  private func role(_ form: String) -> FieldView? {
    let choices = choices(of: event.guestRoles, .guestRole)
    return choices.isEmpty ? nil : select(.guestRole, form, choices, isOptional: true)
  }

  private func choices(of terms: [Term], _ field: RegistrationField) -> [(String, String)] {
    // Who has one that was withdrawn keeps it.
    terms.filter { !$0.isWithdrawn || $0.id == typed[field] }.map {
      ($0.id, $0.name(in: text.language, of: event.language))
    }
  }

  private func select(_ name: RegistrationField, _ form: String, _ choices: [(String, String)], isOptional: Bool)
    -> FieldView
  {
    var field = field(name, form)
    (field.isSelect, field.isOptional) = (true, isOptional)
    let all = [("", text(.portalNoneChosen))] + choices
    field.choices = all.map { value, label in
      FieldView.Choice(
        id: "\(field.id)-\(value)",
        value: value,
        label: label,
        hint: nil,
        isChosen: value == field.value
      )
    }
    return field
  }
}
