extension SQLSession {
  /// Runs a statement that adds one row and returns its key.
  package func key(of addition: SQL, _ values: [any SQLValue]) throws -> Int64 {
    // Read to its end: then the row is there.
    guard let key = try all(addition, values, { try $0.integer(0) }).first else {
      throw StoreError.failed(code: -1, about: "a row was added and has no key")
    }
    return key
  }
}
