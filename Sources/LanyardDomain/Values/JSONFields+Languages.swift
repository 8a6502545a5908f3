extension JSONFields {
  /// A text, or an object of texts by language.
  ///
  /// - Parameter event: The event's language.
  func localizedText(
    _ name: String,
    limit: Int,
    required: Bool = false,
    of event: Language,
    _ check: inout FieldCheck
  ) -> LocalizedText {
    guard let value = value(name, &check), case .object = value else {
      return LocalizedText(text(name, limit: limit, required: required, &check))
    }
    let faults = check.count
    let texts = Self.textsByLanguage(value, path: path(name), limit: limit, &check)
    if texts.isEmpty && check.count == faults {
      check.add(path(name), .emptyTexts)
    }
    return LocalizedText(texts, of: event) ?? ""
  }

  /// A list of terms, no two called the same: each a text, which is its id, or an object of its id and its labels by
  /// language.
  ///
  /// - Parameter haveQuotas: Whether each may have one.
  func terms(
    _ name: String,
    limit: Int,
    required: Bool = false,
    haveQuotas: Bool = false,
    _ check: inout FieldCheck
  ) -> [Term] {
    let termKeys = ["id", "labels"] + (haveQuotas ? ["quota"] : [])
    var terms: [Term] = []
    var names = TermNames()
    for (path, value) in entries(name, limit: limit, required: required, &check) {
      let faults = check.count
      let term: Term
      switch value {
      case .text(let raw):
        term = Term(id: check.text(raw, limit: Term.textLimit, field: path))
        if term.id.isEmpty && check.count == faults { check.add(path, .emptyEntry) }
      case .object:
        let fields = JSONFields(value, path: path, known: termKeys, &check)
        let id = fields.text("id", limit: Term.textLimit, required: true, &check)
        let labels = fields.value("labels", &check).map {
          Self.textsByLanguage($0, path: fields.path("labels"), limit: Term.textLimit, &check)
        }
        term = Term(
          id: id,
          labels: Dictionary((labels ?? []).map { ($0.language, $0.text) }) { first, _ in first },
          quota: haveQuotas ? fields.whole("quota", in: Capacity.quotas, &check) : nil
        )
      default:
        check.add(path, .noTextNorObject(value.kind, keys: termKeys))
        continue
      }
      if check.count == faults, names.take(term, path: path, &check) { terms.append(term) }
    }
    return terms
  }

  private static func textsByLanguage(
    _ value: JSONValue,
    path: String,
    limit: Int,
    _ check: inout FieldCheck
  ) -> [(language: Language, text: String)] {
    let fields = JSONFields(value, path: path, known: Language.tags, &check)
    guard case .object(let members) = value else { return [] }
    var texts: [(language: Language, text: String)] = []
    for language in members.compactMap({ Language(rawValue: $0.name) })
    where !texts.contains(where: { $0.language == language }) {
      let faults = check.count
      let text = fields.text(language.tag, limit: limit, required: true, &check)
      if check.count == faults, !text.isEmpty { texts.append((language, text)) }
    }
    return texts
  }
}

/// What the terms of a list are called so far, so that a text means one of them alone.
private struct TermNames {
  private var ids: Set<String> = []
  /// Ids by what they are called, folded.
  private var byID: [String: String] = [:]
  private var byLabel: [String: String] = [:]

  /// Takes a term's names in.
  ///
  /// - Returns: Whether it is called as no other is; else that is noted.
  mutating func take(_ term: Term, path: String, _ check: inout FieldCheck) -> Bool {
    guard ids.insert(term.id).inserted else {
      check.add(path, .doubledEntry(text: term.id))
      return false
    }
    let key = SearchText.folded(term.id)
    if let other = byLabel[key] {
      check.add(path, .sharedName(name: term.id, other: other))
      return false
    }
    // Ids that differ in case alone stay apart where they are written as they are.
    byID[key] = term.id
    for (language, label) in term.labels.sorted(by: { $0.key.tag < $1.key.tag }) {
      let key = SearchText.folded(label)
      if let other = byLabel[key] ?? byID[key], other != term.id {
        check.add("\(path).labels.\(language.tag)", .sharedName(name: label, other: other))
        return false
      }
      byLabel[key] = term.id
    }
    return true
  }
}
