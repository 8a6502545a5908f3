import GRDB

/// What stands for an event in the index of names: three private-use characters, which no name may hold, so that the index has
/// one entry of three letters for each event.
enum EventLetters {
  /// The view that the index is made of.
  ///
  /// - Parameters:
  ///   - table: Has the names, with a column `event_id`.
  ///   - key: Its column with the key of the registration.
  static func view(of table: String, key: String) -> String {
    "CREATE VIEW attendee AS SELECT \(key) AS id, \(letters(of: "event_id")) AS event, attendee_key FROM \(table);"
  }

  /// The letters of an event by the store's key.
  static func text(of event: Int64, _ db: Database) throws -> String {
    let statement = try db.cachedStatement(sql: "SELECT \(letters(of: "?1"))")
    return try String.fetchOne(statement, arguments: [event]) ?? ""
  }

  /// The letters of an event whose key an expression of SQL gives.
  private static func letters(of event: String) -> String {
    "char(57344 + \(event) / 4096 % 4096, 57344 + \(event) % 4096, 57344)"
  }
}
