extension RawRepresentable<String> where Self: CaseIterable {
  /// The words of those values that a rule of the domain takes, as `IN (…)` of a statement has them.
  static func words(where rule: (Self) -> Bool) -> String {
    allCases.filter(rule).map(\.word).joined(separator: ", ")
  }
}

extension RawRepresentable<String> {
  /// The value as a statement compares a column with it.
  var word: String { "'\(rawValue)'" }
}
