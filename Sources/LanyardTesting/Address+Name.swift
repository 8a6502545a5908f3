package import LanyardDomain

extension CheckpointAddress {
  /// The address that a resource name says, which has to be a checkpoint's.
  package static func named(_ name: String) -> CheckpointAddress {
    guard case .checkpoint(let id, let event)? = ResourceName(name) else {
      preconditionFailure("\(name) is no checkpoint's name")
    }
    return CheckpointAddress(event: event, checkpoint: id)
  }
}

extension DeviceAddress {
  /// The address that a resource name says, which has to be a device's.
  package static func named(_ name: String) -> DeviceAddress {
    guard case .device(let id, let event)? = ResourceName(name) else {
      preconditionFailure("\(name) is no device's name")
    }
    return DeviceAddress(event: event, id: id)
  }
}
