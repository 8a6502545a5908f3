import GRDB

/// One row of a table, with columns named in snake case.
protocol StoreRow: Codable, FetchableRecord, MutablePersistableRecord, Sendable {}

extension StoreRow {
  static var databaseColumnDecodingStrategy: DatabaseColumnDecodingStrategy { .convertFromSnakeCase }
  static var databaseColumnEncodingStrategy: DatabaseColumnEncodingStrategy { .convertToSnakeCase }
}
