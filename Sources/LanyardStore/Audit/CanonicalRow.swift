/// The values of a row as bytes that stand for these values alone: each with its kind, texts and bytes with their length.
package struct CanonicalRow {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Begins anew with what the row is of, so that rows of one kind are never taken for those of another.
  package mutating func begin(_ domain: StaticString) {
    bytes.removeAll(keepingCapacity: true)
    domain.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(0)
  }

  package mutating func add(_ value: Int64?) {
    guard let value else { return bytes.append(Kind.null) }
    bytes.append(Kind.number)
    append(UInt64(bitPattern: value))
  }

  package mutating func add(_ text: String?) {
    guard var text else { return bytes.append(Kind.null) }
    text.withUTF8 { add(kind: Kind.text, $0) }
  }

  package mutating func add(_ data: [UInt8]) {
    data.withUnsafeBufferPointer { add(kind: Kind.data, $0) }
  }

  private mutating func add(kind: UInt8, _ content: UnsafeBufferPointer<UInt8>) {
    bytes.append(kind)
    append(UInt64(content.count))
    bytes.append(contentsOf: content)
  }

  private mutating func append(_ value: UInt64) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  private enum Kind {
    static let null: UInt8 = 0
    static let number: UInt8 = 1
    static let text: UInt8 = 2
    static let data: UInt8 = 3
  }
}
