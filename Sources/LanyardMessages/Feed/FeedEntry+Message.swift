package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_FeedEntry {
  /// - Parameter event: Slug of the event.
  /// - Throws: What keeps the facts of a change from being read.
  package init(_ entry: FeedEntry, of event: String) throws {
    self.init()
    sequence = entry.sequence
    recordTime = Google_Protobuf_Timestamp(entry.recordedAt)
    switch entry.content {
    case .change(let change): self.change = try Change(change)
    case .scan(let scan): self.scan = Scan(scan, of: event)
    }
  }
}

extension FeedEntry {
  /// - Throws: `InvalidInput` where any of it is not known to this version.
  package init(_ message: Lanyard_V1_FeedEntry) throws(InvalidInput) {
    let content: Content
    switch message.content {
    case .change(let change): content = .change(try FeedChange(change))
    case .scan(let scan): content = .scan(try FeedScan(scan))
    case nil: throw InvalidInput(field: "content", .notStated(known: "change, scan"))
    }
    self.init(
      sequence: message.sequence,
      recordedAt: try message.recordTime.instant(field: "record_time"),
      content: content
    )
  }
}

extension Lanyard_V1_FeedEntry.Change {
  fileprivate init(_ change: FeedChange) throws {
    self.init()
    self.change = change.name
    changeVersion = Int32(clamping: change.version)
    resource = change.resource.description
    if let facts = change.before { before = try Google_Protobuf_Struct(facts: facts) }
    if let facts = change.after { after = try Google_Protobuf_Struct(facts: facts) }
  }
}

extension FeedChange {
  fileprivate init(_ message: Lanyard_V1_FeedEntry.Change) throws(InvalidInput) {
    self.init(
      name: message.change,
      version: Int(message.changeVersion),
      resource: ChangedResource(recorded: message.resource),
      before: message.hasBefore ? try message.before.facts(field: "change.before") : nil,
      after: message.hasAfter ? try message.after.facts(field: "change.after") : nil
    )
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
    answer = scan.answer.kind.wire
    if let refused = scan.answer.refusal { reason = refused.wire }
    wasNotInside = scan.answer.wasInside == false
    if let moment = scan.happenedAt { offlineTime = Google_Protobuf_Timestamp(moment) }
    if let moment = scan.decidedAt { decideTime = Google_Protobuf_Timestamp(moment) }
  }
}

extension Lanyard_V1_FeedEntry.Scan {
  /// What came of it; what only another answer has is a contradiction.
  fileprivate func saidAnswer(under prefix: String) throws(InvalidInput) -> RecordedScan.Answer {
    let said = try RecordedScan.Answer(answer, reason, wasInside: !wasNotInside, under: prefix)
    guard said.refusal != nil || reason == .unspecified else {
      throw InvalidInput(field: "\(prefix)reason", .besideAnswer)
    }
    guard said.wasInside != nil || !wasNotInside else {
      throw InvalidInput(field: "\(prefix)was_not_inside", .besideAnswer)
    }
    return said
  }
}

extension FeedScan {
  fileprivate init(_ message: Lanyard_V1_FeedEntry.Scan) throws(InvalidInput) {
    /// What is named where there is one.
    func named<Value>(_ name: String, _ read: (String) throws(InvalidInput) -> Value) throws(InvalidInput) -> Value? {
      name.isEmpty ? nil : try read(name)
    }
    self.init(
      id: try ResourceName.checkIn(message.checkIn, field: "scan.check_in").scan,
      checkpoint: try ResourceName.checkpoint(message.checkpoint, field: "scan.checkpoint").checkpoint,
      session: try named(message.session) { name throws(InvalidInput) in
        try ResourceName.session(name, field: "scan.session").id
      },
      badge: try named(message.badge) { name throws(InvalidInput) in
        try ResourceName.badge(name, field: "scan.badge").serial
      },
      registration: try named(message.registration) { name throws(InvalidInput) in
        try ResourceName.registration(name, field: "scan.registration").id
      },
      direction: try Direction(message.direction, field: "scan.direction"),
      answer: try message.saidAnswer(under: "scan."),
      happenedAt: message.hasOfflineTime ? try message.offlineTime.instant(field: "scan.offline_time") : nil,
      decidedAt: message.hasDecideTime ? try message.decideTime.instant(field: "scan.decide_time") : nil
    )
  }
}
