package import LanyardDomain

extension Presence {
  /// What a column has of the days before: their numbers, with a blank between two.
  package var earlierDaysText: String { earlierDays.map(String.init).joined(separator: " ") }

  /// The days that a column has.
  ///
  /// - Throws: `StoreError.unknownValue` where one is no number.
  package static func days(_ text: String) throws -> [Int] {
    try text.split(separator: " ").map { word in
      guard let day = Int(word) else { throw StoreError.unknownValue(table: "presence", column: "earlier_days") }
      return day
    }
  }
}
