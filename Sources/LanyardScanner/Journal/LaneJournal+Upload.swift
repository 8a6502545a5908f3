import Foundation
import GRDB
import GRPCCore
package import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension JournalEntry {
  /// What was written down; nil where it cannot be read.
  // Only a damaged file explains that, and whoever asks sets the entry aside or shows it as such.
  package var checkIn: Lanyard_V1_OfflineCheckIn? { try? Lanyard_V1_OfflineCheckIn(serializedBytes: content) }

  /// The entry as it is uploaded at `now`; nil where it cannot be read.
  func message(at now: DeviceMoment) -> Lanyard_V1_OfflineCheckIn? {
    guard var message = checkIn else { return nil }
    message.age = Google_Protobuf_Duration(now.age(of: moment))
    return message
  }
}

/// A batch of what waits in a journal, with the numbers of its entries.
struct JournalBatch {
  let checkIns: [Lanyard_V1_OfflineCheckIn]
  let orders: [Int64]

  /// The request that uploads it.
  func request(event: String, report: Lanyard_V1_DeviceReport) -> Lanyard_V1_UploadCheckInsRequest {
    .with {
      $0.parent = ResourceName.event(event).description
      $0.checkIns = checkIns
      $0.report = report
    }
  }
}

/// What a server made of a batch.
struct SettledBatch {
  /// Numbers of the entries that are out of what waits.
  let orders: [Int64]
  /// How many of them the server will never take, and why the first of these.
  let refused: Int
  let reason: String
  /// Numbers of those.
  var notRecorded: Set<Int64> = []
  /// Where the others are in the event's feed, by their numbers.
  var sequences: [Int64: Int64] = [:]
}

/// A server took nothing of a batch for now, as where its disk is full.
struct NothingTaken: SpokenError, Equatable {
  /// In the server's words, or what the lane has of it.
  let reason: Sentence

  var sentence: Sentence { Sentence(.laneNothingTaken, ["reason": .sentence(reason)]) }
}

extension LaneJournal {
  /// Writes a scan or an undo down; returns its number.
  @discardableResult
  func append(_ message: Lanyard_V1_OfflineCheckIn, at moment: DeviceMoment) throws -> Int64 {
    try append(try message.serializedBytes() as Data, at: moment)
  }

  /// What waits to be uploaded next, as it is at `moment`; what cannot be read is set aside.
  func nextBatch(limit: Int, at moment: DeviceMoment) throws(JournalError) -> JournalBatch {
    let entries = try waiting(limit: limit)
    let messages = entries.map { $0.message(at: moment) }
    let damaged = zip(entries, messages).filter { $1 == nil }.map { ($0.0.order, KeptReason.damaged) }
    if !damaged.isEmpty { try settle([], refused: Dictionary(uniqueKeysWithValues: damaged)) }
    return JournalBatch(
      checkIns: messages.compactMap(\.self),
      orders: zip(entries, messages).filter { $1 != nil }.map(\.0.order)
    )
  }

  /// Forgets those of a roster's entries who were erased, for good: what was known of them, what an operator wrote
  /// about them in scans that wait or were not taken, and what was read there that is no code and may name them. Doing so
  /// twice changes nothing.
  func forget(_ entries: [Lanyard_V1_RosterEntry]) throws {
    let gone = entries.filter(\.erased)
    guard !gone.isEmpty else { return }
    let badges = Dictionary(try gone.map { ($0.serial, try $0.serializedBytes() as Data) }) { $1 }
    try forget(badges) { content in
      // What cannot be read is set aside when it is to be sent.
      guard var fact = try? Lanyard_V1_OfflineCheckIn(serializedBytes: content) else { return nil }
      guard let serial = UnsentPassages.serial(fact.scan.code) else {
        // A name that was typed in a code's place may be theirs.
        guard case .text = CodeTrace(ofUnreadable: fact.scan.code) else { return nil }
        fact.scan.code = WithheldCode.erased.rawValue
        return try fact.serializedBytes()
      }
      guard badges[serial] != nil, fact.scan.hasOverride || fact.scan.hasMissedExit else { return nil }
      if fact.scan.hasOverride { fact.scan.override = Lanyard_V1_Override(.erased) }
      if fact.scan.hasMissedExit { fact.scan.missedExit = Lanyard_V1_MissedExit(.erased) }
      // Where it cannot be written anew it must not stay as it is.
      return try fact.serializedBytes()
    }
  }

  /// Takes out what the server has answered for good; what it could not take for now stays, and so does what it answered in
  /// a way that this version does not know.
  ///
  /// - Throws: `NothingTaken` where all stays.
  func settle(_ response: Lanyard_V1_UploadCheckInsResponse, of batch: JournalBatch) throws -> SettledBatch {
    var (done, refused) = ([Int64: Int64](), [Int64: KeptReason]())
    var first = ""
    var later: Sentence?
    for (order, result) in zip(batch.orders, response.results) {
      switch result.outcome {
      case .checkIn(let checkIn): done[order] = checkIn.sequence
      case .error(let error) where error.isPassing: later = later ?? .told(error.message)
      case .error(let error):
        if refused.isEmpty { first = error.message }
        refused[order] = .refused(error)
      case nil: later = later ?? Sentence(.laneAnswerNeedsUpdate)
      }
    }
    guard !(done.isEmpty && refused.isEmpty) else { throw NothingTaken(reason: later ?? .told("")) }
    try settle(Array(done.keys), refused: refused)
    return SettledBatch(
      orders: Array(done.keys) + refused.keys,
      refused: refused.count,
      reason: first,
      notRecorded: Set(refused.keys),
      sequences: done
    )
  }

  /// What the device knows of its server's clock; nil where it never spoke to it, or what it kept cannot be read.
  func serverTime() throws(JournalError) -> ServerTime? {
    try read { db in try Self.serverTime(db) }
  }

  static func serverTime(_ db: Database) throws -> ServerTime? {
    // The server tells it anew with each connection.
    try note(clockNote, db).flatMap { try? JSONDecoder().decode(ServerTime.self, from: $0) }
  }

  func keep(_ time: ServerTime) throws { try keep(JSONEncoder().encode(time), as: Self.clockNote) }

  private static let clockNote = "clock"
}
