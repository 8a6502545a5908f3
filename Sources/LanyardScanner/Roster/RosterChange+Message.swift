import Foundation
import LanyardAPI
import LanyardMessages
import SwiftProtobuf

extension RosterChange {
  /// What a message of the roster changes on disk.
  static func all(of message: Lanyard_V1_WatchRosterResponse) throws -> [RosterChange] {
    var changes: [RosterChange] = message.hasPlan ? [.plan(try message.plan.serializedBytes())] : []
    for entry in message.entries { changes.append(.badge(serial: entry.serial, try entry.serializedBytes())) }
    for stand in message.presences {
      let content: Data? = stand.hasAdmitTime ? try stand.serializedBytes() : nil
      changes.append(.presence(registration: stand.registration, checkpoint: stand.checkpoint, content))
    }
    guard !message.cursor.isEmpty else { return changes }
    changes.append(.cursor(message.cursor))
    if message.hasServerTime { changes.append(.heard(try message.serverTime.instant(field: "server_time"))) }
    return changes
  }
}
