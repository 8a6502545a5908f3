/// The sentences of one language as translators keep them: a gettext `.po` file.
struct Catalogue: Sendable {
  /// One sentence.
  struct Entry: Sendable {
    /// Of its `msgctxt`.
    let line: Int
    /// The key.
    let context: String
    /// The English text, for one where it has a plural.
    let source: String
    /// The English text for many; nil where the sentence has no plural.
    let sourcePlural: String?
    /// The text, or one for each plural form.
    let texts: [String]
    /// What the developer tells translators.
    let comment: String
    let flags: Set<String>

    /// Whether a translator still has to look at it; its text is not used.
    var isFuzzy: Bool { flags.contains("fuzzy") }

    /// The texts as templates; none where it is not translated yet.
    ///
    /// - Throws: `CatalogueError` where one is no template.
    func templates() throws(CatalogueError) -> [Template] {
      var templates: [Template] = []
      for text in texts where !text.isEmpty {
        guard let template = Template(text) else {
          throw CatalogueError(line: line, reason: "the braces of \(context) do not pair, or hold more than a name")
        }
        templates.append(template)
      }
      return templates.count == texts.count ? templates : []
    }
  }

  /// The lines of the header by their names.
  let header: [String: String]
  let pluralRule: PluralRule
  let entries: [Entry]

  /// - Parameter bytes: A whole file.
  /// - Throws: `CatalogueError` where it is no catalogue, or says something twice.
  init(reading bytes: [UInt8]) throws(CatalogueError) {
    var reader = CatalogueReader()
    let raw = try reader.read(bytes)
    guard let first = raw.first, first.context == nil, first.source == "", let text = first.texts.first else {
      throw CatalogueError(line: 1, reason: "the first entry is not the header, with an empty msgid")
    }
    header = try Self.header(text, line: first.line)
    guard header["Content-Type"]?.lowercased().hasSuffix("charset=utf-8") == true else {
      throw CatalogueError(line: first.line, reason: "the header's Content-Type does not say charset=UTF-8")
    }
    guard let forms = header["Plural-Forms"], let rule = PluralRule(forms) else {
      throw CatalogueError(line: first.line, reason: "the header's Plural-Forms are missing or cannot be read")
    }
    pluralRule = rule
    var entries: [Entry] = []
    var lines: [String: Int] = [:]
    for entry in raw.dropFirst() {
      let entry = try entry.checked(forms: rule.count)
      if let before = lines.updateValue(entry.line, forKey: entry.context) {
        throw CatalogueError(line: entry.line, reason: "\(entry.context) stands on line \(before) already")
      }
      entries.append(entry)
    }
    self.entries = entries
  }

  private static func header(_ text: String, line: Int) throws(CatalogueError) -> [String: String] {
    var header: [String: String] = [:]
    for field in text.split(separator: "\n") {
      guard let colon = field.firstIndex(of: ":") else {
        throw CatalogueError(line: line, reason: "the header has a line without a colon: \(field)")
      }
      let value = field[field.index(after: colon)...].drop { $0 == " " }
      header[String(field[..<colon])] = String(value)
    }
    return header
  }
}

/// Why a catalogue cannot be read.
struct CatalogueError: Error, Hashable, CustomStringConvertible {
  /// Counted from 1.
  let line: Int
  let reason: String

  var description: String { "line \(line): \(reason)" }
}
