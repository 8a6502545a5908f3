/// Where a checkpoint is found.
package struct CheckpointAddress: Hashable, Sendable {
  /// Slug of the event.
  package let event: String
  /// Resource id of the checkpoint.
  package let checkpoint: String

  package init(event: String, checkpoint: String) {
    self.event = event
    self.checkpoint = checkpoint
  }

  package var name: ResourceName { .checkpoint(checkpoint, of: event) }

  /// Whether a person means it by a text: its resource name, its id, or what it is called on the screens.
  package func isMeant(by text: String, called displayName: String) -> Bool {
    name.description == text || checkpoint == text || displayName.lowercased() == text.lowercased()
  }
}

/// Where a device is found.
package struct DeviceAddress: Hashable, Sendable {
  /// Slug of the event.
  package let event: String
  /// Resource id of the device.
  package let id: String

  package init(event: String, id: String) {
    self.event = event
    self.id = id
  }

  package var name: ResourceName { .device(id, of: event) }
}

/// Kept as its resource name.
extension CheckpointAddress: Codable {
  package init(from decoder: any Decoder) throws {
    self = try ResourceName.checkpoint(String(from: decoder), field: decoder.field)
  }

  package func encode(to encoder: any Encoder) throws { try name.description.encode(to: encoder) }
}

/// Kept as its resource name.
extension DeviceAddress: Codable {
  package init(from decoder: any Decoder) throws {
    self = try ResourceName.device(String(from: decoder), field: decoder.field)
  }

  package func encode(to encoder: any Encoder) throws { try name.description.encode(to: encoder) }
}

extension Decoder {
  /// What is being read.
  fileprivate var field: String { codingPath.map(\.stringValue).joined(separator: ".") }
}
