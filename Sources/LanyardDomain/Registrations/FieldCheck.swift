import Foundation

/// Collects the faults of a form or document while its fields are checked one after the other.
struct FieldCheck {
  /// The most faults that are told: who has so many reads the first ones.
  static let limit = 50

  private var violations: [FieldViolation] = []
  /// Faults found, those past the limit too.
  private(set) var count = 0

  /// Notes a fault; past the limit it is not even made.
  mutating func add(_ field: String, _ fault: @autoclosure () -> Fault) {
    count += 1
    if violations.count < Self.limit { violations.append(FieldViolation(field: field, fault())) }
  }

  /// Notes a fault of a value of a document.
  mutating func add(_ field: String, _ fault: @autoclosure () -> DocumentFault) {
    add(field, Fault.document(fault()))
  }

  /// Notes a fault of a programme.
  mutating func add(_ field: String, _ fault: @autoclosure () -> ProgrammeFault) {
    add(field, Fault.programme(fault()))
  }

  func hasViolations(of fields: [String]) -> Bool {
    violations.contains { fields.contains($0.field) }
  }

  mutating func text(_ text: String, limit: Int, field: String) -> String {
    do throws(InvalidInput) {
      return try PlainText.validated(text, limit: limit, field: field)
    } catch {
      for violation in error.violations { add(violation.field, violation.fault) }
      return ""
    }
  }

  /// A text of a person, in plain text and of the form that it has to have.
  mutating func text(_ text: String, of field: PersonField) -> String {
    let declared = field.declaration
    do throws(InvalidInput) {
      let plain = try PlainText.validated(text, limit: declared.limit, field: field.rawValue)
      guard let fault = declared.fault(plain) else { return plain }
      add(field.rawValue, fault)
    } catch {
      // Where a text is too long for its form, the form tells more than the limit.
      let fault = text.count > declared.limit ? declared.fault(text) : nil
      add(field.rawValue, fault ?? error.violations[0].fault)
    }
    return ""
  }

  /// The id of the term that a text means, in the event's own spelling: texts that are equal may differ in their normal
  /// form, and a store compares bytes.
  ///
  /// - Parameter language: The event's, in which faults name the choices.
  mutating func choice(
    _ text: String,
    of terms: [Term],
    called language: Language,
    field: String,
    required: Bool
  ) -> String {
    func choices() -> [String] { terms.choices.map { $0.name(in: language, of: language) } }
    if text.isEmpty {
      if required { add(field, .noChoice(choices: choices())) }
      return text
    }
    guard let term = terms.meant(by: text) else {
      add(field, terms.choices.isEmpty ? .nothingToChoose : .unknownChoice(choices: choices()))
      return ""
    }
    return term.id
  }

  mutating func country(_ code: String, field: String) -> String {
    guard let fault = Country.fault(of: code) else { return code }
    add(field, fault)
    return ""
  }

  func finish() throws(InvalidInput) {
    guard violations.isEmpty else { throw InvalidInput(violations) }
  }
}

/// Countries by their codes.
package enum Country {
  /// What is wrong with a code; nil where nothing is, or it is empty.
  static func fault(of code: String) -> Fault? { code.isEmpty || codes.contains(code) ? nil : .noCountry }

  /// ISO 3166-1 alpha-2 codes that this machine's Unicode data knows, and XK, which the standard leaves to its users.
  package static let codes: Set<String> = Set(
    Locale.Region.isoRegions.map(\.identifier).filter { code in
      code.utf8.count == 2 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    }
  ).subtracting(reserved)

  /// Codes of Unicode's data that stand for no country: unions, and parts of countries that the standard only reserves.
  private static let reserved: Set<String> = ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "UK"]
}

/// Language tags.
package enum LanguageTag {
  /// What is wrong with a tag; nil where nothing is, or it is empty.
  static func fault(of text: String) -> Fault? { text.isEmpty || isWellFormed(text) ? nil : .noLanguageTag }

  /// The language of a person's tag; nil where it is empty, or of a language that Lanyard does not speak, as people may give it.
  ///
  /// - Throws: `InvalidInput` where it is no tag.
  package static func language(_ text: String, field: String) throws(InvalidInput) -> Language? {
    if let language = Language(tag: text) { return language }
    if let fault = fault(of: text) { throw InvalidInput(field: field, fault) }
    return nil
  }

  /// Whether the text has the form of a BCP 47 tag: a language of 2 or 3 letters, then subtags of 1 to 8 letters and
  /// digits.
  package static func isWellFormed(_ text: String) -> Bool {
    let subtags = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let language = subtags.first, (2...3).contains(language.utf8.count),
      language.allSatisfy({ $0.isASCII && $0.isLetter })
    else { return false }
    return subtags.dropFirst().allSatisfy { subtag in
      (1...8).contains(subtag.utf8.count) && subtag.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
  }
}
