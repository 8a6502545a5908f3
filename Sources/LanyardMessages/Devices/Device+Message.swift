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
      if let offset = report.clockOffset { clockOffset = Google_Protobuf_Duration(offset) }
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

extension Device {
  /// - Throws: `InvalidInput` where any of it is not known to this version.
  package init(_ message: Lanyard_V1_Device) throws(InvalidInput) {
    let address = try ResourceName.device(message.name, field: "name")
    self.init(
      id: address.id,
      event: address.event,
      displayName: message.displayName,
      profile: try DeviceProfile(message.profile, field: "profile"),
      checkpoints: try Self.places(message.checkpoints, of: address.event),
      isSupervisor: message.supervisor,
      enrolledAt: try message.enrolTime.instant(field: "enrol_time")
    )
    switch try DeviceState(message.state, field: "state") {
    case .active: break
    case .revoked:
      guard message.hasRevokeTime else { throw InvalidInput(field: "revoke_time", .noTime) }
      revokedAt = try message.revokeTime.instant(field: "revoke_time")
    }
    if message.hasCertificateExpireTime {
      certificateEndsAt = try message.certificateExpireTime.instant(field: "certificate_expire_time")
    }
    guard message.hasLastSeenTime else { return }
    guard message.scansWaiting >= 0 else { throw InvalidInput(field: "scans_waiting", .isNegative) }
    report = DeviceReport(
      version: message.version,
      scansWaiting: Int(message.scansWaiting),
      clockOffset: try message.hasClockOffset ? message.clockOffset.length(field: "clock_offset") : nil,
      receivedAt: try message.lastSeenTime.instant(field: "last_seen_time"),
      endedAt: try message.hasEndTime ? message.endTime.instant(field: "end_time") : nil
    )
  }

  /// Ids of the checkpoints that a device or a code is for.
  fileprivate static func places(_ names: [String], of event: String) throws(InvalidInput) -> [String] {
    try ResourceName.checkpoints(names, of: event, limit: .max, field: "checkpoints")
  }
}

extension Enrolment {
  /// The code without to whom its place is promised, which no message says.
  ///
  /// - Throws: `InvalidInput` where any of it is not known to this version.
  package init(_ message: Lanyard_V1_EnrolmentCode) throws(InvalidInput) {
    let named = try ResourceName.enrolmentCode(message.name, field: "name")
    self.init(
      id: named.id,
      event: named.event,
      displayName: message.displayName,
      profile: try DeviceProfile(message.profile, field: "profile"),
      checkpoints: try Device.places(message.checkpoints, of: named.event),
      isSupervisor: message.supervisor,
      expiresAt: try message.expireTime.instant(field: "expire_time"),
      withdrawnAt: try message.hasWithdrawTime ? message.withdrawTime.instant(field: "withdraw_time") : nil,
      promise: nil
    )
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
