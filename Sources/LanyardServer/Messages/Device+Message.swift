import LanyardAPI
import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Device {
  init(_ device: Device) {
    self.init()
    name = ResourceName.device(device.id, of: device.event).description
    displayName = device.displayName
    switch device.profile {
    case .lane: profile = .lane
    case .door: profile = .door
    case .desk: profile = .desk
    case .kiosk: profile = .kiosk
    }
    checkpoints = device.checkpoints.map { ResourceName.checkpoint($0, of: device.event).description }
    supervisor = device.isSupervisor
    state = device.revokedAt == nil ? .active : .revoked
    enrolTime = Google_Protobuf_Timestamp(device.enrolledAt)
    if let revokedAt = device.revokedAt { revokeTime = Google_Protobuf_Timestamp(revokedAt) }
    if let endsAt = device.certificateEndsAt { certificateExpireTime = Google_Protobuf_Timestamp(endsAt) }
    if let report = device.report {
      lastSeenTime = Google_Protobuf_Timestamp(report.receivedAt)
      version = report.version
      scansWaiting = Int32(clamping: report.scansWaiting)
      if let offset = report.clockOffset { clockOffset = Google_Protobuf_Duration(rounding: offset) }
    }
  }
}

extension Lanyard_V1_DeviceProfile {
  /// What a device is for.
  ///
  /// - Throws: `InvalidInput` where it is not stated or not known here.
  func profile(field: String) throws(InvalidInput) -> DeviceProfile {
    switch self {
    case .lane: return .lane
    case .door: return .door
    case .desk: return .desk
    case .kiosk: return .kiosk
    case .unspecified, .UNRECOGNIZED:
      throw InvalidInput(
        field: field,
        reason: "is not stated or not known; say DEVICE_PROFILE_LANE, DEVICE_PROFILE_DOOR, DEVICE_PROFILE_DESK or "
          + "DEVICE_PROFILE_KIOSK"
      )
    }
  }
}
