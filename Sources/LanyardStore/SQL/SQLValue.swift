package import LanyardDomain

/// What a column or a parameter can hold, whatever the engine calls it.
package enum SQLScalar: Hashable, Sendable {
  case null
  /// Of 64 bits.
  case integer(Int64)
  case text(String)
  case data([UInt8])
}

extension SQLScalar {
  /// The same for a statement to take.
  package var value: any SQLValue {
    switch self {
    case .null: nil as Int64?
    case .integer(let value): value
    case .text(let text): text
    case .data(let data): data
    }
  }
}

/// A value that a statement takes and a row gives.
package protocol SQLValue: Sendable {
  var scalar: SQLScalar { get }
  /// - Throws: `StoreError.failed` where the column holds none of the kind.
  init(_ row: any SQLRow, _ column: Int) throws
}

extension Int64: SQLValue {
  package var scalar: SQLScalar { .integer(self) }
  package init(_ row: any SQLRow, _ column: Int) throws { self = try row.integer(column) }
}

extension Int: SQLValue {
  package var scalar: SQLScalar { .integer(Int64(self)) }
  package init(_ row: any SQLRow, _ column: Int) throws { self = Int(try row.integer(column)) }
}

/// 1 or 0 in a table.
extension Bool: SQLValue {
  package var scalar: SQLScalar { .integer(self ? 1 : 0) }
  package init(_ row: any SQLRow, _ column: Int) throws { self = try row.integer(column) != 0 }
}

extension String: SQLValue {
  package var scalar: SQLScalar { .text(self) }
  package init(_ row: any SQLRow, _ column: Int) throws { self = try row.text(column) }
}

extension [UInt8]: SQLValue {
  package var scalar: SQLScalar { .data(self) }
  package init(_ row: any SQLRow, _ column: Int) throws { self = try row.data(column) }
}

/// Microseconds since 1970 in a table.
extension Instant: SQLValue {
  package var scalar: SQLScalar { .integer(microseconds) }
  package init(_ row: any SQLRow, _ column: Int) throws { self.init(microseconds: try row.integer(column)) }
}

/// The same bits with a sign in a table.
extension BadgeSerial: SQLValue {
  package var scalar: SQLScalar { .integer(Int64(bitPattern: rawValue)) }
  package init(_ row: any SQLRow, _ column: Int) throws { self.init(UInt64(bitPattern: try row.integer(column))) }
}

extension Optional: SQLValue where Wrapped: SQLValue {
  package var scalar: SQLScalar { self?.scalar ?? .null }
  package init(_ row: any SQLRow, _ column: Int) throws { self = row.isNull(column) ? nil : try Wrapped(row, column) }
}

extension UUIDBytes {
  /// The two halves as tables have them: the same bits with a sign.
  package var halves: (high: Int64, low: Int64) { (Int64(bitPattern: high), Int64(bitPattern: low)) }

  /// From two columns, the first of which is given.
  package init(_ row: any SQLRow, from column: Int) throws {
    self.init(
      high: UInt64(bitPattern: try row.integer(column)),
      low: UInt64(bitPattern: try row.integer(column + 1))
    )
  }
}
