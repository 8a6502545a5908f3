import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

extension Lanyard_V1_FeedEntry {
  /// - Parameter event: Slug of the event.
  init(_ entry: FeedEntry, of event: String) throws {
    self.init()
    sequence = entry.sequence
    recordTime = Google_Protobuf_Timestamp(entry.recordedAt)
    switch entry.content {
    case .change(let change): self.change = try Change(change)
    case .scan(let scan): self.scan = Scan(scan, of: event)
    }
  }
}

extension Lanyard_V1_FeedEntry.Change {
  fileprivate init(_ change: FeedChange) throws {
    self.init()
    self.change = change.name
    changeVersion = Int32(clamping: change.version)
    resource = change.resource
    if let facts = change.before { before = try Google_Protobuf_Struct(jsonString: facts) }
    if let facts = change.after { after = try Google_Protobuf_Struct(jsonString: facts) }
  }
}

extension Lanyard_V1_FeedEntry.Scan {
  fileprivate init(_ scan: FeedScan, of event: String) {
    self.init()
    checkIn = ResourceName.checkIn(scan.id, of: event).description
    checkpoint = ResourceName.checkpoint(scan.checkpoint, of: event).description
    if let id = scan.session { session = ResourceName.session(id, of: event).description }
    if let serial = scan.badge { badge = ResourceName.badge(serial, of: event).description }
    if let id = scan.registration { registration = ResourceName.registration(id, of: event).description }
    direction = scan.direction.wire
    answer = scan.answer.wire
    if let refused = scan.reason { reason = refused.wire }
    if let moment = scan.happenedAt { offlineTime = Google_Protobuf_Timestamp(moment) }
  }
}
