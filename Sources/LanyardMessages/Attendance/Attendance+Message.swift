package import LanyardAPI
package import LanyardDomain
import LanyardTexts
import SwiftProtobuf

extension Lanyard_V1_Attendance.CheckpointAttendance {
  package init(_ counts: AttendanceCounts.Checkpoint, of event: String) {
    self.init()
    checkpoint = ResourceName.checkpoint(counts.id, of: event).description
    displayName = counts.displayName
    inside = Int32(clamping: counts.inside)
    areaInside = Int32(clamping: counts.areaInside)
    admitted = Int32(clamping: counts.admitted)
    left = Int32(clamping: counts.left)
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
    reason = conflict.reason.wire
    checkIn = Lanyard_V1_CheckIn(conflict.scan, in: language)
    if let earlier = conflict.earlier { earlierCheckIn = Lanyard_V1_CheckIn(earlier, in: language) }
    recordTime = Google_Protobuf_Timestamp(conflict.recordedAt)
  }
}
