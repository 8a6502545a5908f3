import Foundation
import Glibc
import LanyardAPI
import LanyardDomain
package import LanyardTexts
import SwiftProtobuf

/// The folder in which a device, or the lanes of a data folder, keep their journals. A lane uploads what waits in any of
/// them, whichever checkpoint and whichever enrolment it comes from.
package struct JournalFolder: Sendable {
  /// One journal with what it holds.
  package struct Kept: Sendable {
    package let path: String
    package let holding: JournalHolding
    /// Where its scans are to go; nil where that is not known.
    package let origin: JournalOrigin?
    /// Whether it says where they are to go in a way that this version does not know: then it is for nobody here.
    let isOfLaterVersion: Bool
    /// Why it cannot be read; then what it holds is not known.
    package let fault: JournalError?
    /// Whether scans that waited in it are lost, as where somebody removed or cut what SQLite keeps beside it.
    let hasLost: Bool

    /// Whether all that it holds is for this server and event.
    package func isFor(_ here: JournalOrigin) -> Bool {
      if isOfLaterVersion { return false }
      if let origin { return here.isSame(as: origin) }
      // One that is damaged names none; it is set aside when it is to be sent. One that only takes scans back names none either;
      // those are found by their ids.
      guard let first = holding.first.flatMap({ try? Lanyard_V1_OfflineCheckIn(serializedBytes: $0) }),
        !first.checkpoint.isEmpty
      else { return true }
      // What is named in a way that this version does not know is for nobody here.
      guard case .checkpoint(_, let event)? = ResourceName(first.checkpoint) else { return false }
      return event == here.event
    }

    /// What an operator is told of a journal that cannot be read.
    package var faultSentence: Sentence? {
      fault.map {
        Sentence(.laneJournalUnreadable, ["journal": .text(path), "cause": .sentence(.of($0))])
      }
    }

    /// What an operator is told of a journal that has lost scans.
    fileprivate var lossSentence: Sentence? { hasLost ? Sentence(.laneJournalCut, ["journal": .text(path)]) : nil }
  }

  let path: String
  let origin: JournalOrigin
  /// Path of the journal that the lane itself writes; nil where none runs.
  let own: String?
  /// Whether what other processes write now counts too, as where all are lanes of one device.
  private let countsBusy: Bool

  package init(path: String, origin: JournalOrigin, own: String?, countsBusy: Bool) {
    self.path = path
    self.origin = origin
    self.own = own
    self.countsBusy = countsBusy
  }

  /// Every journal of a folder, also those that cannot be read.
  package static func journals(in path: String) throws -> [Kept] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".sqlite") }.sorted().map {
      journal(at: "\(path)/\($0)")
    }
  }

  /// What an operator is told of a folder from which scans were lost that waited in it: of its journals that somebody removed,
  /// and of those of which a part is gone. With the paths of those.
  package static func lost(in path: String) throws -> [(journal: String, sentence: Sentence)] {
    let removed = try WaitingMark.removed(in: path).map { ($0, Sentence(.laneJournalRemoved, ["journal": .text($0)])) }
    return removed + (try journals(in: path)).compactMap { kept in kept.lossSentence.map { (kept.path, $0) } }
  }

  /// Says beside a journal how it stands by now: what is lost of it was told.
  static func toldLost(of path: String) {
    guard FileManager.default.fileExists(atPath: path) else { return WaitingMark.set(nil, of: path) }
    let kept = journal(at: path)
    guard kept.fault == nil else { return }
    WaitingMark.set(kept.holding.waiting > 0 ? kept.holding.last : nil, of: path)
  }

  /// A journal with what it holds, or why it cannot be read.
  package static func journal(at path: String) -> Kept {
    // First what is said beside it: a lane that is writing to it says a number only once the file has it.
    let said = WaitingMark.last(of: path) ?? 0
    let holding: JournalHolding
    do {
      holding = try LaneJournal.holding(at: path)
    } catch {
      return Kept(path: path, holding: .nothing, origin: nil, isOfLaterVersion: false, fault: error, hasLost: false)
    }
    let origin = holding.origin.flatMap(JournalOrigin.init)
    return Kept(
      path: path,
      holding: holding,
      origin: origin,
      isOfLaterVersion: holding.origin != nil && origin == nil,
      fault: nil,
      hasLost: holding.last < said
    )
  }

  /// How many scans wait in other journals to be uploaded here.
  func waiting() throws -> Int {
    try others().filter { countsBusy || !isBusy($0) }.reduce(0) { $0 + $1.holding.waiting }
  }

  /// What the device did by itself at its other checkpoints and has not uploaded yet; nothing where the folder's lanes are
  /// of several devices.
  ///
  /// - Parameter known: Numbers of the entries after which others are asked for, by the paths of the journals; then those of the
  ///   last there are.
  package func waitingElsewhere(after known: inout [String: Int64]) throws -> [JournalEntry] {
    guard countsBusy else { return [] }
    var entries: [JournalEntry] = []
    for other in try others() {
      let new = try LaneJournal.waiting(at: other.path, after: known[other.path] ?? 0)
      if let last = new.last { known[other.path] = last.order }
      entries += new
    }
    return entries
  }

  /// All of that.
  package func waitingElsewhere() throws -> [JournalEntry] {
    var nothing: [String: Int64] = [:]
    return try waitingElsewhere(after: &nothing)
  }

  private func isBusy(_ kept: Kept) -> Bool {
    // What waits where nobody can take the lock waits all the same; the upload says what is amiss.
    do { return try JournalLock.take(kept.path) == nil } catch { return false }
  }

  /// Other journals that cannot be read: nobody knows what waits in them.
  package func unreadable() throws -> [Kept] {
    try Self.journals(in: path).filter { $0.path != own && $0.fault != nil }
  }

  /// How many scans wait for another server or event, which only a device that is enrolled there can upload.
  package func waitingForElsewhere() throws -> Int {
    try Self.journals(in: path).filter { !$0.isFor(origin) }.reduce(0) { $0 + $1.holding.waiting }
  }

  /// Hands over a journal in which something waits and that no other process uses now; where one cannot be used, the next.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: What the body throws; a `JournalError` only where no journal is left.
  func withNext(_ body: (LaneJournal) async throws -> Void) async throws -> Bool {
    var fault: JournalError?
    for kept in try others() {
      do {
        // Another process may have brought it elsewhere until it let go of it.
        guard let lock = try JournalLock.take(kept.path), Self.journal(at: kept.path).isFor(origin) else { continue }
        try await body(LaneJournal(path: kept.path))
        withExtendedLifetime(lock) {}
        return true
      } catch let error as JournalError {
        fault = error
      }
    }
    if let fault { throw fault }
    return false
  }

  /// Forgets everybody who is not in a scan that waits: the device was revoked.
  ///
  /// - Throws: `JournalError` where one could not; the others are done all the same.
  func forgetPeople() throws {
    var fault: JournalError?
    for kept in try Self.journals(in: path) where kept.path != own && kept.isFor(origin) {
      do {
        if let fault = kept.fault { throw fault }
        try LaneJournal(path: kept.path).forgetPeople()
      } catch let error as JournalError {
        fault = error
      }
    }
    if let fault { throw fault }
  }

  /// Forgets those of a roster's entries who were erased, in the folder's other journals too.
  ///
  /// - Throws: `JournalError` where one could not be written.
  func forget(_ entries: [Lanyard_V1_RosterEntry]) throws {
    guard entries.contains(where: \.erased) else { return }
    for kept in try Self.journals(in: path) where kept.path != own && kept.fault == nil && kept.isFor(origin) {
      try LaneJournal(path: kept.path).forget(entries)
    }
  }

  /// The other journals in which something waits for this server and event.
  private func others() throws -> [Kept] {
    try Self.journals(in: path).filter { $0.path != own && $0.holding.waiting > 0 && $0.isFor(origin) }
  }
}

/// Keeps other processes off a journal; it ends with the process, however that ends.
package struct JournalLock: Sendable {
  private let handle: FileHandle

  /// - Returns: Nil where another process has it.
  /// - Throws: `JournalError` where it cannot be written.
  package static func take(_ journal: String) throws(JournalError) -> JournalLock? {
    let descriptor = open("\(journal).lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let code = errno
      throw code == ENOSPC
        ? .outOfSpace : .failed(code: code, about: "\(journal).lock: \(String(cString: strerror(code)))")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? JournalLock(handle: handle) : nil
  }
}
