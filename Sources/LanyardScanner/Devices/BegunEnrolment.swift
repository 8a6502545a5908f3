import Foundation
import LanyardAPI
import LanyardDomain
import SwiftProtobuf

/// What an enrolment knows once it has a certificate: the server may have the device on record from then on.
struct BegunEnrolment: Codable, Sendable {
  /// Where it began.
  let server: Endpoint
  /// A `lanyard.v1.Device`.
  private let message: Data
  /// Whether the server has answered a call of the device, by which it came onto the record.
  var isOnRecord = false

  init(server: Endpoint, _ device: Lanyard_V1_Device) throws {
    self.server = server
    message = try device.serializedBytes()
  }

  func device() throws -> Lanyard_V1_Device { try Lanyard_V1_Device(serializedBytes: message) }

  /// - Throws: `InvalidInput` where the server's answer does not name the device.
  func address() throws -> DeviceAddress { try ResourceName.device(device().name, field: "device.name") }
}
