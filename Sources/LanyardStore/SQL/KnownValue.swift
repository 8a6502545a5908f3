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
