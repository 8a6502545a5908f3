/// A question of an event to those who register for it. Its answers are kept by its id, apart from who answered.
package struct EventQuestion: Hashable, Sendable {
  /// The most that an event asks.
  package static let limit = 100
  /// The most that an event ever asked and somebody answered, withdrawn ones among them.
  package static let everLimit = 500
  /// The most characters of what it is called.
  package static let labelLimit = 300
  /// The most characters of its help.
  package static let helpLimit = 1000
  /// How many days after the event its answers can be kept.
  package static let retentionDays = 0...3650

  /// Resource id: see `ResourceID`.
  package let id: String
  package var kind: QuestionKind
  /// What is asked, by language.
  package var labels: [Language: String]
  /// What helps to answer, by language; may be empty.
  package var help: [Language: String] = [:]
  /// Whether nobody whom it is asked registers without an answer; of a consent, without giving it.
  package var isRequired = false
  package var condition = QuestionCondition()
  /// Of the kinds that choose; else empty.
  package var choices: [QuestionChoice] = []
  /// After so many days past the end of the event its answers are erased; nil where they are kept as long as the person is.
  package var retentionDays: Int?
  /// Its place among those of its event, from 0: questions are asked in this order.
  package var position = 0
  /// Whether it is asked no more: who answered keeps the answer.
  package var isWithdrawn = false

  package init(id: String, kind: QuestionKind, labels: [Language: String]) {
    (self.id, self.kind, self.labels) = (id, kind, labels)
  }

  /// What is asked, for a reader.
  package func label(in reader: Language, of event: Language) -> String {
    labels.text(in: reader, of: event) ?? id
  }

  /// The field of an answer to it, as faults name it.
  package var field: String { RegistrationField.ownAnswer(id).name }
}

/// What an answer to a question is.
package enum QuestionKind: String, Spelled, Codable {
  /// One line.
  case text = "TEXT"
  /// Several lines.
  case longText = "LONG_TEXT"
  /// One of the choices, by its id.
  case choice = "CHOICE"
  /// Some of the choices, by their ids with a blank between, in the order of the question.
  case choices = "CHOICES"
  /// A decimal number.
  case number = "NUMBER"
  /// `YYYY-MM-DD`.
  case date = "DATE"
  /// `yes` or `no`.
  case yesNo = "YES_NO"
  /// `yes`, or none.
  case consent = "CONSENT"

  package var hasChoices: Bool { self == .choice || self == .choices }

  /// Whether other questions can be asked by what was answered.
  var leadsOn: Bool {
    switch self {
    case .choice, .choices, .yesNo, .consent: true
    case .text, .longText, .number, .date: false
    }
  }
}

/// One of the answers that a question has to choose from.
package struct QuestionChoice: Hashable, Sendable, Codable {
  /// The most of one question.
  package static let limit = 200
  /// How many can choose one, where that is limited.
  package static let placeRange = 0...1_000_000

  /// See `ResourceID`: without blanks, so that several stand in one text.
  package let id: String
  package var labels: [Language: String]
  /// How many live registrations can have it; nil where that is not limited.
  package var places: Int?
  /// Whether nobody can choose it any more: who has it keeps it.
  package var isWithdrawn: Bool

  package init(id: String, labels: [Language: String] = [:], places: Int? = nil, isWithdrawn: Bool = false) {
    (self.id, self.labels, self.places, self.isWithdrawn) = (id, labels, places, isWithdrawn)
  }

  /// What it is called, for a reader.
  package func label(in reader: Language, of event: Language) -> String {
    labels.text(in: reader, of: event) ?? id
  }
}

extension [Language: String] {
  /// The text for a reader: in their language, else in the event's, else in English, else in the first that there is; nil
  /// where there is none.
  package func text(in reader: Language, of event: Language) -> String? {
    self[reader] ?? self[event] ?? self[.english] ?? Language.allCases.lazy.compactMap { self[$0] }.first
  }
}

extension [EventQuestion] {
  /// Those that are asked.
  package var asked: [EventQuestion] { filter { !$0.isWithdrawn } }

  package func question(_ id: String) -> EventQuestion? { first { $0.id == id } }
}
