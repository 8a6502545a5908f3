package import LanyardDomain
package import SwiftProtobuf

extension Google_Protobuf_Timestamp {
  /// The moment, to the microsecond.
  package init(_ instant: Instant) {
    self.init(seconds: instant.seconds, nanos: Int32((instant.microseconds - instant.seconds * 1_000_000) * 1000))
  }
}

extension Instant {
  /// The moment that a server told, to the microsecond; the nearest between the years 1 and 9999.
  package init(_ timestamp: Google_Protobuf_Timestamp) {
    let seconds = min(max(timestamp.seconds, -62_135_596_800), 253_402_300_799)
    self.init(microseconds: seconds * 1_000_000 + Int64(timestamp.nanos) / 1000)
  }
}
