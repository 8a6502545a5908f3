import Foundation

extension EventQuestion {
  /// The most characters of an answer of one line.
  package static let textLimit = 500
  /// The most characters of an answer of several lines.
  package static let longTextLimit = 5000
  /// The most digits of a number.
  static let digitLimit = 15
  package static let (yes, no) = ("yes", "no")

  /// The answer that a text gives, as it is kept; empty where it gives none, or is at fault, which is noted. A choice can be meant
  /// by its id or by its label in any language; one that was withdrawn by its id, and whether who answers may keep it is decided
  /// later.
  ///
  /// - Parameter language: The event's, in which faults name the choices.
  func answer(_ text: String, called language: Language, _ check: inout FieldCheck) -> String {
    switch kind {
    case .text: return check.text(text, limit: Self.textLimit, field: field)
    case .longText: return lines(text, &check)
    case .choice, .choices: return chosen(text, called: language, &check)
    case .number:
      let text = check.text(text, limit: 40, field: field)
      if text.isEmpty { return "" }
      if let number = Self.number(text) { return number }
      check.add(field, .question(.noNumber))
    case .date:
      let text = check.text(text, limit: 40, field: field)
      if text.isEmpty || LocalDate(text) != nil { return text }
      check.add(field, .noDate)
    case .yesNo, .consent:
      switch check.text(text, limit: 40, field: field).lowercased() {
      case "": return ""
      case Self.yes, "true": return Self.yes
      // A consent that is not given is none.
      case Self.no, "false": return kind == .consent ? "" : Self.no
      default: check.add(field, .table(.noYesOrNo))
      }
    }
    return ""
  }

  /// A text of several lines: each in plain text, with LF between.
  private func lines(_ text: String, _ check: inout FieldCheck) -> String {
    guard text.utf8.count <= Self.longTextLimit * 32 else {
      check.add(field, .tooLong(limit: Self.longTextLimit))
      return ""
    }
    let faults = check.count
    var lines: [String] = []
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      // A tab between words is a blank.
      lines.append(check.text(String(line.replacing("\t", with: " ")), limit: Self.longTextLimit, field: field))
      if check.count > faults { return "" }
    }
    while lines.last == "" { lines.removeLast() }
    let joined = lines.drop { $0.isEmpty }.joined(separator: "\n")
    if joined.count <= Self.longTextLimit { return joined }
    check.add(field, .tooLong(limit: Self.longTextLimit))
    return ""
  }

  /// A number with a point before its fraction, without what says nothing; nil where the text is none.
  static func number(_ text: String) -> String? {
    let isNegative = text.first == "-"
    let parts = text.drop { $0 == "-" || $0 == "+" }.split(separator: ".", omittingEmptySubsequences: false)
    guard text.prefix(while: { $0 == "-" || $0 == "+" }).count <= 1, (1...2).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      parts.reduce(0, { $0 + $1.count }) <= digitLimit
    else { return nil }
    let whole = parts[0].drop { $0 == "0" }
    var fraction = parts.count == 2 ? String(parts[1]) : ""
    while fraction.last == "0" { fraction.removeLast() }
    let digits = (whole.isEmpty ? "0" : String(whole)) + (fraction.isEmpty ? "" : "." + fraction)
    return isNegative && digits != "0" ? "-" + digits : digits
  }

  private func chosen(_ text: String, called language: Language, _ check: inout FieldCheck) -> String {
    let text = check.text(text, limit: QuestionChoice.limit * (ResourceID.limit + 1), field: field)
    if text.isEmpty { return "" }
    var ids: [String] = []
    for part in parts(text) {
      guard let meant = choice(meant: part), kind == .choices || ids.isEmpty else {
        let known = choices.filter { !$0.isWithdrawn }.map { $0.label(in: language, of: language) }
        check.add(field, known.isEmpty ? .nothingToChoose : .unknownChoice(choices: known))
        return ""
      }
      ids.append(meant)
    }
    return choices.map(\.id).filter(ids.contains).joined(separator: " ")
  }

  /// The choices that a text names: one, or several with commas, semicolons or line breaks between; ids with blanks too.
  private func parts(_ text: String) -> [String] {
    guard kind == .choices, choice(meant: text) == nil else { return [text] }
    let marks: Set<Character> = [",", ";"]
    let parts = text.split { text.contains(where: marks.contains) ? marks.contains($0) : $0 == " " }
    return parts.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// The id of the choice that a text means; nil where it means none, or more than one.
  private func choice(meant text: String) -> String? {
    if choices.contains(where: { $0.id == text }) { return text }
    let key = SearchText.folded(text)
    let near = choices.filter { choice in
      !choice.isWithdrawn && (choice.id == key || choice.labels.values.contains { SearchText.folded($0) == key })
    }
    return near.count == 1 ? near[0].id : nil
  }
}
