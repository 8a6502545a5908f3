import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardStore
import SwiftProtobuf

/// `lanyard.v1.AttendanceService`.
struct AttendanceServiceProvider: Lanyard_V1_AttendanceService.SimpleServiceProtocol {
  let store: any CheckInStore
  let clock: ServerClock

  func getAttendance(
    request: Lanyard_V1_GetAttendanceRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Attendance {
    let event = try ResourceName.parse(request.name, as: "events/{event}/attendance", field: "name")[0]
    var checkpoint: String?
    if !request.checkpoint.isEmpty {
      let address = try ResourceName.checkpointAddress(request.checkpoint, field: "checkpoint")
      guard address.event == event else { throw InvalidInput(field: "checkpoint", reason: "is of another event") }
      checkpoint = address.checkpoint
    }
    let now = clock.now
    let counts = try await store.attendance(of: event, checkpoint: checkpoint, at: now)
    var attendance = Lanyard_V1_Attendance()
    attendance.name = request.name
    attendance.readTime = Google_Protobuf_Timestamp(now)
    attendance.peopleInside = Int32(clamping: counts.peopleInside)
    attendance.rehearsal = clock.isRehearsal
    attendance.timeZone = counts.timeZone
    attendance.checkpoints = counts.checkpoints.map { .init($0, of: event) }
    return attendance
  }
}

extension Lanyard_V1_Attendance.CheckpointAttendance {
  fileprivate init(_ counts: AttendanceCounts.Checkpoint, of event: String) {
    self.init()
    checkpoint = ResourceName.checkpoint(counts.id, of: event)
    displayName = counts.displayName
    inside = Int32(clamping: counts.inside)
    admitted = Int32(clamping: counts.admitted)
    left = Int32(clamping: counts.left)
    if let limit = counts.capacity { capacity = Int32(clamping: limit) }
    refused = RefusalReason.allCases.compactMap { reason in
      guard let count = counts.refused[reason], count > 0 else { return nil }
      return .with {
        $0.reason = Lanyard_V1_RefusalReason(reason)
        $0.count = Int32(clamping: count)
      }
    }
  }
}
