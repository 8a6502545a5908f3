import LanyardDomain
import LanyardTexts

/// One field of a form, as its template draws it.
struct FieldView: Sendable {
  /// A choice of a field.
  struct Choice: Sendable {
    let id: String
    let value: String
    let label: String
    let hint: String?
    let isChosen: Bool
    /// Direction of its text; nil where it is the page's.
    var dir: String?
  }

  let id: String
  /// The name that it is sent by, for its choices, which have ids of their own.
  let field: String
  let label: String
  var hint: String?
  /// What is wrong with it; nil where nothing is.
  var fault: String?
  var value = ""
  var isOptional = false
  /// What browsers fill it with, and the keyboard of phones.
  var autocomplete: String?
  var inputMode: String?
  var type = "text"
  /// Whether it is written from left to right whatever the page's language, as addresses are.
  var isLatin = false
  var limit: Int?
  var choices: [Choice] = []
  /// Ids of what describes it; nil where nothing does.
  var describedBy: String?
  // What it is drawn as; the template sees one of them.
  var isInput = false
  var isArea = false
  var isSelect = false
  var isRadio = false
  var isBox = false
  /// Whether it is drawn in a narrow column, and whether its choices stand in two.
  var isShort = false
  var isTwo = false

  /// The key that leads to it, with the browser's own; nil where none does.
  var accessKey: String?

  /// - Parameter field: The name that it is sent by, where that is not its id.
  init(id: String, field: String? = nil, label: String) { (self.id, self.field, self.label) = (id, field ?? id, label) }

  /// With what describes it named.
  fileprivate func described() -> FieldView {
    var field = self
    let ids = [hint == nil ? nil : "\(id)-hint", fault == nil ? nil : "\(id)-error"].compactMap { $0 }
    field.describedBy = ids.isEmpty ? nil : ids.joined(separator: " ")
    return field
  }
}

/// A part of a form: a heading beside its fields.
struct FormPart: Sendable {
  let id: String
  let heading: String
  let hint: String?
  let fields: [FieldView]

  init(_ id: String, _ heading: String, hint: String? = nil, _ fields: [FieldView?]) {
    (self.id, self.heading, self.hint) = (id, heading, hint)
    self.fields = fields.compactMap { $0?.described() }
  }
}

/// What is wrong with a form, at its top: each links to its field.
struct FaultSummary: Sendable {
  struct Entry: Sendable {
    let id: String
    let text: String
  }

  let heading: String
  let entries: [Entry]
}

extension [FormPart] {
  /// What is wrong with the form, and with its fields in their order; nil where nothing is. What is wrong with a field that is
  /// not shown is said too.
  func summary(of faults: FormFaults? = nil, in text: PageText) -> FaultSummary? {
    let fields = flatMap(\.fields)
    let shown = Set(fields.map(\.id))
    let hidden = (faults?.byField ?? [:]).filter { !shown.contains($0.key) }.sorted { $0.key < $1.key }.map(\.value)
    let entries =
      ((faults?.others ?? []) + hidden).map { FaultSummary.Entry(id: "form", text: $0) }
      + fields.compactMap { field in
        field.fault.map {
          FaultSummary.Entry(id: field.isSelect ? field.id : field.choices.first?.id ?? field.id, text: $0)
        }
      }
    if entries.isEmpty { return nil }
    return FaultSummary(heading: text(.portalProblems, ["count": .count(entries.count)]), entries: entries)
  }
}
