import LanyardDomain
import LanyardTexts

/// Draws the form of a registration: for who registers, and for who changes theirs.
struct RegistrationFormDrawing: Sendable {
  let shown: ShownEvent
  let typed: TypedRegistration
  /// What is wrong, by the names of the fields.
  var faults: [String: String] = [:]
  /// Whether somebody changes a registration: then what a participant may not change is left out.
  var isChange = false
  let text: PageText

  private var event: Event { shown.event }

  func parts() -> [FormPart] {
    [
      FormPart("you", text(.portalYou), hint: text(.portalYouHint), you),
      FormPart("work", text(.portalYourOrganisation), work),
      FormPart("part", text(.portalHowYouTakePart), isChange ? [needs] : [participation, needs]),
      FormPart("consent", text(.portalMailsAndPhotos), [language, photos]),
    ]
  }

  private var you: [FieldView?] {
    [
      field(.person(.givenName), .portalGivenName, autocomplete: "given-name"),
      field(.person(.familyName), .portalFamilyName, autocomplete: "family-name"),
      field(.person(.title), .portalTitle, hint: .portalTitleHint, optional: true, autocomplete: "honorific-prefix") {
        $0.isShort = true
      },
      field(.person(.badgeName), .portalBadgeName, hint: .portalBadgeNameHint, optional: true, autocomplete: "off"),
      isChange
        ? nil
        : field(.person(.email), .portalEmail, hint: .portalEmailHint, autocomplete: "email") {
          ($0.type, $0.inputMode, $0.isLatin) = ("email", "email", true)
        },
      country,
    ]
  }

  private var work: [FieldView?] {
    [
      field(
        .person(.organisation),
        .portalOrganisation,
        hint: .portalOrganisationHint,
        optional: true,
        autocomplete: "organization"
      ),
      field(.person(.position), .portalPosition, optional: true, autocomplete: "organization-title"),
      terms(.stakeholderGroup, event.stakeholderGroups, .portalGroup, hint: .portalGroupHint),
      isChange || reviewedRoles.choices.isEmpty ? nil : role,
    ]
  }

  /// The roles that somebody may say to have whom nobody knows: those that the organiser looks at.
  private var reviewedRoles: [Term] { event.guestRoles.filter { event.reviewedGuestRoles.contains($0.id) } }

  private var country: FieldView {
    field(.person(.country), .portalCountry, optional: true, autocomplete: "country") { field in
      (field.isInput, field.isSelect) = (false, true)
      let chosen = typed[.person(.country)]
      field.choices =
        [FieldView.Choice(id: "none", value: "", label: text(.portalNoneChosen), hint: nil, isChosen: chosen.isEmpty)]
        + CountryNames.sorted(in: text.phrasebook).map { country in
          FieldView.Choice(
            id: country.code,
            value: country.code,
            label: country.name,
            hint: nil,
            isChosen: country.code == chosen
          )
        }
    }
  }

  private var role: FieldView {
    field(.guestRole, .portalRole, hint: .portalRoleHint, optional: true) { field in
      (field.isInput, field.isSelect) = (false, true)
      field.choices =
        [
          FieldView.Choice(
            id: "none",
            value: "",
            label: text(.portalNoRole),
            hint: nil,
            isChosen: typed[.guestRole].isEmpty
          )
        ]
        + choices(of: reviewedRoles, field: .guestRole)
    }
  }

  private func terms(
    _ name: RegistrationField,
    _ terms: [Term],
    _ label: Sentence.Key,
    hint: Sentence.Key
  ) -> FieldView {
    field(name, label, hint: hint) { field in
      (field.isInput, field.isRadio, field.isTwo) = (false, true, true)
      field.choices = choices(of: terms, field: name)
    }
  }

  private func choices(of terms: [Term], field: RegistrationField) -> [FieldView.Choice] {
    // Who has one that was withdrawn keeps it.
    terms.filter { !$0.isWithdrawn || $0.id == typed[field] }.enumerated().map { index, term in
      FieldView.Choice(
        id: "\(field.name)-\(index)",
        value: term.id,
        label: term.name(in: text.language, of: event.language),
        hint: nil,
        isChosen: term.id == typed[field]
      )
    }
  }

  private var participation: FieldView {
    let city = event.city.isEmpty ? nil : event.city
    return field(.participation, .portalPlace) { field in
      (field.isInput, field.isRadio) = (false, true)
      let ways: [Participation] = event.allowsRemote ? [.onsite, .remote] : [.onsite]
      // Where there is one way alone, it is taken.
      let chosen = ways.count == 1 ? Participation.onsite.rawValue : typed[.participation]
      field.choices = ways.map { way in
        let label =
          switch way {
          case .onsite: city.map { text(.portalOnsiteIn, ["city": .text($0)]) } ?? text(.portalOnsite)
          case .remote: text(.portalRemote)
          }
        return FieldView.Choice(
          id: "participation-\(way.rawValue.lowercased())",
          value: way.rawValue,
          label: label,
          hint: way == .remote ? text(.portalRemoteHint) : onsiteHint,
          isChosen: way.rawValue == chosen
        )
      }
    }
  }

  private var onsiteHint: String {
    guard let left = shown.placesLeft else { return text(.portalOnsiteHint) }
    if left == 0 { return text(.portalOnsiteFullHint) }
    return text(.portalOnsiteLeftHint, ["count": .count(left)])
  }

  private var needs: FieldView {
    field(.answer(.accessibilityNeeds), .portalNeeds, hint: .portalNeedsHint, optional: true) {
      ($0.isInput, $0.isArea, $0.limit) = (false, true, Question.textLimit)
    }
  }

  private var language: FieldView {
    field(.person(.language), .portalLanguage, hint: .portalLanguageHint) { field in
      (field.isInput, field.isSelect, field.isShort) = (false, true, true)
      let chosen = Language(tag: typed[.person(.language)]) ?? text.language
      field.choices = Language.allCases.map {
        FieldView.Choice(id: $0.tag, value: $0.tag, label: $0.name, hint: nil, isChosen: $0 == chosen, dir: "auto")
      }
    }
  }

  private var photos: FieldView {
    let question = RegistrationField.answer(.photoConsent)
    return field(question, .portalPhotos) { field in
      (field.isInput, field.isBox) = (false, true)
      field.choices = [
        FieldView.Choice(
          id: question.name,
          value: "yes",
          label: text(.portalPhotosAgreed),
          hint: text(.portalPhotosHint),
          isChosen: !typed[question].isEmpty
        )
      ]
    }
  }

  private func field(
    _ name: RegistrationField,
    _ label: Sentence.Key,
    hint: Sentence.Key? = nil,
    optional: Bool = false,
    autocomplete: String? = nil,
    _ configure: (inout FieldView) -> Void = { _ in }
  ) -> FieldView {
    var field = FieldView(id: name.name, label: text(label))
    field.hint = hint.map { text($0) }
    field.fault = faults[name.name]
    (field.value, field.isOptional, field.autocomplete, field.isInput) = (typed[name], optional, autocomplete, true)
    if case .person(let person) = name { field.limit = person.declaration.limit }
    configure(&field)
    return field
  }
}
