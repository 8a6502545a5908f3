import Crypto
package import LanyardDomain

/// A hash over rows of the ledger, in their order: what a link of the trail says of a batch of scans. It covers the
/// answer and all that decides what it counts for; not who let somebody in and what they wrote, which can be erased.
package struct ScanDigest {
  package private(set) var count: Int64 = 0
  private var first: Int64 = 0
  private var last: Int64 = 0
  private var hash = SHA256()

  package init() {}

  package mutating func add(_ row: LedgerRow) {
    if count == 0 { first = row.number.value }
    last = row.number.value
    count += 1
    row.canonical.bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }

  /// The facts of a link, as the trail has them.
  package var facts: String? { change(of: "").after.map(Fact.json) }

  /// The change that says so.
  package func change(of event: String, isTakenOver: Bool = false) -> Change {
    Change.scans(
      count: count,
      sequences: first...last,
      digest: [UInt8](hash.finalize()).hexText,
      of: event,
      isTakenOver: isTakenOver
    )
  }
}

extension [UInt8] {
  /// Two hexadecimal digits a byte.
  package var hexText: String {
    String(unsafeUninitializedCapacity: 2 * count) { text in
      func digit(_ value: UInt8) -> UInt8 { value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10) }
      for (index, byte) in enumerated() {
        text[2 * index] = digit(byte >> 4)
        text[2 * index + 1] = digit(byte & 15)
      }
      return 2 * count
    }
  }
}
