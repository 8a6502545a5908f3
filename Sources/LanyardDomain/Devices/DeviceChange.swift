/// What an organiser changes of a device; what is nil stays.
package struct DeviceChange: Hashable, Sendable {
  package var displayName: String?
  /// Ids of the checkpoints that it may scan at; empty means all of the event.
  package var checkpoints: [String]?
  package var isSupervisor: Bool?

  package init() {}

  /// The device with the change made.
  ///
  /// - Throws: `DeviceRefused.ended`: one that was revoked stays as it was.
  package func applied(to device: Device) throws(DeviceRefused) -> Device {
    guard device.revokedAt == nil else { throw .ended(device.name) }
    var device = device
    if let displayName { device.displayName = displayName }
    if let checkpoints { device.checkpoints = checkpoints }
    if let isSupervisor { device.isSupervisor = isSupervisor }
    return device
  }
}

extension Device {
  package var name: ResourceName { .device(id, of: event) }

  /// Whether another state of the device may do just what this one may: then its calls go on.
  package func maySame(as other: Device) -> Bool {
    (profile, isSupervisor, Set(checkpoints)) == (other.profile, other.isSupervisor, Set(other.checkpoints))
  }
}
