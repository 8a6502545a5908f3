/// Which of a language's plural forms stands beside a number: gettext's `Plural-Forms`, an expression of C in `n`.
struct PluralRule: Sendable {
  /// The most bytes of the rule.
  private static let lengthLimit = 1000
  /// The most forms; no language has more.
  private static let formLimit = 6
  /// The numbers at which a rule is tried when it is read.
  private static let tried = Array(0...1000) + [10_000, 1_000_000]

  /// How many forms there are.
  let count: Int
  private let expression: PluralExpression

  /// - Parameter text: Such as `nplurals=2; plural=(n != 1);`.
  /// - Returns: Nil where it cannot be read, or leads to a form that there is not.
  init?(_ text: String) {
    guard text.utf8.count <= Self.lengthLimit else { return nil }
    var fields: [String: String] = [:]
    for field in text.split(separator: ";") {
      guard let sign = field.firstIndex(of: "=") else {
        if field.allSatisfy(\.isWhitespace) { continue }
        return nil
      }
      fields[field[..<sign].filter { !$0.isWhitespace }] = String(field[field.index(after: sign)...])
    }
    guard let count = fields["nplurals"].flatMap({ Int($0.filter { !$0.isWhitespace }) }),
      (1...Self.formLimit).contains(count), let rule = fields["plural"], let expression = PluralExpression(rule),
      Self.tried.allSatisfy({ expression.value(at: $0).map((0..<count).contains) ?? false })
    else { return nil }
    self.count = count
    self.expression = expression
  }

  /// The position of the form for a number.
  func form(of number: Int) -> Int {
    let form = expression.value(at: Int(clamping: number.magnitude)) ?? 0
    return (0..<count).contains(form) ? form : 0
  }
}
