import LanyardAPI
package import LanyardDomain
import LanyardMessages

/// What a device was told when it enrolled, and since by the organiser; it is kept in the device's folder.
package struct DeviceIdentity: Codable, Hashable, Sendable {
  package struct Checkpoint: Codable, Hashable, Sendable {
    /// Resource name.
    package let name: String
    package let displayName: String

    package init(name: String, displayName: String) {
      self.name = name
      self.displayName = displayName
    }

    /// Whether a person means this one.
    func isCalled(_ text: String) -> Bool {
      name == text || ResourcePart.last(of: name) == text || displayName.lowercased() == text.lowercased()
    }
  }

  /// Where the server is.
  package let server: Endpoint
  /// Resource name of the device.
  package let device: String
  package var displayName: String
  /// Empty means all of the event.
  package var checkpoints: [Checkpoint]
  /// All of the event, as they were called when it enrolled, where the device may scan at all of them.
  var known: [Checkpoint]?
  package var isSupervisor: Bool
  /// What it is for, as the contract has it; nil where it enrolled before that was kept.
  var profile: String?

  /// Whether it is for scanning; true where what it is for was not kept, false where this version does not know what it is for.
  package var isForScanning: Bool {
    guard let profile else { return true }
    return DeviceProfile(rawValue: profile)?.scans == true
  }

  /// Whether it may scan at a checkpoint.
  ///
  /// - Parameter checkpoint: Resource name.
  func mayScan(at checkpoint: String) -> Bool {
    Device.mayScan(at: checkpoint, of: checkpoints.map(\.name))
  }
}

extension DeviceIdentity {
  /// - Parameter all: The checkpoints of the event; one of the device that is none of them, as where it was removed meanwhile, is
  ///   called by its id: without it the device might scan at all.
  /// - Throws: `InvalidInput` where this version does not know what the device is for.
  init(_ device: Lanyard_V1_Device, at server: Endpoint, all: [Lanyard_V1_Checkpoint]) throws(InvalidInput) {
    let all = all.map { Checkpoint(name: $0.name, displayName: $0.displayName) }
    self.init(
      server: server,
      device: device.name,
      displayName: device.displayName,
      checkpoints: device.checkpoints.map { name in
        all.first { $0.name == name } ?? Checkpoint(name: name, displayName: ResourcePart.last(of: name))
      },
      known: device.checkpoints.isEmpty ? all : nil,
      isSupervisor: device.supervisor,
      profile: try DeviceProfile(device.profile, field: "profile").rawValue
    )
  }

  /// Whether it is what a device is by now, but for what its checkpoints are called.
  func isUpToDate(with device: Lanyard_V1_Device) -> Bool {
    device.profile.value != nil
      && (displayName, isSupervisor, profile) == (device.displayName, device.supervisor, device.profile.value?.rawValue)
      && checkpoints.map(\.name) == device.checkpoints
  }
}
