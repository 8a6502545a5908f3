import LanyardDomain

extension LocalDate {
  /// The days of a column that has them with a blank between two, as `RegistrationDetails.text(of:)` writes them.
  ///
  /// - Throws: `StoreError.unknownValue` where one is no day.
  static func list(_ text: String, _ table: StaticString, _ column: StaticString) throws -> [LocalDate] {
    if text.isEmpty { return [] }
    return try text.split(separator: " ").map { word in
      guard let day = LocalDate(String(word)) else {
        throw StoreError.unknownValue(table: "\(table)", column: "\(column)")
      }
      return day
    }
  }
}
