import Foundation
import LanyardTexts

/// What a device leaves behind whose place another one takes.
extension DeviceFolder {
  /// What the device before kept, once the next one is enrolled: its key and rosters are erased, and what waits says for
  /// which server and event it is, so that the next one uploads it where these are the same. Says where that fails: the
  /// next one is enrolled all the same.
  ///
  /// - Parameter origin: Of the device before; nil where it is not known.
  func handOver(
    from before: DeviceIdentity?,
    _ origin: JournalOrigin?,
    to after: DeviceIdentity,
    _ say: (Sentence) -> Void
  ) {
    func sayMayHoldOld(_ file: String, _ error: any Error) {
      say(Sentence(.enrolMayHoldOld, ["file": .text(file), "cause": .sentence(.of(error))]))
    }
    do {
      for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
        do {
          try handOver(name, from: before, origin, to: after)
        } catch {
          sayMayHoldOld(file(name), error)
        }
      }
    } catch {
      sayMayHoldOld(path, error)
    }
  }

  private func handOver(
    _ name: String,
    from before: DeviceIdentity?,
    _ origin: JournalOrigin?,
    to after: DeviceIdentity
  ) throws {
    if name.hasPrefix(Self.rosterPrefix) {
      guard file(name) != firstRoster(of: after.device) else { return }
      try FileManager.default.removeItem(atPath: file(name))
    } else if name == "credential.pem" || name.hasPrefix("credential-") {
      // What a renewal is just writing begins like what it takes the place of.
      guard !file(name).hasPrefix(papers(of: after.device).credential) else { return }
      try FileManager.default.removeItem(atPath: file(name))
    } else if name.hasPrefix("authority-"), file(name) != papers(of: after.device).authority {
      try FileManager.default.removeItem(atPath: file(name))
    } else if let before, before.device != after.device, file(name) == papersInUse(by: before.device).authority {
      try FileManager.default.removeItem(atPath: file(name))
    } else if name.hasPrefix("lane-"), name.hasSuffix(".sqlite"), !name.hasPrefix(Self.journals(of: after)) {
      let journal = try LaneJournal(path: file(name))
      // One that a lane has opened says so already.
      if let before, let origin, name.hasPrefix(Self.journals(of: before)), try journal.origin() == nil {
        try journal.bind(to: origin)
      }
      try journal.eraseRoster()
    }
  }
}
