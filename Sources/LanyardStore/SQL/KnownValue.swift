package import LanyardDomain

/// The value of the domain that a column says.
///
/// - Throws: `StoreError.unknownValue` where this version does not know it: a default might open a door.
@inline(__always)
package func known<Value: RawRepresentable>(
  _ text: Value.RawValue,
  _ table: StaticString,
  _ column: StaticString
) throws(StoreError) -> Value {
  guard let value = Value(rawValue: text) else { throw .unknownValue(table: "\(table)", column: "\(column)") }
  return value
}

/// The language of a person's tag, which a column says; nil where they gave none that Lanyard speaks.
///
/// - Throws: `StoreError.unknownValue` where it is no tag.
@inline(__always)
package func known(
  language tag: String,
  _ table: StaticString,
  _ column: StaticString
) throws(StoreError) -> Language? {
  do throws(InvalidInput) {
    return try LanguageTag.language(tag, field: "\(column)")
  } catch {
    throw .unknownValue(table: "\(table)", column: "\(column)")
  }
}

/// The number of a column in the size that the domain has for it.
///
/// - Throws: `StoreError.unknownValue` where it is too large or too small: cut off it would be another's.
package func known<Number: FixedWidthInteger>(
  number: Int64,
  _ table: StaticString,
  _ column: StaticString
) throws(StoreError) -> Number {
  guard let number = Number(exactly: number) else { throw .unknownValue(table: "\(table)", column: "\(column)") }
  return number
}

/// The time from one moment to another, which are two columns.
///
/// - Parameter column: That of the end.
/// - Throws: `StoreError.unknownValue` where it ends before it begins.
@inline(__always)
package func known(
  from start: Instant,
  until end: Instant,
  _ table: StaticString,
  _ column: StaticString
) throws(StoreError) -> Range<Instant> {
  guard start < end else { throw .unknownValue(table: "\(table)", column: "\(column)") }
  return start..<end
}

/// The number of a column, where it is one that can be.
///
/// - Throws: `StoreError.unknownValue`.
package func known(
  _ number: Int,
  in range: some RangeExpression<Int>,
  _ table: StaticString,
  _ column: StaticString
) throws(StoreError) -> Int {
  guard range.contains(number) else { throw .unknownValue(table: "\(table)", column: "\(column)") }
  return number
}

/// The 32 bytes of a SHA-256 or of a key, which a column has.
///
/// - Throws: `StoreError.unknownValue` where it has fewer or more.
package func known(
  digest bytes: [UInt8],
  _ table: StaticString,
  _ column: StaticString
) throws(StoreError) -> [UInt8] {
  guard bytes.count == 32 else { throw .unknownValue(table: "\(table)", column: "\(column)") }
  return bytes
}
