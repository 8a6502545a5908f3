import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardScanner
import LanyardTexts

/// Where a lane scans, and as whom.
struct LaneOptions: ParsableArguments {
  @OptionGroup var server: ServerOptions
  @Option(
    name: .long,
    help: "Folder of the enrolled device. (default: $LANYARD_DEVICE, else ./lanyard-device if it is there)",
    completion: .directory
  )
  var device: String?
  @Option(
    name: .long,
    help:
      "The checkpoint: its name on the screens, its id, or its resource name. (default: the device's, if it has one)"
  )
  var checkpoint: String?
  @Option(name: .long, help: "Slug of the event, where several have such a checkpoint.")
  var event: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Language of the operators: ar, en, es, fr, ru or zh; kept for the next time. (default: as kept, else the system's)",
      valueName: "language"
    )
  )
  var language: Language?

  /// The folder of the device; nil where it is a lane without one.
  private var folder: DeviceFolder? {
    let folder = DeviceFolder(path: device)
    let isAsked = device != nil || ProcessInfo.processInfo.environment["LANYARD_DEVICE"] != nil
    let hasOther = server.server != nil || server.token != nil
    return isAsked || (folder.isEnrolled && !hasOther) ? folder : nil
  }

  /// The language of the operators: the one that is asked for, else as kept, else the system's.
  var spoken: Language { language ?? LaneLanguage(folder: folder?.path ?? server.dataOptions.folder.lanes).known() }

  /// Finds out which device and which checkpoint are meant.
  func resolve() async throws -> LanePlace {
    if let folder { return try await place(of: folder) }
    guard let checkpoint else { throw CommandFailure.usage(Sentence(.laneSayWhere)) }
    var access = try server.access()
    access.language = spoken.tag
    let found = try await withServerConnection(access) { client in
      try await Listing.checkpoint(client, named: checkpoint, of: event)
    }
    return LanePlace(
      checkpoint: found.name,
      displayName: found.displayName,
      isSupervisor: false,
      keeper: .folder(server.dataOptions.folder),
      language: try LaneLanguage(folder: server.dataOptions.folder.lanes).settle(on: language),
      origin: try access.origin(of: ResourcePart.event(of: found.name)),
      unspokenAccess: { [access] in access }
    )
  }

  private func place(of folder: DeviceFolder) async throws -> LanePlace {
    let identity = try folder.identity()
    let found = try await self.checkpoint(of: identity, folder)
    return LanePlace(
      checkpoint: found.name,
      displayName: found.displayName,
      isSupervisor: identity.isSupervisor,
      keeper: .device(folder),
      language: try LaneLanguage(folder: folder.path).settle(on: language),
      origin: try folder.origin(),
      unspokenAccess: { try folder.access() }
    )
  }

  /// The checkpoint that is meant, found on the device itself where it was enrolled for some only.
  private func checkpoint(
    of identity: DeviceFolder.Identity,
    _ folder: DeviceFolder
  ) async throws -> DeviceFolder.Identity.Checkpoint {
    let known = identity.checkpoints
    if checkpoint == nil, known.count == 1 { return known[0] }
    guard let checkpoint else {
      let places: [String: Sentence.Fact] = ["places": .list(known.map(\.displayName))]
      throw CommandFailure.usage(known.isEmpty ? Sentence(.laneSayWhere) : Sentence(.laneSayWhereOf, places))
    }
    if let found = (known + (identity.known ?? [])).first(where: { $0.isCalled(checkpoint) }) { return found }
    guard known.isEmpty else {
      let facts: [String: Sentence.Fact] = ["place": .text(checkpoint), "places": .list(known.map(\.displayName))]
      throw CommandFailure.usage(Sentence(.lanePlaceNotAllowed, facts))
    }
    let event = ResourcePart.event(of: identity.device)
    if ResourceName(checkpoint) != nil {
      return .init(name: checkpoint, displayName: ResourcePart.last(of: checkpoint))
    }
    do {
      var access = try folder.access()
      access.language = spoken.tag
      let found = try await withServerConnection(access) { client in
        try await Listing.checkpoint(client, named: checkpoint, of: event)
      }
      return .init(name: found.name, displayName: found.displayName)
    } catch let error as RPCError where CallFailure(error).isServerOrNetwork && ResourceID.isValid(checkpoint) {
      // The server does not answer; the id is enough to go on with what the device has kept.
      return .init(name: ResourceName.checkpoint(checkpoint, of: event).description, displayName: checkpoint)
    }
  }
}

/// Where a lane scans, how it comes in, and where it keeps what it has not uploaded.
struct LanePlace: Sendable {
  /// Who keeps the lane's journal.
  enum Keeper: Sendable {
    case device(DeviceFolder)
    /// A lane without a device of its own, in the data folder.
    case folder(DataFolder)
  }

  /// A lane with the lock that keeps another process off its journal.
  struct OpenLane: Sendable {
    let lane: Lane
    /// The folder with the journals of this and other lanes.
    let folder: JournalFolder
    fileprivate let lock: JournalLock
  }

  /// The most journals of a device at one checkpoint, each for another server.
  private static let journalsBeside = 20
  /// How long a lane waits for its journal where another lane is just uploading what waits in it.
  private static let lockPatience = LaneLink.uploadTimeout + .seconds(2)

  /// Resource name of the checkpoint.
  let checkpoint: String
  let displayName: String
  let isSupervisor: Bool
  let keeper: Keeper
  /// Of the operators.
  let language: Language
  /// For which server and event it scans.
  let origin: JournalOrigin
  /// The way in, with no language asked for.
  fileprivate let unspokenAccess: @Sendable () async throws -> ServerAccess

  /// The way in, in the operators' language.
  var access: @Sendable () async throws -> ServerAccess {
    let (access, tag) = (unspokenAccess, language.tag)
    return {
      var access = try await access()
      access.language = tag
      return access
    }
  }

  /// Whether operators may override; of a token only the server knows.
  var mayOverride: Bool {
    if case .device = keeper { isSupervisor } else { true }
  }

  /// Renews the device's certificate where it is due.
  var renew: @Sendable (ServerClient, Instant?) async throws -> Void {
    switch keeper {
    case .device(let folder): { try await folder.renewIfDue($0, at: $1.map { Date($0) } ?? Date()) }
    case .folder: { _, _ in }
    }
  }

  func openLane(_ setup: Lane.Setup) async throws -> OpenLane {
    do {
      let (path, lock) = try await lockJournal()
      let journal = try LaneJournal(path: path)
      try journal.bind(to: origin)
      let folder = journals(own: path)
      let lane = try Lane(setup, journal: journal, elsewhere: try folder.waitingElsewhere())
      return OpenLane(lane: lane, folder: folder, lock: lock)
    } catch let error as JournalError {
      throw CommandFailure.unreachable(Sentence(.laneJournalUnusable, ["cause": .sentence(.of(error))]))
    }
  }

  /// The folder with the journals of this lane and others.
  ///
  /// - Parameter own: Path of the lane's own journal.
  private func journals(own: String) -> JournalFolder {
    switch keeper {
    case .device(let folder): JournalFolder(path: folder.path, origin: origin, own: own, countsBusy: true)
    case .folder(let folder): JournalFolder(path: folder.lanes, origin: origin, own: own, countsBusy: false)
    }
  }

  private func lockJournal() async throws -> (path: String, lock: JournalLock) {
    switch keeper {
    case .device(let folder):
      let path = try journal(in: folder)
      let end = ContinuousClock.now + Self.lockPatience
      while true {
        if let lock = try JournalLock.take(path) {
          try folder.beginJournal(at: path)
          return (path, lock)
        }
        guard ContinuousClock.now < end else {
          throw CommandFailure.usage(Sentence(.laneOtherLaneRuns))
        }
        await Task.pause(.milliseconds(20))
      }
    case .folder(let folder):
      return try freeJournal(in: folder)
    }
  }

  /// The device's journal for the checkpoint; where that holds scans for another server, as where somebody has put another
  /// authority into the folder, one beside it.
  private func journal(in folder: DeviceFolder) throws -> String {
    let path = try folder.journal(of: checkpoint)
    let others = (2...Self.journalsBeside).lazy.map { "\(path.dropLast(".sqlite".count)).\($0).sqlite" }
    return ([path] + others).first { path in
      guard FileManager.default.fileExists(atPath: path) else { return true }
      let kept = JournalFolder.journal(at: path)
      // Opening one that cannot be read says why.
      return kept.fault != nil || kept.isFor(origin) || kept.holding.waiting + kept.holding.refused == 0
    } ?? path
  }

  /// Several lanes may scan at one checkpoint with one token: each takes a journal that no other has, first one in which
  /// scans wait.
  private func freeJournal(in folder: DataFolder) throws -> (path: String, lock: JournalLock) {
    try FileManager.default.createDirectory(
      atPath: folder.lanes,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    let base = "\(folder.lanes)/\(ResourcePart.event(of: checkpoint))-\(ResourcePart.last(of: checkpoint))"
    var free: (path: String, lock: JournalLock)?
    for number in 1...500 {
      let path = "\(base)-\(number).sqlite"
      let isThere = FileManager.default.fileExists(atPath: path)
      if !isThere && free != nil { break }
      // What another server or event left here stays for it, and what cannot be read stays too.
      let kept = isThere ? JournalFolder.journal(at: path) : nil
      guard kept?.fault == nil, kept?.isFor(origin) != false, let lock = try JournalLock.take(path) else { continue }
      if let kept, kept.holding.waiting > 0 { return (path, lock) }
      if free == nil { free = (path, lock) }
      if !isThere { break }
    }
    guard let free else {
      throw CommandFailure.usage(Sentence(.laneTooManyLanes, ["folder": .text(folder.path)]))
    }
    return free
  }
}

extension ServerAccess {
  /// For which server and event a lane scans that comes in so.
  fileprivate func origin(of event: String) throws -> JournalOrigin {
    let authority = try authorityPath.map { try String(contentsOfFile: $0, encoding: .utf8) }
    return JournalOrigin(server: endpoint, authority: authority, event: event)
  }
}

extension DeviceFolder.Identity.Checkpoint {
  /// Whether a person means this one.
  func isCalled(_ text: String) -> Bool {
    name == text || ResourcePart.last(of: name) == text || displayName.lowercased() == text.lowercased()
  }
}
