package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Scan {
  /// A reading as it is sent; `SubmittedScan` is its inverse.
  ///
  /// - Parameters:
  ///   - badge: One that was found by name, in place of a code.
  ///   - direction: Nil leaves it to the checkpoint.
  ///   - scannedAt: By the device's clock; nil where the server is to take its own.
  ///   - missedExitAfter: When the person was admitted before that, where it is said of this admission alone.
  package init(
    id: UUIDBytes,
    code: String,
    badge: ResourceName? = nil,
    direction: Direction?,
    scannedAt: Instant?,
    override: OverrideNote? = nil,
    missedExit: OverrideNote? = nil,
    missedExitAfter: Instant? = nil
  ) {
    self.init()
    scanID = id.description
    self.code = code
    if let badge { self.badge = badge.description }
    if let direction { self.direction = direction.wire }
    if let scannedAt { scanTime = Google_Protobuf_Timestamp(scannedAt) }
    if let override { self.override = Lanyard_V1_Override(override) }
    guard let missedExit else { return }
    self.missedExit = Lanyard_V1_MissedExit(missedExit)
    if let missedExitAfter { self.missedExit.admitTime = Google_Protobuf_Timestamp(missedExitAfter) }
  }
}
