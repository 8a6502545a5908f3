package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Device {
  package init(_ device: Device) {
    self.init()
    name = ResourceName.device(device.id, of: device.event).description
    displayName = device.displayName
    profile = device.profile.wire
    checkpoints = device.checkpoints.map { ResourceName.checkpoint($0, of: device.event).description }
    supervisor = device.isSupervisor
    state = device.state.wire
    enrolTime = Google_Protobuf_Timestamp(device.enrolledAt)
    if let revokedAt = device.revokedAt { revokeTime = Google_Protobuf_Timestamp(revokedAt) }
    if let endsAt = device.certificateEndsAt { certificateExpireTime = Google_Protobuf_Timestamp(endsAt) }
    if let report = device.report {
      lastSeenTime = Google_Protobuf_Timestamp(report.receivedAt)
      version = report.version
      scansWaiting = Int32(clamping: report.scansWaiting)
      if let endedAt = report.endedAt { endTime = Google_Protobuf_Timestamp(endedAt) }
      if let offset = report.clockOffset { clockOffset = Google_Protobuf_Duration(rounding: offset) }
    }
  }
}

extension Lanyard_V1_EnrolmentCode {
  /// The code without what a device shows.
  package init(_ enrolment: Enrolment) {
    self.init()
    name = ResourceName.enrolmentCode(enrolment.id, of: enrolment.event).description
    displayName = enrolment.displayName
    profile = enrolment.profile.wire
    checkpoints = enrolment.checkpoints.map { ResourceName.checkpoint($0, of: enrolment.event).description }
    supervisor = enrolment.isSupervisor
    expireTime = Google_Protobuf_Timestamp(enrolment.expiresAt)
    if let withdrawnAt = enrolment.withdrawnAt { withdrawTime = Google_Protobuf_Timestamp(withdrawnAt) }
  }
}

extension DeviceState: WireValue {
  package static let wirePrefix = "STATE_"

  package var wire: Lanyard_V1_Device.State {
    switch self {
    case .active: .active
    case .revoked: .revoked
    }
  }
}

extension Lanyard_V1_Device.State: WireEnum {
  package typealias Value = DeviceState
}

extension DeviceProfile: WireValue {
  package static let wirePrefix = "DEVICE_PROFILE_"

  package var wire: Lanyard_V1_DeviceProfile {
    switch self {
    case .lane: .lane
    case .door: .door
    case .desk: .desk
    case .kiosk: .kiosk
    }
  }
}

extension Lanyard_V1_DeviceProfile: WireEnum {
  package typealias Value = DeviceProfile
}
