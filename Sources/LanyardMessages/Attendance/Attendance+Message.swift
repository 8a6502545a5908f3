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

extension Lanyard_V1_Conflict {
  package init(_ conflict: StoredConflict, of event: String, in language: Language) {
    self.init()
    name = ResourceName.conflict(conflict.id, of: event).description
    kind = conflict.cause.kind.wire
    if let reason = conflict.cause.reason { self.reason = reason.wire }
    checkIn = Lanyard_V1_CheckIn(conflict.scan, in: language)
    if let earlier = conflict.earlier { earlierCheckIn = Lanyard_V1_CheckIn(earlier, in: language) }
    recordTime = Google_Protobuf_Timestamp(conflict.recordedAt)
  }

  /// What it is about, in one word: why the rules refuse it, such as `REVOKED`, else its kind.
  ///
  /// - Throws: `InvalidInput` where the kind, or the reason, is none that this version knows.
  package var causeName: String {
    get throws(InvalidInput) {
      switch try ConflictKind(kind, field: "kind") {
      case .withoutRight: ConflictKind.withoutRight.rawValue
      case .againstRules: try RefusalReason(reason, field: "reason").rawValue
      }
    }
  }
}

extension ConflictKind: WireValue {
  package static let wirePrefix = "CONFLICT_KIND_"

  package var wire: Lanyard_V1_ConflictKind {
    switch self {
    case .againstRules: .againstRules
    case .withoutRight: .withoutRight
    }
  }
}

extension Lanyard_V1_ConflictKind: WireEnum {
  package typealias Value = ConflictKind
}
