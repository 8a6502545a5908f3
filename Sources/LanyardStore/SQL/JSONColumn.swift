import Foundation

/// Lists and tables that stand in one column, as JSON (RFC 8259) with keys in order, so that the same value always is the
/// same text.
enum JSONColumn {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// - Throws: `StoreError.unknownValue`.
  static func value<Value: Decodable>(
    _ text: String,
    _ table: StaticString,
    _ column: StaticString
  ) throws(StoreError) -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    } catch {
      throw .unknownValue(table: "\(table)", column: "\(column)")
    }
  }
}
