package import LanyardDomain
package import SwiftProtobuf

extension Google_Protobuf_Timestamp {
  private static let range = -62_135_596_800...253_402_300_799 as ClosedRange<Int64>

  /// The moment, to the microsecond.
  package init(_ instant: Instant) {
    self.init(seconds: instant.seconds, nanos: Int32((instant.microseconds - instant.seconds * 1_000_000) * 1000))
  }

  /// The moment, to the microsecond.
  ///
  /// - Throws: `InvalidInput` outside the years 1 to 9999.
  package func instant(field: String) throws(InvalidInput) -> Instant {
    guard Self.range.contains(seconds), (0...999_999_999).contains(nanos) else {
      throw InvalidInput(field: field, .noTime)
    }
    return Instant(microseconds: seconds * 1_000_000 + Int64(nanos) / 1000)
  }

  /// The nearest moment between the years 1 and 9999.
  fileprivate var nearest: Instant {
    let seconds = min(max(seconds, Self.range.lowerBound), Self.range.upperBound)
    return Instant(microseconds: seconds * 1_000_000 + Int64(min(max(nanos, 0), 999_999_999)) / 1000)
  }
}

extension Instant {
  /// The moment that a server told, to the microsecond, or the nearest between the years 1 and 9999, for who is shown it: there
  /// a strange time is better than none. What decides by it asks for `instant(field:)`.
  package init(shown timestamp: Google_Protobuf_Timestamp) { self = timestamp.nearest }
}
