/// Columns of a table that are written together, and read in the same order.
struct TableColumns {
  let table: String
  let names: [String]

  init(_ table: String, _ names: [String]) {
    (self.table, self.names) = (table, names)
  }

  /// For an INSERT.
  var list: String { names.joined(separator: ", ") }
  /// Their values, for an INSERT.
  var parameters: String { names.map { _ in "?" }.joined(separator: ", ") }
  /// For an UPDATE.
  var assignments: String { names.map { "\($0) = ?" }.joined(separator: ", ") }
  /// For a SELECT.
  var selection: String { names.map { "\(table).\($0)" }.joined(separator: ", ") }
}
