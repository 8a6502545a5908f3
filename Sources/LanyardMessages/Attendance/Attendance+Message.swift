package import LanyardAPI
package import LanyardDomain
import LanyardTexts
import SwiftProtobuf

extension Lanyard_V1_Attendance {
  /// - Parameters:
  ///   - event: Slug of the event.
  ///   - now: When they were counted, by the server's clock.
  package init(_ counts: AttendanceCounts, of event: String, at now: Instant, isRehearsal: Bool) {
    self.init()
    name = ResourceName.attendance(of: event).description
    readTime = Google_Protobuf_Timestamp(now)
    peopleInside = Int32(clamping: counts.peopleInside)
    rehearsal = isRehearsal
    timeZone = counts.timeZone.rawValue
    checkpoints = counts.checkpoints.map { .init($0, of: event) }
  }
}

/// Headcounts as a server told them.
package struct ToldAttendance: Hashable, Sendable {
  /// Slug of the event.
  package let event: String
  package let counts: AttendanceCounts
  /// By the server's clock.
  package let readAt: Instant
  package let isRehearsal: Bool

  /// - Throws: `InvalidInput` where any of it is not known to this version, or to this machine.
  package init(_ message: Lanyard_V1_Attendance) throws(InvalidInput) {
    event = try ResourceName.attendance(message.name, field: "name")
    var checkpoints: [AttendanceCounts.Checkpoint] = []
    for (index, door) in message.checkpoints.enumerated() {
      checkpoints.append(try AttendanceCounts.Checkpoint(door, of: event, under: "checkpoints[\(index)]."))
    }
    counts = AttendanceCounts(
      timeZone: try ZoneID(message.timeZone, field: "time_zone"),
      checkpoints: checkpoints,
      peopleInside: Int(message.peopleInside)
    )
    readAt = try message.readTime.instant(field: "read_time")
    isRehearsal = message.rehearsal
  }
}

extension AttendanceCounts.Checkpoint {
  fileprivate init(
    _ message: Lanyard_V1_Attendance.CheckpointAttendance,
    of event: String,
    under prefix: String
  ) throws(InvalidInput) {
    var refused: [RefusalReason: Int] = [:]
    for (index, count) in message.refused.enumerated() {
      refused[try RefusalReason(count.reason, field: "\(prefix)refused[\(index)].reason"), default: 0] += Int(
        count.count
      )
    }
    self.init(
      id: try ResourceName.checkpoint(message.checkpoint, of: event, field: "\(prefix)checkpoint"),
      displayName: message.displayName,
      capacity: try message.hasCapacity ? Capacity.limit(message.capacity, field: "\(prefix)capacity") : nil,
      inside: Int(message.inside),
      areaInside: Int(message.areaInside),
      admitted: Int(message.admitted),
      left: Int(message.left),
      refused: refused
    )
    isClosed = message.closed
    guard !message.session.isEmpty else { return }
    session = AttendanceCounts.AtSession(
      id: try ResourceName.session(message.session, field: "\(prefix)session").id,
      title: message.sessionTitle
    )
  }
}

extension Lanyard_V1_Attendance {
  /// Takes in a message of headcounts that are watched: what it says takes the place of what was told before.
  package mutating func take(_ message: Lanyard_V1_WatchAttendanceResponse) {
    guard !message.snapshot else { return self = message.attendance }
    var news = message.attendance
    let changed = Dictionary(news.checkpoints.map { ($0.checkpoint, $0) }) { $1 }
    news.checkpoints = checkpoints.map { changed[$0.checkpoint] ?? $0 }
    self = news
  }
}

extension Lanyard_V1_Attendance.CheckpointAttendance {
  package init(_ counts: AttendanceCounts.Checkpoint, of event: String) {
    self.init()
    checkpoint = ResourceName.checkpoint(counts.id, of: event).description
    displayName = counts.displayName
    inside = Int32(clamping: counts.inside)
    areaInside = Int32(clamping: counts.areaInside)
    admitted = Int32(clamping: counts.admitted)
    left = Int32(clamping: counts.left)
    closed = counts.isClosed
    if let session = counts.session {
      self.session = ResourceName.session(session.id, of: event).description
      sessionTitle = session.title
    }
    if let limit = counts.capacity { capacity = Int32(clamping: limit) }
    refused = RefusalReason.allCases.compactMap { reason in
      guard let count = counts.refused[reason], count > 0 else { return nil }
      return .with {
        $0.reason = reason.wire
        $0.count = Int32(clamping: count)
      }
    }
  }
}
