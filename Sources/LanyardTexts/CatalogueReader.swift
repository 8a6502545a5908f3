/// Reads the entries of a gettext `.po` file, and takes nothing that gettext would not.
struct CatalogueReader {
  /// An entry as it stands, before it is known to be whole.
  struct RawEntry {
    var line: Int
    var context: String?
    var source: String?
    var sourcePlural: String?
    var texts: [String] = []
    var comment = ""
    var flags: Set<String> = []

    fileprivate var isBegun: Bool { context != nil || source != nil }
  }

  /// The most bytes of a catalogue.
  private static let sizeLimit = 1 << 20

  /// The part of an entry that strings on lines of their own go on with.
  private enum Part {
    case context, source, sourcePlural
    case text(Int)
  }

  private var entries: [RawEntry] = []
  private var entry = RawEntry(line: 1)
  private var part: Part?
  private var line = 0

  /// The entries, the header first.
  ///
  /// - Throws: `CatalogueError` with the line that is wrong.
  mutating func read(_ bytes: [UInt8]) throws(CatalogueError) -> [RawEntry] {
    guard bytes.count <= Self.sizeLimit else { throw fault("the file is longer than \(Self.sizeLimit) bytes") }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw fault("the file is not in UTF-8") }
    // By scalars: CR LF is one character.
    for content in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      let trimmed = content.last == "\r" ? content.dropLast() : content
      try take(String(String.UnicodeScalarView(trimmed)))
    }
    try finish()
    return entries
  }

  private func fault(_ reason: String) -> CatalogueError { CatalogueError(line: max(line, 1), reason: reason) }

  private mutating func take(_ content: String) throws(CatalogueError) {
    if content.allSatisfy({ $0 == " " || $0 == "\t" }) { return try finish() }
    if content.hasPrefix("#") { return try comment(content) }
    if content.hasPrefix("\"") { return try goOn(try quoted(content)) }
    guard let space = content.firstIndex(where: { $0 == " " || $0 == "\t" }) else {
      throw fault("this is no line of a catalogue: \(content)")
    }
    let value = content[space...].drop { $0 == " " || $0 == "\t" }
    try begin(String(content[..<space]), try quoted(String(value)))
  }

  private mutating func comment(_ content: String) throws(CatalogueError) {
    // Of what follows an entry's texts, and of entries that are out of use, nothing belongs to that entry.
    if entry.isBegun { try finish() }
    if content.hasPrefix("#,") {
      entry.flags.formUnion(content.dropFirst(2).split(separator: ",").map { $0.filter { $0 != " " } })
    } else if content.hasPrefix("#.") {
      let words = String(content.dropFirst(2).drop { $0 == " " })
      entry.comment += entry.comment.isEmpty ? words : "\n" + words
    }
  }

  /// Takes in a keyword; each has one place in an entry.
  private mutating func begin(_ keyword: String, _ text: String) throws(CatalogueError) {
    switch keyword {
    case "msgctxt":
      if entry.isBegun { try finish() }
      entry.line = line
      (entry.context, part) = (text, .context)
    case "msgid":
      if entry.source != nil { try finish() }
      if entry.context == nil { entry.line = line }
      (entry.source, part) = (text, .source)
    case "msgid_plural":
      guard entry.source != nil, entry.sourcePlural == nil, entry.texts.isEmpty else {
        throw fault("msgid_plural does not follow a msgid")
      }
      (entry.sourcePlural, part) = (text, .sourcePlural)
    case "msgstr":
      guard entry.source != nil, entry.sourcePlural == nil, entry.texts.isEmpty else {
        throw fault("msgstr does not follow a msgid without a plural")
      }
      entry.texts = [text]
      part = .text(0)
    default:
      guard keyword == "msgstr[\(entry.texts.count)]", entry.sourcePlural != nil else {
        throw fault("\(keyword) is no keyword, or not the next one here")
      }
      part = .text(entry.texts.count)
      entry.texts.append(text)
    }
  }

  private mutating func goOn(_ text: String) throws(CatalogueError) {
    switch part {
    case .context: entry.context? += text
    case .source: entry.source? += text
    case .sourcePlural: entry.sourcePlural? += text
    case .text(let index): entry.texts[index] += text
    case nil: throw fault("a text stands here without a keyword before it")
    }
  }

  private mutating func finish() throws(CatalogueError) {
    defer { part = nil }
    guard entry.isBegun else { return }
    guard entry.source != nil, !entry.texts.isEmpty else {
      throw CatalogueError(line: entry.line, reason: "the entry has no msgid or no msgstr")
    }
    entries.append(entry)
    entry = RawEntry(line: line)
  }

  private func quoted(_ content: String) throws(CatalogueError) -> String {
    var rest = Substring(content)
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    guard rest.count >= 2, rest.first == "\"", rest.last == "\"" else {
      throw fault("a text has no quotes around it: \(content)")
    }
    var scalars = rest.dropFirst().dropLast().unicodeScalars
    var text = String.UnicodeScalarView()
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"": throw fault("a quote within a text is not escaped")
      case "\\":
        guard let escaped = scalars.popFirst(), let meaning = Self.escapes[escaped] else {
          throw fault("an escape is not one of \\n, \\t, \\r, \\\" and \\\\")
        }
        text.append(meaning)
      default: text.append(scalar)
      }
    }
    return String(text)
  }

  private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
    "n": "\n", "t": "\t", "r": "\r", "\"": "\"", "\\": "\\",
  ]
}

extension CatalogueReader.RawEntry {
  /// The entry, which has a key and as many texts as it needs.
  func checked(forms: Int) throws(CatalogueError) -> Catalogue.Entry {
    guard let context, !context.isEmpty else {
      throw CatalogueError(line: line, reason: "the entry has no msgctxt, which is the key of its sentence")
    }
    let wanted = sourcePlural == nil ? 1 : forms
    guard texts.count == wanted else {
      throw CatalogueError(line: line, reason: "\(context) has \(texts.count) texts; it needs \(wanted)")
    }
    return Catalogue.Entry(
      line: line,
      context: context,
      source: source ?? "",
      sourcePlural: sourcePlural,
      texts: texts,
      comment: comment,
      flags: flags
    )
  }
}
