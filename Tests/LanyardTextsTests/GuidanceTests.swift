import LanyardDomain
import LanyardTexts
import Testing

@Suite("Guidance for a refusal")
struct GuidanceTests {
  private let english = Phrasebook.of(.english)

  @Test("Every reason has a sentence for the operator and one for the participant", arguments: RefusalReason.allCases)
  func sentences(reason: RefusalReason) {
    let guidance = Guidance(reason, Guidance.Circumstances(clock: geneva))
    for sentence in [guidance.forOperator, guidance.forParticipant].map({ english.text($0) }) {
      #expect(sentence.hasSuffix("."))
      #expect(sentence.first?.isUppercase == true)
    }
    #expect(reason.severity == .callSupervisor || !english.text(guidance.forOperator).contains("supervisor"))
    #expect(english.text(reason.title) == reason.rawValue.replacing("_", with: " "))
  }

  @Test("A sentence says what would have helped")
  func circumstances() {
    let text = { (reason: RefusalReason) in english.text(Guidance(reason, everyCircumstance).forOperator) }
    #expect(text(.outsideHours) == "Nobody is admitted here now: from 2024-05-27 09:00.")
    #expect(text(.notYetValid) == "The badge is not valid yet: from 2024-05-27 09:00.")
    #expect(text(.notAdmittedHere) == "Only for: UN Agency, Government.")
    let again = "Was admitted at 08:31 through Entrance lane 3, and may come in again from 2024-05-27 09:00."
    #expect(text(.tooSoon) == again)
    #expect(text(.otherDay) == "The registration is for other days: from 2024-05-27 09:00.")
    var known = everyCircumstance
    known.used = .entries(3)
    let used = english.text(Guidance(.alreadyAdmitted, known).forOperator)
    #expect(used == "Was admitted as often as is allowed here: 3.")
    #expect(Guidance(.full, known).help == nil)
    known.nextSession = .init("Closing", from: at("2024-05-27T08:00:00Z"))
    let next = Guidance(.full, known).help.map { english.text($0) }
    #expect(next == "Admitted from 2024-05-27 10:00 for the next session: Closing.")
    known.doors = ["Press gate", "Side gate"]
    let doors = Guidance(.notAdmittedHere, known).help.map { english.text($0) }
    #expect(doors == "Admitted through: Press gate, Side gate.")
    #expect(text(.alreadyInside) == "Already inside: since 08:31 through Entrance lane 3.")
  }

  @Test(
    "A sentence has its dates, times and lists as the readers of its language write them",
    arguments: [
      (.arabic, "الدخول من هنا غير متاح الآن: يبدأ في 27 مايو، 2024، 09:00.", "مخصص فقط لـ: UN Agency وGovernment."),
      (
        .spanish, "Ahora no se admite a nadie aquí: a partir del 27 may 2024, 09:00.",
        "Solo para: UN Agency y Government."
      ),
      (
        .french, "Personne n’entre ici en ce moment\u{202F}: à partir du 27 mai 2024 à 09:00.",
        "Réservé à\u{202F}: UN Agency, Government."
      ),
      (
        .russian, "Сейчас здесь прохода нет: проход откроется 27 мая 2024\u{202F}г., 09:00.",
        "Только для: UN Agency, Government."
      ),
      (.chinese, "此处现在不放行：2024年5月27日 09:00 起放行。", "仅限：UN Agency和Government。"),
    ] as [(Language, String, String)]
  )
  func localised(language: Language, closed: String, groups: String) {
    let phrasebook = Phrasebook.of(language)
    #expect(phrasebook.text(Guidance(.outsideHours, everyCircumstance).forOperator) == closed)
    #expect(phrasebook.text(Guidance(.notAdmittedHere, everyCircumstance).forOperator) == groups)
  }
}
