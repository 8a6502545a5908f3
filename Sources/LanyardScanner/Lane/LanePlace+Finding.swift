import Foundation
import GRPCCore
import LanyardAPI
package import LanyardClient
package import LanyardDomain
import LanyardTexts

extension LanePlace {
  /// The place of a lane without a device of its own.
  ///
  /// - Parameters:
  ///   - access: The way in; asked in it is the operators' language.
  ///   - lanes: The folder with the journals of such lanes.
  ///   - checkpoint: As a person means it; nil where nobody says.
  ///   - event: Slug of the event; nil looks in all.
  ///   - language: That the operators choose now; nil for the one that is kept.
  /// - Throws: `DeviceFault` or `CheckpointFault` where no such place is found, `RPCError`.
  package static func find(
    _ access: () throws -> ServerAccess,
    lanes: String,
    checkpoint: String?,
    event: String?,
    language: Language?
  ) async throws -> LanePlace {
    guard let checkpoint else { throw DeviceFault.usage(Sentence(.laneSayWhere)) }
    let spoken = LaneLanguage(folder: lanes)
    var access = try access()
    access.language = (language ?? spoken.known()).tag
    let found = try await withServerConnection(access) { client in
      try await Listing.checkpoint(client, named: checkpoint, of: event)
    }
    let place = try ResourceName.checkpoint(found.name, field: "name")
    return LanePlace(
      checkpoint: place,
      displayName: found.displayName,
      isSupervisor: false,
      keeper: .folder(lanes),
      language: try spoken.settle(on: language),
      origin: try access.origin(of: place.event),
      unspokenAccess: { [access] in access }
    )
  }

  /// The place of a device's lane.
  ///
  /// - Parameters:
  ///   - checkpoint: As a person means it; nil for the only one that the device is for.
  ///   - language: That the operators choose now; nil for the one that the device keeps.
  /// - Throws: `DeviceFault` or `CheckpointFault` where the device has no such place, `RPCError`.
  package static func find(
    in folder: DeviceFolder,
    checkpoint: String?,
    language: Language?
  ) async throws -> LanePlace {
    let spoken = LaneLanguage(folder: folder.path)
    // What of the folder is damaged is told before anybody scans.
    _ = try folder.access()
    let identity = try await folder.identityByNow(in: language ?? spoken.known())
    guard identity.isForScanning else {
      throw DeviceFault.usage(Sentence(.laneIsKiosk, ["device": .text(identity.displayName)]))
    }
    let found = try await self.checkpoint(checkpoint, of: identity, folder, language ?? spoken.known())
    return LanePlace(
      checkpoint: found.address,
      displayName: found.displayName,
      isSupervisor: identity.isSupervisor,
      keeper: .device(folder),
      language: try spoken.settle(on: language),
      origin: try folder.origin(),
      unspokenAccess: { try folder.access() }
    )
  }

  /// The checkpoint that is meant, found on the device itself where it was enrolled for some only.
  private static func checkpoint(
    _ meant: String?,
    of identity: DeviceIdentity,
    _ folder: DeviceFolder,
    _ language: Language
  ) async throws -> DeviceIdentity.Checkpoint {
    if let found = try identity.checkpoint(meant) { return found }
    guard let meant else { preconditionFailure("where nothing is meant, the device has one or none") }
    let event = identity.device.event
    do {
      var access = try folder.access()
      access.language = language.tag
      let found = try await withServerConnection(access) { client in
        try await Listing.checkpoint(client, named: meant, of: event)
      }
      return try .init(found)
    } catch let error as RPCError
      where (CallFailure(error).isServerOrNetwork || CallFailure(error).isRefusal) && ResourceID.isValid(meant)
    {
      // The server does not tell; the id is enough to go on with what the device has kept.
      return .init(CheckpointAddress(event: event, checkpoint: meant), displayName: meant)
    }
  }
}

extension DeviceIdentity {
  /// The checkpoint that a person means by a text, or by none, as far as the device itself knows; nil where only the server
  /// can tell.
  ///
  /// - Throws: `DeviceFault` where the device may not scan there, or it is not known where it is to.
  func checkpoint(_ meant: String?) throws(DeviceFault) -> Checkpoint? {
    guard let meant else {
      if checkpoints.count == 1 { return checkpoints[0] }
      let places: [String: Sentence.Fact] = ["places": .list(checkpoints.map(\.displayName))]
      throw .usage(checkpoints.isEmpty ? Sentence(.laneSayWhere) : Sentence(.laneSayWhereOf, places))
    }
    if let found = (checkpoints + (known ?? [])).first(where: { $0.isCalled(meant) }) { return found }
    guard checkpoints.isEmpty else {
      let facts: [String: Sentence.Fact] = ["place": .text(meant), "places": .list(checkpoints.map(\.displayName))]
      throw .answer(Sentence(.lanePlaceNotAllowed, facts))
    }
    guard case .checkpoint(let id, let event)? = ResourceName(meant) else { return nil }
    return Checkpoint(CheckpointAddress(event: event, checkpoint: id), displayName: id)
  }
}

extension ServerAccess {
  /// For which server and event a lane scans that comes in so.
  fileprivate func origin(of event: String) throws -> JournalOrigin {
    let authority = try authorityPath.map { try String(contentsOfFile: $0, encoding: .utf8) }
    return JournalOrigin(server: endpoint, authority: authority, event: event)
  }
}
