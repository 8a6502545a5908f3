import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

/// The roster that the lane follows, in memory and on disk.
extension Lane {
  /// From where the roster is to be followed.
  package var rosterCursor: String { cursor }

  /// Takes in a message of the roster; the file follows.
  ///
  /// - Throws: `StoreError` where it could not be kept; the lane knows it all the same until it ends.
  func take(_ message: Lanyard_V1_WatchRosterResponse) throws {
    guard state != .revoked else { return }
    if message.hasServerTime { noteTime(Instant(message.serverTime)) }
    if message.snapshot { snapshot = (LaneRoster(), [.begin]) }
    let changes: [LaneJournal.RosterChange]
    if var incoming = snapshot {
      snapshot = nil
      incoming.roster.take(message)
      incoming.changes += try LaneJournal.changes(of: message)
      guard !message.cursor.isEmpty else { return snapshot = incoming }
      (roster, changes) = (incoming.roster, incoming.changes)
      // Where people stood is told by keys that the roster before gave.
      recent = recent.map { ($0.scan, $0.at, nil) }
      for index in pending.indices { pending[index].before = nil }
      followUnsent()
    } else {
      roster.take(message)
      changes = try LaneJournal.changes(of: message)
      followUnsent(message)
    }
    // The lane goes on from the cursor that is on disk, so that a change that could not be kept comes again.
    try journal.apply(changes)
    if !message.cursor.isEmpty { cursor = message.cursor }
    note(nil, of: .roster)
  }

  /// The server does not know yet what the lane did by itself.
  private func followUnsent() {
    unsent.regroup(roster.person)
    roster.follow(unsent, serverTime)
  }

  /// The same with those only of whom a message tells.
  private func followUnsent(_ message: Lanyard_V1_WatchRosterResponse) {
    guard !message.hasPlan else { return followUnsent() }
    var people = Set(message.presences.map(\.registration))
    for entry in message.entries {
      let unknown = LaneRoster.unknownPerson(entry.serial)
      if unsent.move(from: unknown, to: entry.registration) { people.insert(entry.registration) }
    }
    for person in people { roster.follow(unsent, of: person, serverTime) }
  }
}
