import Foundation
package import LanyardClient
package import LanyardDomain

/// Where a lane scans, how it comes in, and where it keeps what it has not uploaded.
package struct LanePlace: Sendable {
  /// Who keeps the lane's journal.
  package enum Keeper: Sendable {
    case device(DeviceFolder)
    /// A lane without a device of its own: this folder holds the journals of all such lanes.
    case folder(String)
  }

  package let checkpoint: CheckpointAddress
  package let displayName: String
  package let isSupervisor: Bool
  let keeper: Keeper
  /// Of the operators.
  package let language: Language
  /// For which server and event it scans.
  package let origin: JournalOrigin
  /// The way in, with no language asked for.
  let unspokenAccess: @Sendable () async throws -> ServerAccess

  /// The way in, in the operators' language.
  package var access: @Sendable () async throws -> ServerAccess {
    let (access, tag) = (unspokenAccess, language.tag)
    return {
      var access = try await access()
      access.language = tag
      return access
    }
  }

  /// Whether operators may override; of a token only the server knows.
  package var mayOverride: Bool {
    if case .device = keeper { isSupervisor } else { true }
  }

  /// Asks what the device is by now, and keeps that; nil for a lane without one.
  package var learn: @Sendable (ServerClient) async throws -> DeviceIdentity? {
    switch keeper {
    case .device(let folder): { try await folder.learn($0) }
    case .folder: { _ in nil }
    }
  }

  /// Renews the device's certificate where it is due.
  package var renew: @Sendable (ServerClient, Instant?) async throws -> Void {
    switch keeper {
    case .device(let folder): { try await folder.renewIfDue($0, at: $1.map { Date($0) } ?? Date()) }
    case .folder: { _, _ in }
    }
  }
}
