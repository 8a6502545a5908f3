import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardStore
import SwiftProtobuf

extension LaneRoster {
  /// What the device kept; what cannot be read is left out, and comes again with the next snapshot.
  init(_ stored: LaneJournal.StoredRoster) {
    self.init()
    if let plan = stored.plan.flatMap({ try? Lanyard_V1_RosterPlan(serializedBytes: $0) }) { take(plan) }
    for badge in stored.badges {
      if let entry = try? Lanyard_V1_RosterEntry(serializedBytes: badge) { take(entry) }
    }
    for presence in stored.presences {
      if let stand = try? Lanyard_V1_RosterPresence(serializedBytes: presence) { take(stand) }
    }
  }

  mutating func take(_ message: Lanyard_V1_WatchRosterResponse) {
    if message.hasPlan { take(message.plan) }
    for entry in message.entries { take(entry) }
    for stand in message.presences { take(stand) }
  }

  /// Takes in what the lane decided by itself and has not uploaded yet. Doing so twice changes nothing.
  mutating func follow(_ journal: LaneJournal, at checkpoint: String, _ time: ServerTime?) throws(StoreError) {
    let entries = try journal.waiting(limit: .max).compactMap { entry in
      entry.message(at: entry.moment).map { (message: $0, moment: time?.time(at: entry.moment) ?? entry.moment.wall) }
    }
    let undone = Set(entries.map(\.message.undoneScanID))
    for (message, moment) in entries where message.hasScan && !undone.contains(message.scan.scanID) {
      follow(message, at: checkpoint, moment)
    }
  }
}

extension LaneJournal {
  /// What a message of the roster changes on disk.
  static func changes(of message: Lanyard_V1_WatchRosterResponse) throws -> [RosterChange] {
    var changes: [RosterChange] = message.hasPlan ? [.plan(try message.plan.serializedBytes())] : []
    for entry in message.entries { changes.append(.badge(serial: entry.serial, try entry.serializedBytes())) }
    for stand in message.presences {
      let content: Data? = stand.hasAdmitTime ? try stand.serializedBytes() : nil
      changes.append(.presence(registration: stand.registration, checkpoint: stand.checkpoint, content))
    }
    if !message.cursor.isEmpty { changes.append(.cursor(message.cursor)) }
    return changes
  }
}
