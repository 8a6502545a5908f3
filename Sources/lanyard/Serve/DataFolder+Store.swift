import Foundation
import LanyardDomain
import LanyardServer
import LanyardStore
import LanyardTexts

extension DataFolder {
  /// Writes down how far the folder's store is, whole or not at all.
  func write(_ note: StoreNote) throws { try Self.write(try note.text(), to: storeNote) }

  /// Compares the files of the folder with what is noted of them, and changes nothing.
  ///
  /// - Parameter standing: Reads how far the store in a file is; nil where the file holds none.
  /// - Throws: `StoreLoss`; `StoreError` where the store cannot be read.
  func checkStore(_ standing: (String) throws -> StoreStanding?) throws {
    guard let note = try StoreNote.read(at: storeNote) else { return }
    try StoreLoss.check(note, size: try size(of: database)) { try standing(database) }
  }

  /// Whether a server ended without closing the store, as after a power cut, and the store's log is not there, which
  /// holds what was recorded last. Another program that had the store open meanwhile may have taken it in.
  var logIsMissing: Bool {
    guard case .success(let note?) = Result(catching: { try StoreNote.read(at: storeNote) }) else { return false }
    let files = FileManager.default
    return note.isOpen && files.fileExists(atPath: database) && !files.fileExists(atPath: databaseLog)
  }

  /// Bytes of a file; nil where there is none.
  private func size(of path: String) throws -> Int? {
    do {
      return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
      return nil
    }
  }
}

extension StoreLoss {
  /// What is wrong with the store of a folder.
  func difference(in folder: DataFolder) -> Sentence {
    var facts: [String: Sentence.Fact] = ["file": .text(folder.database)]
    func told(_ key: Sentence.Key, _ note: StoreNote) -> Sentence {
      let moment = Sentence.Fact.moment(Instant(note.noted), VenueTime(zone: .utc))
      let before = Sentence(.storeLossNote, ["sequence": .text("\(note.sequence)"), "time": moment])
      return Sentence(key, facts.merging(["before": .sentence(before)]) { $1 })
    }
    switch self {
    case .noteUnreadable(let cause):
      return Sentence(.storeLossUnknown, ["file": .text(folder.storeNote), "cause": .text(cause)])
    case .gone(let note): return told(.storeLossGone, note)
    case .empty(let note): return told(.storeLossEmpty, note)
    case .noStore(let note): return told(.storeLossNoStore, note)
    case .another(let note): return told(.storeLossAnother, note)
    case .behind(let note, let sequence):
      facts["sequence"] = .text("\(sequence)")
      facts["count"] = .count(Int(note.sequence - sequence))
      facts["log"] = .text(folder.databaseLog)
      return told(.storeLossBehind, note)
    }
  }

  /// What is wrong, and how to go on.
  func failure(in folder: DataFolder) -> CommandFailure {
    let key: Sentence.Key = canBeAccepted ? .storeLossGoOn : .storeLossMoveAway
    return .unreachable(Sentence(key, ["loss": .sentence(difference(in: folder))]))
  }
}
