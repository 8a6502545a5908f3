import Foundation

/// Collects the faults of a form while its fields are checked one after the other.
struct FieldCheck {
  private var violations: [FieldViolation] = []

  mutating func add(_ field: String, _ reason: String) {
    violations.append(FieldViolation(field: field, reason: reason))
  }

  func hasViolations(of fields: [String]) -> Bool {
    violations.contains { fields.contains($0.field) }
  }

  mutating func text(_ text: String, limit: Int, field: String) -> String {
    do throws(InvalidInput) {
      return try PlainText.validated(text, limit: limit, field: field)
    } catch {
      violations += error.violations
      return ""
    }
  }

  mutating func choice(_ text: String, of allowed: [String], field: String, required: Bool) -> String {
    if text.isEmpty {
      if required { add(field, "is empty; say one of: \(allowed.joined(separator: ", "))") }
      return text
    }
    guard allowed.contains(text) else {
      let known = allowed.isEmpty ? "this event has none; leave it empty" : allowed.joined(separator: ", ")
      add(field, "is not one that this event has: \(known)")
      return ""
    }
    return text
  }

  mutating func country(_ code: String, field: String) -> String {
    guard !code.isEmpty else { return code }
    guard Country.codes.contains(code) else {
      add(field, "is not an ISO 3166-1 alpha-2 country code in capitals, such as CH")
      return ""
    }
    return code
  }

  func finish() throws(InvalidInput) {
    guard violations.isEmpty else { throw InvalidInput(violations) }
  }
}

/// Countries by their codes.
package enum Country {
  /// ISO 3166-1 alpha-2 codes that this machine's Unicode data knows.
  package static let codes: Set<String> = Set(
    Locale.Region.isoRegions.map(\.identifier).filter { code in
      code.utf8.count == 2 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    })
}

/// Language tags.
package enum LanguageTag {
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
