package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Question {
  /// - Parameters:
  ///   - event: Slug of the event.
  ///   - taken: How many have each choice of which there are only so many.
  package init(_ question: EventQuestion, of event: String, taken: [ChoicePlaces.Choice: Int] = [:]) {
    self.init()
    name = ResourceName.question(question.id, of: event).description
    kind = question.kind.wire
    labels = question.labels.messageTexts
    help = question.help.messageTexts
    required = question.isRequired
    if !question.condition.isEmpty { condition = Condition(question.condition) }
    choices = question.choices.map { choice in
      Choice(choice, taken: taken[ChoicePlaces.Choice(question: question.id, id: choice.id)] ?? 0)
    }
    if let days = question.retentionDays { retentionDays = Int32(clamping: days) }
    position = Int32(clamping: question.position)
    withdrawn = question.isWithdrawn
  }
}

extension EventQuestion {
  /// - Parameter id: Where the message's name is passed over.
  /// - Throws: `InvalidInput` where a field cannot be read.
  package init(_ message: Lanyard_V1_Question, id: String? = nil, under prefix: String) throws(InvalidInput) {
    let named: String
    if let id { named = id } else { named = try ResourceName.question(message.name, field: "\(prefix)name").id }
    self.init(
      id: named,
      kind: try QuestionKind(message.kind, field: "\(prefix)kind"),
      labels: try .texts(message.labels, field: "\(prefix)labels")
    )
    help = try .texts(message.help, field: "\(prefix)help")
    isRequired = message.required
    condition = try QuestionCondition(message.condition, under: "\(prefix)condition.")
    for (index, choice) in message.choices.enumerated() {
      choices.append(try QuestionChoice(choice, under: "\(prefix)choices[\(index)]."))
    }
    retentionDays = message.hasRetentionDays ? Int(message.retentionDays) : nil
    position = Int(message.position)
    isWithdrawn = message.withdrawn
  }

  /// As a caller sends it: what only the server says is passed over (AIP-203).
  package init(sent message: Lanyard_V1_Question, id: String, under prefix: String) throws(InvalidInput) {
    try self.init(message, id: id, under: prefix)
    (position, isWithdrawn) = (0, false)
    choices = choices.map { QuestionChoice(id: $0.id, labels: $0.labels, places: $0.places) }
  }
}

extension QuestionKind: WireValue {
  package static let wirePrefix = "KIND_"

  package var wire: Lanyard_V1_Question.Kind {
    switch self {
    case .text: .text
    case .longText: .longText
    case .choice: .choice
    case .choices: .choices
    case .number: .number
    case .date: .date
    case .yesNo: .yesNo
    case .consent: .consent
    }
  }
}

extension Lanyard_V1_Question.Kind: WireEnum {
  package typealias Value = QuestionKind
}

extension Lanyard_V1_Question.Choice {
  init(_ choice: QuestionChoice, taken: Int) {
    self.init()
    id = choice.id
    labels = choice.labels.messageTexts
    if let limit = choice.places { places = Int32(clamping: limit) }
    self.taken = Int32(clamping: taken)
    withdrawn = choice.isWithdrawn
  }
}

extension QuestionChoice {
  /// - Throws: `InvalidInput` where a language is not known to this version.
  init(_ message: Lanyard_V1_Question.Choice, under prefix: String) throws(InvalidInput) {
    self.init(
      id: message.id,
      labels: try .texts(message.labels, field: "\(prefix)labels"),
      places: message.hasPlaces ? Int(message.places) : nil,
      isWithdrawn: message.withdrawn
    )
  }
}

extension Lanyard_V1_Question.Condition {
  init(_ condition: QuestionCondition) {
    self.init()
    stakeholderGroups = condition.groups
    guestRoles = condition.roles
    participations = condition.participations.map(\.wire)
    answers = condition.answers.map { answer in
      .with { ($0.question, $0.values) = (answer.question, answer.values) }
    }
  }
}

extension QuestionCondition {
  /// - Throws: `InvalidInput` where a participation is not known to this version.
  init(_ message: Lanyard_V1_Question.Condition, under prefix: String) throws(InvalidInput) {
    self.init()
    groups = message.stakeholderGroups
    roles = message.guestRoles
    for (index, way) in message.participations.enumerated() {
      participations.append(try Participation(way, field: "\(prefix)participations[\(index)]"))
    }
    answers = message.answers.map { Earlier(question: $0.question, values: $0.values) }
  }
}

extension QuestionChange {
  /// What the mask of a request names.
  ///
  /// - Throws: `InvalidInput`.
  package init(_ request: Lanyard_V1_UpdateQuestionRequest, of id: String) throws(InvalidInput) {
    let fields = try request.updateMask.fields(of: Field.self)
    var message = request.question
    // Of a field that the mask does not name nothing is read.
    if !fields.contains(.kind) { message.kind = .text }
    self.init(of: fields, try EventQuestion(sent: message, id: id, under: "question."))
  }
}
