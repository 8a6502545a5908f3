package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_DeviceReport {
  package init(_ told: DeviceReport.Told) {
    self.init()
    version = told.version
    scansWaiting = Int32(clamping: told.scansWaiting)
    ending = told.isEnding
    if let time = told.deviceTime { deviceTime = Google_Protobuf_Timestamp(time) }
  }
}

extension DeviceReport.Told {
  /// - Parameter prefix: What stands before the names of fields in errors.
  package init(_ message: Lanyard_V1_DeviceReport, under prefix: String) throws(InvalidInput) {
    guard message.scansWaiting >= 0 else { throw InvalidInput(field: "\(prefix)scans_waiting", .isNegative) }
    self.init(
      version: try PlainText.validated(
        message.version,
        limit: DeviceReport.versionLimit,
        field: "\(prefix)version"
      ),
      scansWaiting: Int(message.scansWaiting),
      deviceTime: try message.hasDeviceTime ? message.deviceTime.instant(field: "\(prefix)device_time") : nil,
      isEnding: message.ending
    )
  }
}
