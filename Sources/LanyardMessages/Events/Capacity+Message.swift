import LanyardDomain

extension Capacity {
  /// A limit that is stated.
  ///
  /// - Throws: `InvalidInput` where it is none.
  static func limit(_ number: Int32, field: String) throws(InvalidInput) -> Int {
    guard range.contains(Int(number)) else { throw InvalidInput(field: field, .capacityOutOfRange) }
    return Int(number)
  }
}
