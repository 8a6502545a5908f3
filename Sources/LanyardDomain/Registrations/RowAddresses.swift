/// Finds the rows of a file whose e-mail address an earlier row has.
package struct RowAddresses: Sendable {
  /// The most addresses that are remembered.
  package static let limit = 200_000

  /// The row that has an address.
  private var rows: [String: Int] = [:]

  package init() {}

  /// Remembers the address of a row; what is wrong where an earlier one has it, nil where none does or there is no address.
  package mutating func note(_ address: String, row: Int) -> FieldViolation? {
    let key = EmailAddress.key(address)
    guard !key.isEmpty else { return nil }
    if let other = rows[key] { return FieldViolation(field: PersonField.email.rawValue, .table(.twice(row: other))) }
    if rows.count < Self.limit { rows[key] = row }
    return nil
  }
}
