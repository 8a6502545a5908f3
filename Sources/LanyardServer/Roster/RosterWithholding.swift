import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

/// What a device is not told that does not know every rule of rosters, as one of an earlier version: a checkpoint's kind
/// or a badge's participation, without which it decides nothing by them and says that it needs an update.
struct RosterWithholding: Sendable {
  /// Nothing is withheld from a device of this version.
  static let none = RosterWithholding(known: RosterRule.known)

  private let unknown: [RosterRule]

  /// - Parameter known: The rules that a device knows, as it tells; those of a later version are passed over.
  init(known: [Lanyard_V1_RosterRule]) {
    let known = Set(known.compactMap(\.value))
    unknown = RosterRule.allCases.filter { !known.contains($0) }
  }

  /// A message as the device gets it.
  func applied(to message: Lanyard_V1_WatchRosterResponse) throws -> Lanyard_V1_WatchRosterResponse {
    guard !unknown.isEmpty else { return message }
    // What is sent to all lanes is bytes already.
    var told = try Lanyard_V1_WatchRosterResponse(serializedBytes: try message.serializedBytes() as Data)
    let ofEvent = told.hasPlan ? try Event(told.plan.event, under: "").rules : []
    for index in told.plan.checkpoints.indices {
      let rules = try ofEvent + Checkpoint(told.plan.checkpoints[index], under: "").rules
      if rules.contains(where: unknown.contains) { told.plan.checkpoints[index].kind = .unspecified }
    }
    for index in told.entries.indices
    where told.entries[index].rules.compactMap(\.value).contains(where: unknown.contains) {
      told.entries[index].participation = .unspecified
    }
    if !told.cursor.isEmpty { told.cursor += ending }
    return told
  }

  /// The cursor that a device was given, so long as the same was withheld from it then; nil where it gets a snapshot.
  func cursor(_ text: String) -> RosterCursor? {
    text.hasSuffix(ending) ? RosterCursor(String(text.dropLast(ending.count))) : nil
  }

  private var ending: String {
    unknown.isEmpty ? "" : "." + unknown.map { String($0.wire.rawValue) }.joined(separator: "-")
  }
}
