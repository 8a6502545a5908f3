package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Google_Protobuf_Timestamp {
  init(_ instant: Instant) {
    self.init(seconds: instant.seconds, nanos: Int32((instant.microseconds - instant.seconds * 1_000_000) * 1000))
  }

  /// The moment, to the microsecond.
  ///
  /// - Throws: `InvalidInput` outside the years 1 to 9999.
  func instant(field: String) throws(InvalidInput) -> Instant {
    guard (-62_135_596_800...253_402_300_799).contains(seconds), (0...999_999_999).contains(nanos) else {
      throw InvalidInput(field: field, reason: "is not a time between the years 1 and 9999")
    }
    return Instant(microseconds: seconds * 1_000_000 + Int64(nanos) / 1000)
  }
}

extension Lanyard_V1_Participation {
  package init(_ participation: Participation) {
    switch participation {
    case .onsite: self = .onsite
    case .remote: self = .remote
    }
  }

  /// Nil where it is not stated or not known here.
  package var participation: Participation? {
    switch self {
    case .onsite: .onsite
    case .remote: .remote
    case .unspecified, .UNRECOGNIZED: nil
    }
  }
}
