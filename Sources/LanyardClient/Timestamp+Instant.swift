package import LanyardDomain
package import SwiftProtobuf

extension Google_Protobuf_Timestamp {
  /// The moment, to the microsecond.
  package init(_ instant: Instant) {
    self.init(seconds: instant.seconds, nanos: Int32((instant.microseconds - instant.seconds * 1_000_000) * 1000))
  }
}

extension Instant {
  /// The moment that a server told, to the microsecond.
  package init(_ timestamp: Google_Protobuf_Timestamp) {
    self.init(microseconds: timestamp.seconds * 1_000_000 + Int64(timestamp.nanos) / 1000)
  }
}
