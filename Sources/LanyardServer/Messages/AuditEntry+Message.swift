import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

extension Lanyard_V1_AuditEntry {
  init(_ entry: AuditEntry) throws {
    self.init()
    sequence = entry.sequence
    recordTime = Google_Protobuf_Timestamp(entry.act.now)
    switch entry.act.actor {
    case .token(let id): (actorKind, actor) = (.token, id)
    case .device(let id): (actorKind, actor) = (.device, id)
    case .participant(let id): (actorKind, actor) = (.participant, id)
    case .nobody: actorKind = .nobody
    case .system: actorKind = .system
    }
    address = entry.act.address
    requestID = entry.act.requestID
    change = entry.name
    changeVersion = Int32(clamping: entry.version)
    resource = entry.resource
    if let facts = entry.before { before = try Google_Protobuf_Struct(jsonString: facts) }
    if let facts = entry.after { after = try Google_Protobuf_Struct(jsonString: facts) }
    hash = Data(entry.hash)
    previousHash = Data(entry.previousHash)
  }
}
