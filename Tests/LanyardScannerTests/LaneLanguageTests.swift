import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("A lane in the operator's language")
struct LaneLanguageTests {
  /// A refusal as a server tells it that was asked in English.
  private var refusal: Lanyard_V1_CheckIn {
    .with {
      $0.answer = .refused
      $0.reason = .alreadyInside
      $0.severity = .lookAgain
      $0.attendee.displayName = "Ada"
      $0.receiveTime = Google_Protobuf_Timestamp(seconds: 1_716_791_400)
      $0.earlier.admitTime = Google_Protobuf_Timestamp(seconds: 1_716_791_400)
      $0.earlier.checkpointDisplayName = "Lane 1"
      $0.timeZone = "Europe/Zurich"
      $0.operatorMessage = "Already inside: since 08:30 through Lane 1."
      $0.participantMessage = "Your badge was used here before. Please wait for a colleague."
    }
  }

  private func answer(_ checkIn: Lanyard_V1_CheckIn, isOffline: Bool = false) -> LaneAnswer {
    let reading = LaneSession.Reading(code: "x", direction: nil, readAt: Instant(shown: checkIn.receiveTime))
    return LaneAnswer(reading: reading, outcome: .decided(checkIn), isOffline: isOffline)
  }

  private func view(_ language: Language) -> LaneView {
    var view = LaneView.entrance
    let phrasebook = Phrasebook.of(language)
    view.language = language
    view.last = LaneView.Answer(answer(refusal), clock: VenueTime(zone: "Europe/Zurich"), in: phrasebook)
    view.recent = view.recent.map { before in
      var before = before
      before.headline = phrasebook.text(.headlineLeft)
      return before
    }
    view.link = .offline(since: "09:14", waiting: 12)
    view.rehearsal = .text("2024-05-27 08:31")
    view.notice = phrasebook.text(.noticeNoScan)
    return view
  }

  @Test("Says the same about a refusal whoever decided it: the server, or the lane by itself")
  func oneSentence() {
    var offline = refusal
    (offline.operatorMessage, offline.participantMessage) = ("", "")
    let french = Phrasebook.of(.french)
    let words = "ENTRÉE REFUSÉE  Déjà à l’intérieur\u{202F}: depuis 08:30, par Lane 1.  Ada"
    #expect(AnswerWords(answer(refusal), in: french).line == words)
    #expect(AnswerWords(answer(offline, isOffline: true), in: french).line == words + "  (hors ligne)")
    let english = Phrasebook.of(.english)
    #expect(AnswerWords(answer(refusal), in: english).line == "REFUSED  \(refusal.operatorMessage)  Ada")
    let shown = LaneView.Answer(answer(offline), clock: VenueTime(zone: "Europe/Zurich"), in: english)
    #expect(shown.explanation == [refusal.operatorMessage, "Say: \(refusal.participantMessage)"])
  }

  @Test(
    "Says to the participant in their own language what the operator reads in another, whoever decided it",
    arguments: Language.allCases
  )
  func ownLanguage(reader: Language) {
    var offline = refusal
    (offline.operatorMessage, offline.participantMessage) = ("", "")
    let phrasebook = Phrasebook.of(reader)
    for own in Language.allCases {
      offline.attendee.language = own.tag
      let said = offline.participantOwnText(.none, beside: reader)
      guard own != reader else {
        #expect(said == nil)
        continue
      }
      let words = Phrasebook.of(own).text(.participantAlreadyInside)
      #expect(said?.language == own && said?.text == words)
      let shown = LaneView.Answer(answer(offline), clock: VenueTime(zone: "Europe/Zurich"), in: phrasebook)
      #expect(shown.explanation.count == 3 && shown.explanation[2].contains(words))
      #expect(shown.explanation[2].contains(own.name))
    }
    var admitted = offline
    admitted.answer = .admitted
    #expect(Language.allCases.allSatisfy { admitted.participantOwnText(.none, beside: $0) == nil })
  }

  @Test("Takes the server's words for the participant where it does not know what the event calls its groups")
  func ownLanguageOfServer() {
    var told = refusal
    (told.reason, told.admittedHere, told.admittedHereLabels) = (.notAdmittedHere, ["press"], ["Press"])
    (told.attendee.language, told.messageLanguage) = ("fr", "en")
    told.participantOwnMessage = "Ici, c’est pour la presse."
    #expect(told.participantOwnText(.none, beside: .english)?.text == told.participantOwnMessage)
    let terms = EventTerms(groups: [Term(id: "press", labels: [.french: "Presse"])], roles: [], language: .english)
    #expect(told.participantOwnText(terms, beside: .english)?.text.contains("Presse") == true)
    told.attendee.language = "de"
    #expect(told.participantOwnText(.none, beside: .english) == nil)
  }

  @Test("Leaves the word to a server whose reason it does not know, or that does not tell the clock of the place")
  func serversWords() {
    var other = refusal
    other.reason = .UNRECOGNIZED(99)
    other.operatorMessage = "Something new."
    var older = refusal
    older.timeZone = ""
    let french = Phrasebook.of(.french)
    #expect(AnswerWords(answer(other), in: french).line == "ENTRÉE REFUSÉE  Something new.  Ada")
    #expect(AnswerWords(answer(older), in: french).line.contains(refusal.operatorMessage))
    other.operatorMessage = ""
    #expect(AnswerWords(answer(other), in: french).line == "ENTRÉE REFUSÉE  Appelez un responsable.  Ada")
  }

  @Test("Says what else there is to an answer", arguments: Language.allCases)
  func marks(language: Language) {
    var marked = refusal
    marked.answer = .admitted
    marked.offline.notInRoster = true
    marked.overriddenReason = .full
    marked.override.note = "known by face"
    marked.attendee.attention = .escort
    marked.attendee.attentionNote = "desk 4"
    let phrasebook = Phrasebook.of(language)
    let line = AnswerWords(answer(marked), in: phrasebook).line
    for part in [Sentence.Key.headlineAdmitted, .attentionTitle, .attentionEscort, .lineNotInRoster, .reasonFull] {
      #expect(line.contains(phrasebook.text(part)))
    }
    let shown = LaneView.Answer(answer(marked), clock: VenueTime(zone: "UTC"), in: phrasebook)
    marked.attendee.attention = .unspecified
    let noted = LaneView.Answer(answer(marked), clock: VenueTime(zone: "UTC"), in: phrasebook)
    #expect(noted.attention == "desk 4")
    #expect(shown.attention?.contains("desk 4") == true && shown.explanation.last?.contains("known by face") == true)
  }

  @Test(
    "Keeps its columns at every usual size",
    arguments: Language.allCases,
    [(80, 24), (100, 32), (60, 20), (40, 12)]
  )
  func columns(language: Language, size: (width: Int, height: Int)) {
    let view = view(language)
    let rows = view.rows(width: size.width, height: size.height, colour: false)
    #expect(rows.count == size.height && rows.allSatisfy { TextWidth.columns(of: $0) == size.width })
    for row in rows {
      var depth = 0
      for scalar in row.unicodeScalars {
        if scalar == "\u{2068}" { depth += 1 } else if scalar == "\u{2069}" { depth -= 1 }
        // What runs from right to left stays within its own piece of the row.
        #expect(depth > 0 || !TextDirection.isRightToLeft(scalar), "\(row)")
      }
      #expect(depth == 0)
    }
  }

  @Test("Shows all that matters at 80 by 24", arguments: Language.allCases)
  func essentials(language: Language) {
    let phrasebook = Phrasebook.of(language)
    let rows = view(language).rows(width: 80, height: 24, colour: false)
    let shown = rows.joined(separator: "\n")
    for key in [Sentence.Key.headlineLookAgain, .keyQuit, .keyOverride, .noticeNoScan] {
      #expect(shown.contains(phrasebook.text(key)), "\(key)")
    }
    #expect(shown.contains("Ada") && shown.contains("09:14") && shown.contains("█") && shown.contains("12"))
    // The people who were answered before stand below each other.
    let starts = rows.filter { $0.contains("Guest") }.map { row in
      TextWidth.columns(of: String(row[..<(row.firstRange(of: "Guest")?.lowerBound ?? row.startIndex)]))
    }
    #expect(!starts.isEmpty && Set(starts).count == 1)
  }

  @Test("Has its keys in one row of 40 columns", arguments: Language.allCases)
  func keys(language: Language) {
    let row = view(language).rows(width: 40, height: 12, colour: false).last ?? ""
    #expect(!row.contains("…") && row.contains("F10"), "\(row)")
  }
}
