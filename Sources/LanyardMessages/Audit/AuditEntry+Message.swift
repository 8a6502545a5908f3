import Foundation
package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_AuditEntry {
  /// - Throws: What keeps the facts of a change from being read.
  package init(_ entry: AuditEntry) throws {
    self.init()
    sequence = entry.sequence
    recordTime = Google_Protobuf_Timestamp(entry.madeAt)
    (actorKind, actor) = (entry.act.actor.kind.wire, entry.act.actor.id)
    address = entry.act.address
    requestID = entry.act.requestID
    change = entry.name
    changeVersion = Int32(clamping: entry.version)
    resource = entry.resource.description
    if let facts = entry.before { before = try Google_Protobuf_Struct(facts: facts) }
    if let facts = entry.after { after = try Google_Protobuf_Struct(facts: facts) }
    hash = Data(entry.hash)
    previousHash = Data(entry.previousHash)
  }
}

extension AuditEntry {
  /// - Throws: `InvalidInput` where any of it is not known to this version.
  package init(_ message: Lanyard_V1_AuditEntry) throws(InvalidInput) {
    let actor = Act.Actor(try Act.Actor.Kind(message.actorKind, field: "actor_kind"), id: message.actor)
    let now = try message.recordTime.instant(field: "record_time")
    self.init(
      sequence: message.sequence,
      act: Act(actor, at: now, from: message.address, request: message.requestID),
      name: message.change,
      version: Int(message.changeVersion),
      resource: ChangedResource(recorded: message.resource),
      before: message.hasBefore ? try message.before.facts(field: "before") : nil,
      after: message.hasAfter ? try message.after.facts(field: "after") : nil,
      hash: [UInt8](message.hash),
      previousHash: [UInt8](message.previousHash)
    )
  }
}

extension Act.Actor.Kind: WireValue {
  package static let wirePrefix = "ACTOR_KIND_"

  package var wire: Lanyard_V1_AuditEntry.ActorKind {
    switch self {
    case .token: .token
    case .device: .device
    case .participant: .participant
    case .nobody: .nobody
    case .system: .system
    }
  }
}

extension Lanyard_V1_AuditEntry.ActorKind: WireEnum {
  package typealias Value = Act.Actor.Kind
}
