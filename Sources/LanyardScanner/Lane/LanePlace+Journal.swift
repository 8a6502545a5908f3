import Foundation
import LanyardDomain
import LanyardTexts

extension LanePlace {
  /// A lane with the lock that keeps another process off its journal.
  package struct OpenLane: Sendable {
    package let lane: Lane
    /// The folder with the journals of this and other lanes.
    package let folder: JournalFolder
    fileprivate let lock: JournalLock
  }

  /// The most journals of a device at one checkpoint, each for another server.
  private static let journalsBeside = 20
  /// The most lanes without a device that scan at one checkpoint.
  private static let lanesBeside = 500
  /// How long a lane waits for its journal where another lane is just uploading what waits in it.
  private static let lockPatience = LaneLink.uploadTimeout + .seconds(2)

  /// Opens the lane with a journal that no other process uses.
  ///
  /// - Throws: `DeviceFault` where there is none, `JournalError` where it cannot be used, `BoundElsewhere`.
  package func openLane(_ setup: Lane.Setup) async throws -> OpenLane {
    let lost = try JournalFolder.lost(in: journalFolder)
    let (path, lock) = try await lockJournal()
    do {
      let lane = try open(path, setup, lock)
      if let first = lost.first {
        await lane.lane.note(first.sentence, of: .removed)
        // It is said until the lane ends; the next one begins anew.
        for (journal, _) in lost where journal != path { JournalFolder.toldLost(of: journal) }
      }
      return lane
    } catch let fault as JournalError where fault.isDamage {
      let facts: [String: Sentence.Fact] = ["journal": .text(path), "cause": .sentence(.of(fault))]
      throw DeviceFault.usage(Sentence(.laneJournalDamaged, facts))
    }
  }

  /// Path of the folder in which the journals of this and other lanes lie.
  private var journalFolder: String {
    switch keeper {
    case .device(let folder): folder.path
    case .folder(let lanes): lanes
    }
  }

  private func open(_ path: String, _ setup: Lane.Setup, _ lock: JournalLock) throws -> OpenLane {
    let journal = try LaneJournal(path: path)
    try journal.bind(to: origin)
    try journal.keepPlace(checkpoint.checkpoint)
    try journal.mark()
    let folder = journals(own: path)
    var heardUpTo: [String: Int64] = [:]
    let elsewhere = try folder.waitingElsewhere(after: &heardUpTo)
    let lane = try Lane(
      setup,
      journal: journal,
      known: folder.completed(try journal.roster(), at: checkpoint.checkpoint),
      elsewhere: elsewhere,
      heardUpTo: heardUpTo
    )
    return OpenLane(lane: lane, folder: folder, lock: lock)
  }

  /// The folder with the journals of this lane and others.
  ///
  /// - Parameter own: Path of the lane's own journal.
  private func journals(own: String) -> JournalFolder {
    switch keeper {
    case .device(let folder): JournalFolder(path: folder.path, origin: origin, own: own, countsBusy: true)
    case .folder(let lanes): JournalFolder(path: lanes, origin: origin, own: own, countsBusy: false)
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
          throw DeviceFault.taken(Sentence(.laneOtherLaneRuns))
        }
        await Task.pause(.milliseconds(20))
      }
    case .folder(let lanes):
      return try freeJournal(in: lanes)
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
  private func freeJournal(in lanes: String) throws -> (path: String, lock: JournalLock) {
    try FileManager.default.createDirectory(
      atPath: lanes,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    let base = "\(lanes)/\(checkpoint.event)-\(checkpoint.checkpoint)"
    var free: (path: String, lock: JournalLock)?
    for number in 1...Self.lanesBeside {
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
      throw DeviceFault.usage(Sentence(.laneTooManyLanes, ["folder": .text(lanes)]))
    }
    return free
  }
}
