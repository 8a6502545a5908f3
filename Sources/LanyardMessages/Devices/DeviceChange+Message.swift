package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

/// What a mask may name.
private enum Field: String, CaseIterable {
  case displayName = "display_name"
  case checkpoints, supervisor
}

extension DeviceChange {
  /// The changes that the mask of a request names; name and checkpoints as they were sent, for the service to check.
  package init(
    _ request: Lanyard_V1_UpdateDeviceRequest,
    displayName: (String) throws(InvalidInput) -> String,
    checkpoints: ([String]) throws(InvalidInput) -> [String]
  ) throws(InvalidInput) {
    self.init()
    let new = request.device
    for field in try request.updateMask.fields(of: Field.self) {
      switch field {
      case .displayName: self.displayName = try displayName(new.displayName)
      case .checkpoints: self.checkpoints = try checkpoints(new.checkpoints)
      case .supervisor: isSupervisor = new.supervisor
      }
    }
  }
}

extension Lanyard_V1_UpdateDeviceRequest {
  /// Asks for a change of the device with this name, of the event with this slug; the mask names what it changes.
  package init(_ change: DeviceChange, of name: ResourceName, in event: String) {
    self.init()
    device.name = name.description
    var fields: [Field] = []
    if let name = change.displayName { (device.displayName, fields) = (name, fields + [.displayName]) }
    if let checkpoints = change.checkpoints {
      device.checkpoints = checkpoints.map { ResourceName.checkpoint($0, of: event).description }
      fields.append(.checkpoints)
    }
    if let isSupervisor = change.isSupervisor { (device.supervisor, fields) = (isSupervisor, fields + [.supervisor]) }
    updateMask = .init(of: fields)
  }
}
