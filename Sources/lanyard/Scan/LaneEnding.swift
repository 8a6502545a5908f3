import LanyardScanner
import LanyardTexts

/// What a lane says when it ends: why it could not reach its server, and what stays behind.
struct LaneEnding {
  private let lane: Lane
  private let folder: JournalFolder
  private let phrasebook: Phrasebook

  init(_ lane: Lane, _ folder: JournalFolder, in phrasebook: Phrasebook) {
    self.phrasebook = phrasebook
    self.lane = lane
    self.folder = folder
  }

  /// Says it on standard error.
  ///
  /// - Returns: `unreachable` where anything waits anywhere on the device or a journal cannot be read, else nil.
  func say() async -> ExitStatus? {
    if let trouble = await lane.trouble { Console.error(trouble, phrasebook) }
    let notice = await lane.notice
    if let notice { Console.error(notice, phrasebook) }
    let waiting = await lane.waiting
    if waiting > 0 {
      let isRevoked = await lane.state == .revoked
      let key: Sentence.Key = isRevoked ? .endingWaitingRevoked : .endingWaiting
      Console.error(Sentence(key, ["count": .count(waiting)]), phrasebook)
    }
    let elsewhere: Int
    let unreadable: [JournalFolder.Kept]
    do {
      elsewhere = try folder.waitingForElsewhere()
      unreadable = try folder.unreadable()
    } catch {
      Console.error(Sentence(.laneLeftNotCounted, ["cause": .sentence(.of(error))]), phrasebook)
      return .unreachable
    }
    if elsewhere > 0 {
      Console.error(Sentence(.endingElsewhere, ["count": .count(elsewhere)]), phrasebook)
    }
    for fault in unreadable.compactMap(\.faultSentence) where fault != notice { Console.error(fault, phrasebook) }
    return waiting > 0 || elsewhere > 0 || !unreadable.isEmpty ? .unreachable : nil
  }
}
