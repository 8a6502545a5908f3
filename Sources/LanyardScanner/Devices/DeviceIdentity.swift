import LanyardAPI
package import LanyardDomain
import LanyardMessages

/// What a device was told when it enrolled, and since by the organiser; it is kept in the device's folder.
package struct DeviceIdentity: Codable, Hashable, Sendable {
  package struct Checkpoint: Codable, Hashable, Sendable {
    package let address: CheckpointAddress
    package let displayName: String

    private enum CodingKeys: String, CodingKey {
      case address = "name"
      case displayName
    }

    package init(_ address: CheckpointAddress, displayName: String) {
      self.address = address
      self.displayName = displayName
    }

    /// - Throws: `InvalidInput` where the server's answer does not name it.
    init(_ checkpoint: Lanyard_V1_Checkpoint) throws(InvalidInput) {
      self.init(try ResourceName.checkpoint(checkpoint.name, field: "name"), displayName: checkpoint.displayName)
    }

    /// Whether a person means this one.
    func isCalled(_ text: String) -> Bool { address.isMeant(by: text, called: displayName) }
  }

  /// Where the server is.
  package let server: Endpoint
  package let device: DeviceAddress
  package var displayName: String
  /// Empty means all of the event.
  package var checkpoints: [Checkpoint]
  /// All of the event, as they were called when it enrolled, where the device may scan at all of them.
  var known: [Checkpoint]?
  package var isSupervisor: Bool
  /// What it is for; nil where it enrolled before that was kept.
  var profile: DeviceProfile?
  /// Whether it was told which authority to trust, that of the folder; nil where it enrolled before that was kept.
  var hasAuthority: Bool?

  /// Whether it is for scanning, as all were whose profile was not kept.
  package var isForScanning: Bool { profile.map(\.scans) ?? true }

  /// Whether it may scan at a checkpoint.
  func mayScan(at checkpoint: CheckpointAddress) -> Bool {
    checkpoint.event == device.event
      && Device.mayScan(at: checkpoint.checkpoint, of: checkpoints.map(\.address.checkpoint))
  }
}

extension DeviceIdentity {
  /// - Parameter all: The checkpoints of the event; one of the device that is none of them, as where it was removed meanwhile, is
  ///   called by its id: without it the device might scan at all.
  /// - Throws: `InvalidInput` where this version does not know what the device is for, or a name in the server's answer is none.
  init(_ device: Lanyard_V1_Device, at server: Endpoint, all: [Lanyard_V1_Checkpoint]) throws(InvalidInput) {
    let address = try ResourceName.device(device.name, field: "name")
    var (known, own): ([Checkpoint], [Checkpoint]) = ([], [])
    for checkpoint in all { known.append(try Checkpoint(checkpoint)) }
    for (index, name) in device.checkpoints.enumerated() {
      let place = try ResourceName.checkpoint(name, field: "checkpoints[\(index)]")
      own.append(known.first { $0.address == place } ?? Checkpoint(place, displayName: place.checkpoint))
    }
    self.init(
      server: server,
      device: address,
      displayName: device.displayName,
      checkpoints: own,
      known: own.isEmpty ? known : nil,
      isSupervisor: device.supervisor,
      profile: try DeviceProfile(device.profile, field: "profile")
    )
  }

  /// Whether it is what a device is by now, but for what its checkpoints are called.
  func isUpToDate(with device: Lanyard_V1_Device) -> Bool {
    device.profile.value != nil
      && (displayName, isSupervisor, profile) == (device.displayName, device.supervisor, device.profile.value)
      && checkpoints.map(\.address.name.description) == device.checkpoints
  }
}

extension DeviceProfile: Codable {
  /// - Throws: `InvalidInput` where the word is of a profile that this version does not know.
  package init(from decoder: any Decoder) throws {
    let word = try decoder.singleValueContainer().decode(String.self)
    guard let profile = DeviceProfile(rawValue: word) else {
      throw InvalidInput(field: "profile", .notStated(known: Self.allCases.map(\.rawValue).joined(separator: ", ")))
    }
    self = profile
  }
}
