/// A stakeholder group, a guest role or a track of an event. Registrations, rules and lists name it by its id and compare
/// nothing else; people read its label.
package struct Term: Hashable, Sendable, Codable {
  /// The most characters of an id, and of a label.
  package static let textLimit = 100
  /// The most of one kind that an event ever had, withdrawn ones among them.
  package static let limit = 1000

  package let id: String
  /// From 1; it never changes and is never another's. Badge codes carry that of the stakeholder group. 0 until a store has
  /// given one.
  package private(set) var number: Int
  /// What it is called, by language; where there is none, the id is what it is called.
  package var labels: [Language: String]
  /// Whether the programme has it no more: nobody can choose it, and who has it keeps it.
  package private(set) var isWithdrawn: Bool
  /// Of a stakeholder group: how many of it can be confirmed on site; nil where only the capacity limits it.
  package var quota: Int?

  package init(
    id: String,
    number: Int = 0,
    labels: [Language: String] = [:],
    isWithdrawn: Bool = false,
    quota: Int? = nil
  ) {
    self.quota = quota
    self.id = id
    self.number = number
    self.labels = labels
    self.isWithdrawn = isWithdrawn
  }

  private enum CodingKeys: String, CodingKey {
    case id, number, labels, quota
    case isWithdrawn = "is_withdrawn"
  }

  /// What it is called: in the reader's language, else in the event's, else in English, else in the first that there is;
  /// nil where there is no label.
  package func label(in reader: Language, of event: Language) -> String? {
    if labels.isEmpty { return nil }
    return labels[reader] ?? labels[event] ?? labels[.english]
      ?? Language.allCases.lazy.compactMap { labels[$0] }.first
  }

  /// What it is called, the id where there is no label.
  package func name(in reader: Language, of event: Language) -> String { label(in: reader, of: event) ?? id }
}

extension Term: ExpressibleByStringLiteral {
  package init(stringLiteral id: String) { self.init(id: id) }
}

extension [Term] {
  package var ids: [String] { map(\.id) }

  /// Those that can be chosen.
  package var choices: [Term] { filter { !$0.isWithdrawn } }

  /// The quotas of those that can be chosen and have one, by their ids.
  package var quotas: [String: Int] {
    Dictionary(choices.compactMap { term in term.quota.map { (term.id, $0) } }) { first, _ in first }
  }

  package func term(_ id: String) -> Term? { first { $0.id == id } }

  /// The one whose number a badge code carries.
  package func term(numbered number: Int) -> Term? { first { $0.number == number } }

  /// The one that a person means by a text: by its id, else by its label in any language, in the end without regard to
  /// case, width and accents where that leaves one alone; nil where there is none, or it is withdrawn.
  package func meant(by text: String) -> Term? {
    let choices = choices
    if let exact = choices.term(text) ?? choices.first(where: { $0.labels.values.contains(text) }) { return exact }
    let key = SearchText.folded(text)
    let near = choices.filter { term in
      SearchText.folded(term.id) == key || term.labels.values.contains { SearchText.folded($0) == key }
    }
    return near.count == 1 ? near[0] : nil
  }

  /// Why a rule of a programme cannot name one of these so; nil where the text is the id of one.
  func fault(ofRuleWith text: String) -> DocumentFault? {
    if term(text) != nil { return nil }
    let key = SearchText.folded(text)
    if let labelled = first(where: { $0.labels.values.contains { SearchText.folded($0) == key } }) {
      return .labelForID(text: text, id: labelled.id)
    }
    return .unlisted(text: text, NearestName.advice(for: text, known: ids))
  }

  /// These as a programme lists them, with numbers: who had one keeps it, others get the next. What was there before and is
  /// not listed follows, withdrawn.
  package func numbered(after before: [Term] = []) -> [Term] {
    let known = Dictionary(before.map { ($0.id, $0.number) }) { first, _ in first }
    var last = before.map(\.number).max() ?? 0
    let listed = map { term in
      let number = known[term.id] ?? last + 1
      last = Swift.max(last, number)
      return Term(id: term.id, number: number, labels: term.labels, quota: term.quota)
    }
    let ids = Set(self.ids)
    return listed
      + before.filter { !ids.contains($0.id) }.map {
        Term(id: $0.id, number: $0.number, labels: $0.labels, isWithdrawn: true)
      }
  }

  /// Each label with its term's id and its language before it, as the trail of changes tells them.
  var labelFacts: [String] {
    flatMap { term in
      Language.allCases.compactMap { tag in term.labels[tag].map { "\(term.id) \(tag.tag) \($0)" } }
    }
  }
}

/// What an event calls its groups and roles, for those who show them.
package struct EventTerms: Hashable, Sendable {
  /// Of no event: everything is called by its id.
  package static let none = EventTerms(groups: [], roles: [], language: .english)

  private let groups: [Term]
  private let roles: [Term]
  private let language: Language

  package init(groups: [Term], roles: [Term], language: Language) {
    self.groups = groups
    self.roles = roles
    self.language = language
  }

  /// The label of a stakeholder group for a reader; nil where it is called by its id.
  package func groupLabel(_ id: String, in reader: Language) -> String? {
    groups.term(id)?.label(in: reader, of: language)
  }

  /// The label of a guest role for a reader; nil where it is called by its id.
  package func roleLabel(_ id: String, in reader: Language) -> String? {
    roles.term(id)?.label(in: reader, of: language)
  }

  /// What groups and roles of these ids are called.
  package func names(_ ids: [String], in reader: Language) -> [String] {
    ids.map { groupLabel($0, in: reader) ?? roleLabel($0, in: reader) ?? $0 }
  }
}
