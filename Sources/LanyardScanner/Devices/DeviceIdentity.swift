package import LanyardDomain

/// What a device was told when it enrolled; it is kept in the device's folder.
package struct DeviceIdentity: Codable, Sendable {
  package struct Checkpoint: Codable, Sendable {
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
  package let displayName: String
  /// Empty means all of the event.
  package let checkpoints: [Checkpoint]
  /// All of the event, as they were called when it enrolled, where the device may scan at all of them.
  var known: [Checkpoint]?
  package let isSupervisor: Bool
}
