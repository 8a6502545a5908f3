import Foundation
import GRPCCore
import LanyardAPI
package import LanyardClient
import LanyardDomain
import SwiftProtobuf

/// What the organiser changes of a device that is enrolled.
extension DeviceFolder {
  /// How long the server may take to say what the device is by now, when a lane starts.
  private static let patience = Duration.seconds(2)
  /// How long a connection to it may take to end.
  private static let endPatience = Duration.milliseconds(200)

  /// What the device is by now, where the server says so in time; else what the device knows. Why it does not say so, the lane
  /// says once it runs.
  func identityByNow(in language: Language) async throws -> DeviceIdentity {
    do {
      return try await byServer(in: language) { try await learn($0) }
    } catch {
      return try identity()
    }
  }

  /// Calls the server, for as long as somebody who starts a lane waits.
  ///
  /// - Throws: What the body throws, or what keeps the device from calling.
  func byServer<Value: Sendable>(
    in language: Language,
    _ body: @escaping @Sendable (ServerClient) async throws -> Value
  ) async throws -> Value {
    var access = try access()
    (access.language, access.callTimeout) = (language.tag, Self.patience)
    return try await withLongServerConnection(access, endingWithin: Self.endPatience, body)
  }

  /// Asks what the device is by now, and keeps that in its folder.
  ///
  /// - Throws: `RPCError`, `InvalidInput` where this version does not know what the device is for, or what keeps the folder from
  ///   being written.
  package func learn(_ client: ServerClient) async throws -> DeviceIdentity {
    let identity = try identity()
    let device: Lanyard_V1_Device
    do {
      let service = Lanyard_V1_DeviceService.Client(wrapping: client)
      device = try await service.getDevice(.with { $0.name = identity.device.name.description })
    } catch let error as RPCError where error.code == .unimplemented {
      // A server of before, where nothing of a device can be changed.
      return identity
    }
    guard !identity.isUpToDate(with: device) else { return identity }
    let event = ResourceName.event(identity.device.event).description
    var learned = try DeviceIdentity(
      device,
      at: identity.server,
      all: try await Listing.checkpoints(client, of: event)
    )
    learned.hasAuthority = identity.hasAuthority
    // Where somebody else writes the folder, the next connection learns it again.
    guard let lock = try lockFolder() else { return learned }
    defer { withExtendedLifetime(lock) {} }
    // Another device may have taken its place meanwhile.
    if try self.identity().device == learned.device { try keep(learned) }
    return learned
  }
}
