extension SQLSession {
  /// Runs a statement that adds one row and returns its key.
  package func key(of addition: SQL, _ values: [any SQLValue]) throws -> Int64 {
    guard let key = try keyIfNew(of: addition, values) else {
      throw StoreError.failed(.programmer, about: "a row was added and has no key")
    }
    return key
  }

  /// Runs a statement that adds one row, or none where what it names is there already; returns the row's key.
  package func keyIfNew(of addition: SQL, _ values: [any SQLValue]) throws -> Int64? {
    // Read to its end: then the row is there.
    try all(addition, values, { try $0.integer(0) }).first
  }
}
